using AssistPortal.Core.Audit;
using AssistPortal.Core.Staff;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Core.Tests.Audit;

/// <summary>A log with some entries in it, and an attacker who owns the database but not the key.</summary>
internal sealed class AuditBench(CoreBench core, DatabaseKind kind) : IAsyncDisposable
{
    public static readonly Actor Inspector = new(
        Guid.CreateVersion7(CoreBench.Now), "Ревизор", Rights.Sum([([Permission.View, Permission.Audit], null)], [CoreBench.Shop, CoreBench.Airline]), [new RoleName(StaffRole.Auditor, null)], "10.0.0.7", "tests")
    {
        SessionId = Guid.CreateVersion7(CoreBench.Now),
    };

    public CoreBench Core => core;

    public static async Task<AuditBench> StartAsync(DatabaseKind kind, PostgresServer postgres) => new(await CoreBench.StartAsync(kind, postgres), kind);

    /// <summary>Writes entries by turns with every field and with hardly any.</summary>
    public async Task WriteAsync(int count)
    {
        for (var written = 0; written < count; written++)
        {
            await using var db = core.Open();
            var number = await db.Audit.CountAsync(CoreBench.Token) + 1;
            if (number % 2 == 1)
            {
                core.Get<AuditLog>().Add(
                    db, Inspector, AuditEvents.ActionMoved, AuditOutcome.Refused, CoreBench.Shop, Snapshots.Billnumber, Guid.CreateVersion7(CoreBench.Now), $"подробности {number}", core.Get<AuditLog>().Hash("a@b.example"), "было", "стало");
            }
            else
            {
                core.Get<AuditLog>().Add(db, null, AuditEvents.SignIn, AuditOutcome.Done);
            }

            await db.SaveChangesAsync(CoreBench.Token);
        }
    }

    /// <summary>What the chain's proof says. Its own entry is one more.</summary>
    public async Task<AuditVerdict> VerifyAsync() => CoreBench.Ok(await core.Get<VerifyAudit>().RunAsync(Inspector, null, CoreBench.Token));

    /// <summary>The first break.</summary>
    public async Task<AuditBreak> BreakAsync() => Assert.IsType<AuditBreak>((await VerifyAsync()).Broken);

    /// <summary>Takes the database's own refusals away, as whoever owns it can.</summary>
    public Task DropTriggersAsync() => SqlAsync(kind == DatabaseKind.Sqlite
        ? """DROP TRIGGER "TR_Audit_NoUpdate"; DROP TRIGGER "TR_Audit_NoDelete";"""
        : """DROP TRIGGER "TR_Audit_AppendOnly" ON "Audit";""");

    public async Task<int> SqlAsync(string statement, params object[] values)
    {
        await using var db = core.Open();
        return await db.Database.ExecuteSqlRawAsync(statement, values, CoreBench.Token);
    }

    public async Task<List<AuditEntry>> EntriesAsync()
    {
        await using var db = core.Open();
        return await db.Audit.AsNoTracking().OrderBy(entry => entry.Seq).ToListAsync(CoreBench.Token);
    }

    public ValueTask DisposeAsync() => core.DisposeAsync();
}
