using Microsoft.AspNetCore.Identity;

namespace AssistPortal.Core.Staff;

/// <summary>A member of the staff; signs in with the e-mail.</summary>
public sealed class PortalUser : IdentityUser<Guid>
{
    /// <summary>Name to show and to write down, at most 100 characters.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Language of letters to the person: ru or en.</summary>
    public string Language { get; set; } = "ru";

    /// <summary>Invited and not come yet: has no password and signs in nowhere.</summary>
    public bool IsInvited { get; set; }

    /// <summary>Dismissed: may not sign in, and a session that is open ends.</summary>
    public bool IsDismissed { get; set; }

    /// <summary>Changes with every change of the person's rights: of two people editing at once the second is told, and a review counts for what was reviewed.</summary>
    public Guid RightsVersion { get; set; }

    /// <summary>Roles held, with the merchants they are held for.</summary>
    public ICollection<Assignment> Assignments { get; } = [];

    /// <summary>Gives the role for the merchants; for every merchant, present and future, when none is named.</summary>
    /// <param name="role">Role.</param>
    /// <param name="now">Since when.</param>
    /// <param name="merchants">Merchant_IDs.</param>
    public void Give(StaffRole role, DateTimeOffset now, params IEnumerable<int> merchants)
    {
        foreach (var merchant in merchants.Distinct().Select(id => (int?)id).DefaultIfEmpty())
        {
            Assignments.Add(new Assignment { Id = Guid.CreateVersion7(now), UserId = Id, Role = role, MerchantId = merchant, GivenAt = now });
        }
    }
}
