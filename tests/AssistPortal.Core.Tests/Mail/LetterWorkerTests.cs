using AssistPortal.Core.Mail;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Core.Tests.Mail;

/// <summary>The worker as the portal hosts it.</summary>
public sealed class LetterWorkerTests(PostgresServer postgres) : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Worker_TwoPortalsOnOneDatabase_SendEachLetterOnce(DatabaseKind kind)
    {
        const int Letters = 12;
        await using var server = new MailServer();
        await using var sandbox = await SandboxServer.StartAsync(Token);
        var database = await TestKit.PortalDatabase.CreateAsync(kind, _folder, postgres, Token);
        await using var one = await StartAsync(sandbox, database, server);
        await using var other = await StartAsync(sandbox, database, server);

        for (var number = 0; number < Letters; number++)
        {
            await WriteAsync(one, $"test:{number}");
            one.Get<Outbox>().Wake();
            other.Get<Outbox>().Wake();
        }

        await Until.Async("all letters are settled", token => CountAsync(one, LetterState.Sent, token), sent => sent == Letters, Token);
        Assert.Equal(Letters, server.Taken.Count);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Worker_KilledWhileTheServerIsBusy_SendsAfterTheRestart(DatabaseKind kind)
    {
        await using var server = new MailServer();
        await using var sandbox = await SandboxServer.StartAsync(Token);
        await using var host = await StartAsync(sandbox, await TestKit.PortalDatabase.CreateAsync(kind, _folder, postgres, Token), server);
        server.Refuse("MAIL", "421 too busy");
        await WriteAsync(host, "test:1");
        host.Get<Outbox>().Wake();
        await Until.Async("the letter waits for the server", token => TriesAsync(host, token), tries => tries == 1, Token);

        await using var restarted = await host.CrashAndRestartAsync(Token);
        sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        restarted.Get<Outbox>().Wake();

        await server.NextAsync(MailBench.Email, Token);
        await Until.Async("the letter is settled", token => CountAsync(restarted, LetterState.Sent, token), sent => sent == 1, Token);
        Assert.Single(server.Taken);
    }

    private static Task<CoreHost> StartAsync(SandboxServer sandbox, TestKit.PortalDatabase database, MailServer server) =>
        CoreHost.StartAsync(sandbox, database, [.. server.Settings, KeyValuePair.Create("Sync:Interval", (string?)"01:00:00")], Token);

    private static async Task WriteAsync(CoreHost host, string key)
    {
        await using var db = host.OpenDatabase();
        host.Get<Outbox>().Add(db, LetterKind.PasswordReset, MailBench.Anna, key, TimeSpan.FromHours(1), "/account/reset?token=abc", "", "");
        await db.SaveChangesAsync(Token);
    }

    private static async Task<int> CountAsync(CoreHost host, LetterState state, CancellationToken cancellationToken)
    {
        await using var db = host.OpenDatabase();
        return await db.Letters.CountAsync(letter => letter.State == state, cancellationToken);
    }

    private static async Task<int> TriesAsync(CoreHost host, CancellationToken cancellationToken)
    {
        await using var db = host.OpenDatabase();
        return await db.Letters.Select(letter => letter.Tries).SingleAsync(cancellationToken);
    }
}
