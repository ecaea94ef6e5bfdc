using AssistPortal.Core.Data;
using AssistPortal.Core.Sessions;
using AssistPortal.Core.Staff;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AssistPortal.Core.Tests.Data;

/// <summary>A portal that ran before people had assignments keeps its people.</summary>
public sealed class RightsMigrationTests(PostgresServer postgres)
{
    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Migrate_RolesAndGrants_BecomeAssignments(DatabaseKind kind)
    {
        using var folder = new TempFolder();
        var database = await TestKit.PortalDatabase.CreateAsync(kind, folder, postgres, Token);
        await using var services = CoreBench.Build(null, [.. database.Settings.Select(setting => (setting.Key, setting.Value!))]);
        await using var db = services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext();
        await db.GetService<IMigrator>().MigrateAsync("Pushes", Token);
        var (owner, clerk, idle) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await AddAsync(db, owner, role: 3, CoreBench.Shop);
        await AddAsync(db, clerk, role: 2, CoreBench.Shop, CoreBench.Airline);
        await AddAsync(db, idle, role: 0);

        await db.Database.MigrateAsync(Token);

        var held = await db.Assignments.OrderBy(assignment => assignment.MerchantId).Select(assignment => new { assignment.UserId, assignment.Role, assignment.MerchantId }).ToListAsync(Token);
        Assert.Equal(
            [(owner, StaffRole.Owner, (int?)null), (clerk, StaffRole.Operator, CoreBench.Shop), (clerk, StaffRole.Operator, CoreBench.Airline)],
            held.OrderBy(assignment => assignment.MerchantId ?? 0).Select(assignment => (assignment.UserId, assignment.Role!.Value, assignment.MerchantId)));
        var session = await services.GetRequiredService<StaffSessions>().BeginAsync(clerk, null, null, proven: false, before: null, Token);
        Assert.Equal([CoreBench.Shop], (await services.GetRequiredService<StaffDirectory>().ActorAsync(clerk, session, null, null, Token))!.Rights.MerchantsOf(Permission.Cancel).Where(id => id == CoreBench.Shop));
    }

    private static async Task AddAsync(PortalDbContext db, Guid id, int role, params int[] merchants)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "AspNetUsers" ("Id", "DisplayName", "Role", "IsDismissed", "EmailConfirmed", "PhoneNumberConfirmed", "TwoFactorEnabled", "LockoutEnabled", "AccessFailedCount")
            VALUES ({id}, {"Анна"}, {role}, {false}, {true}, {false}, {false}, {true}, 0)
            """,
            Token);
        foreach (var merchant in merchants)
        {
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "MerchantGrants" ("UserId", "MerchantId") VALUES ({id}, {merchant})""", Token);
        }
    }
}
