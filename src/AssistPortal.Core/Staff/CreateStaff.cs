using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AssistPortal.Core.Staff;

/// <summary>A person to be made a member of the staff.</summary>
/// <param name="Email">E-mail, with which the person signs in.</param>
/// <param name="Name">Name to show, 1–100 characters.</param>
/// <param name="Role">Role.</param>
/// <param name="MerchantIds">Merchants the role is held for; none for every merchant, present and future.</param>
public sealed record NewStaff(string Email, string Name, StaffRole Role, IReadOnlyCollection<int> MerchantIds);

/// <summary>How making a member of the staff ended.</summary>
public abstract record StaffCreation
{
    private StaffCreation()
    {
    }

    /// <summary>Made.</summary>
    public sealed record Created(Guid UserId) : StaffCreation;

    /// <summary>Not made.</summary>
    /// <param name="Reasons">English sentences, one a reason.</param>
    public sealed record Refused(IReadOnlyList<string> Reasons) : StaffCreation;
}

/// <summary>Makes a member of the staff; for whoever runs the portal, from the command line or at the start of a demo.</summary>
public sealed class CreateStaff(IServiceScopeFactory scopes, MerchantDirectory merchants, AuditLog audit, TimeProvider time)
{
    /// <summary>Makes the person with the password, and the audit entry, in one transaction.</summary>
    public async Task<StaffCreation> RunAsync(NewStaff person, string password, CancellationToken cancellationToken)
    {
        List<string> reasons = [];
        if (!PersonFields.TryName(person.Name, out var name))
        {
            reasons.Add($"The name must have 1 to {PersonFields.MaxName} characters and no line breaks.");
        }

        if (!PersonFields.TryEmail(person.Email, out var email))
        {
            reasons.Add($"'{person.Email}' is no e-mail address.");
        }

        reasons.AddRange(person.MerchantIds.Where(id => merchants.Find(id) is null).Select(id => $"Merchant {id} isn't in Assist:Merchants."));
        if (reasons.Count > 0)
        {
            return new StaffCreation.Refused(reasons);
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var user = new PortalUser
        {
            Id = Guid.CreateVersion7(),
            UserName = email,
            Email = email,
            EmailConfirmed = true,
            DisplayName = name!,
        };
        user.Give(person.Role, time.GetUtcNow(), person.MerchantIds);
        var result = await users.CreateAsync(user, password);
        if (!result.Succeeded)
        {
            // The user name is the e-mail; saying both would say the same twice.
            return new StaffCreation.Refused([.. result.Errors.Where(error => error.Code != nameof(IdentityErrorDescriber.DuplicateUserName)).Select(error => error.Description)]);
        }

        audit.Add(db, null, AuditEvents.StaffCreated, AuditOutcome.Done, details: $"{user.Id:D}, {person.Role}, merchants {(person.MerchantIds.Count == 0 ? "all" : string.Join(' ', person.MerchantIds))}");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new StaffCreation.Created(user.Id);
    }
}
