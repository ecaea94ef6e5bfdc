using AssistPortal.Core.Data;
using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AssistPortal.Core.Tests.Actions;

/// <summary>What people do around the ledger: join the staff, pay, and look at an order.</summary>
internal static class Person
{
    /// <summary>A member of the staff with a row in the database: whoever moves money is looked up there.</summary>
    public static async Task<Actor> AddAsync(IServiceProvider services, StaffRole role, params int[] merchants)
    {
        var user = new PortalUser { Id = Guid.CreateVersion7(Sample.Now), DisplayName = $"Test {role}", SecurityStamp = "stamp" };
        user.Give(role, Sample.Now, merchants);

        await using var db = services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext();
        db.Users.Add(user);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return new Actor(user.Id, user.DisplayName, merchants.Length == 0 ? Everything(services, role) : Rights.Of(role, merchants), [new RoleName(role, null)], "127.0.0.1", "tests");
    }

    private static Rights Everything(IServiceProvider services, StaffRole role) =>
        Rights.Sum([(role.Permissions(), null)], services.GetRequiredService<Core.Merchants.MerchantDirectory>().Ids);

    public static async Task<string> PayAsync(SandboxServer sandbox, int merchant, long amountMinor, bool twoStage)
    {
        var payment = await sandbox.PayAsync(
            merchant, $"L-{Guid.CreateVersion7():N}", new Money(amountMinor, "RUB"), twoStage, cancellationToken: TestContext.Current.CancellationToken);
        return payment.Billnumber;
    }

    public static async Task TakeAsync(IServiceProvider services, string billnumber, int merchant)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var query = new OrderResultQuery(merchant, new Billnumber(billnumber), null, now.AddDays(-30));
        var answer = await services.GetRequiredService<AssistClient>().OrderResultAsync(query, TestContext.Current.CancellationToken);
        var orders = Assert.IsType<GatewayResult<IReadOnlyList<OrderSnapshot>>.Answered>(answer).Value;
        await services.GetRequiredService<OrderWriter>().WriteAsync(merchant, orders, true, now, TestContext.Current.CancellationToken);
    }
}
