using AssistPortal.Core.Push;
using AssistPortal.Gateway;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Core.Tests.Push;

public sealed class ReceivePushTests(PostgresServer postgres)
{
    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Receive_RightPush_IsStoredMaskedAndWaitsForTheWorker(DatabaseKind kind)
    {
        await using var bench = await PushBench.StartAsync(kind, postgres);

        var push = await PushBench.StoreAsync(bench, PushBench.Push());

        Assert.Equal((PushState.Received, PushVerdict.Accepted, CoreBench.Now), (push.State, push.Verdict, push.ReceivedAt));
        Assert.Equal((PushBench.Billnumber, 1, "a-1", "192.0.2.7"), (push.Billnumber, push.OperationNumber, push.OrderNumber, push.Sender));
        Assert.Contains("411111****1111", push.Fields, StringComparison.Ordinal);
        Assert.DoesNotContain("4111111111111111", push.Fields, StringComparison.Ordinal);
        Assert.DoesNotContain("ivan@", push.Fields, StringComparison.Ordinal);
        await using var db = bench.Open();
        Assert.Empty(await db.Orders.ToListAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Receive_SameBodyManyTimesAtOnce_IsOneRowThatCounts(DatabaseKind kind)
    {
        await using var bench = await PushBench.StartAsync(kind, postgres);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => PushBench.ReceiveAsync(bench.Services, PushBench.Push()), Token)));

        Assert.All(answers, answer => Assert.Equal(200, answer.HttpStatus));
        await using var db = bench.Open();
        var push = await db.PushDeliveries.SingleAsync(Token);
        Assert.Equal((11, PushState.Received), (push.Repeats, push.State));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Receive_ReplayOfOneWorkedOff_ChangesNothingButTheCount(DatabaseKind kind)
    {
        await using var bench = await PushBench.StartAsync(kind, postgres);
        await PushBench.StoreAsync(bench, PushBench.Push());
        await using (var db = bench.Open())
        {
            await db.PushDeliveries.ExecuteUpdateAsync(set => set.SetProperty(push => push.State, PushState.WorkedOff), Token);
        }

        bench.Clock.Advance(TimeSpan.FromDays(3));
        var again = await PushBench.StoreAsync(bench, PushBench.Push());

        Assert.Equal((PushState.WorkedOff, 1, CoreBench.Now, CoreBench.Now.AddDays(3)), (again.State, again.Repeats, again.ReceivedAt, again.RepeatedAt));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Receive_RejectedBodyThatIsRightNow_GetsItsTurn(DatabaseKind kind)
    {
        await using var bench = await PushBench.StartAsync(kind, postgres);
        await PushBench.StoreAsync(bench, PushBench.Push());
        await using (var db = bench.Open())
        {
            await db.PushDeliveries.ExecuteUpdateAsync(set => set.SetProperty(push => push.State, PushState.Rejected).SetProperty(push => push.Verdict, PushVerdict.WrongCheckvalue), Token);
        }

        var again = await PushBench.StoreAsync(bench, PushBench.Push());

        Assert.Equal((PushState.Received, PushVerdict.Accepted, 1), (again.State, again.Verdict, again.Repeats));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Receive_Rejected_IsRecordedAndNeverAccepted(DatabaseKind kind)
    {
        await using var bench = await PushBench.StartAsync(kind, postgres);

        var forged = await PushBench.StoreAsync(bench, PushBench.Push(checkvalue: "00000000000000000000000000000000"));
        var nonsense = await PushBench.StoreAsync(bench, new PushRequest("text/xml", null, "<a>"u8.ToArray()));

        Assert.Equal((PushState.Rejected, PushVerdict.WrongCheckvalue), (forged.State, forged.Verdict));
        Assert.Equal((PushState.Rejected, PushVerdict.Unreadable, (string?)null), (nonsense.State, nonsense.Verdict, nonsense.Billnumber));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Receive_FloodOfForgeries_KeepsTheNewestThousandAndEveryRightOne(DatabaseKind kind)
    {
        await using var bench = await PushBench.StartAsync(kind, postgres);
        var right = await PushBench.StoreAsync(bench, PushBench.Push());
        await using (var db = bench.Open())
        {
            db.PushDeliveries.AddRange(Enumerable.Range(0, PushRetention.Rejected).Select(number => new PushDelivery
            {
                Id = Guid.CreateVersion7(CoreBench.Now),
                MerchantId = CoreBench.Shop,
                BodyHash = $"{number}",
                ReceivedAt = CoreBench.Now.AddSeconds(number - 5000),
                State = PushState.Rejected,
                Verdict = PushVerdict.WrongCheckvalue,
            }));
            await db.SaveChangesAsync(Token);
        }

        await PushBench.ReceiveAsync(bench.Services, PushBench.Push(checkvalue: "forged"));

        await using var after = bench.Open();
        var rejected = after.PushDeliveries.Where(push => push.State == PushState.Rejected);
        Assert.Equal(PushRetention.Rejected, await rejected.CountAsync(Token));
        Assert.Equal("1", (await rejected.OrderBy(push => push.ReceivedAt).FirstAsync(Token)).BodyHash);
        Assert.True(await after.PushDeliveries.AnyAsync(push => push.Id == right.Id, Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Trim_SettledPushes_DropsTheOldestAndNothingThatWaits(DatabaseKind kind)
    {
        await using var bench = await PushBench.StartAsync(kind, postgres);
        for (var number = 1; number <= 4; number++)
        {
            await PushBench.StoreAsync(bench, PushBench.Push($"{PushBench.Billnumber}.{number}"));
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await using var db = bench.Open();
        await db.PushDeliveries.Where(push => push.OperationNumber > 1).ExecuteUpdateAsync(set => set.SetProperty(push => push.State, PushState.WorkedOff), Token);
        await PushRetention.TrimSettledAsync(db, CoreBench.Shop, kept: 2, Token);

        Assert.Equal([1, 3, 4], (await db.PushDeliveries.Select(push => push.OperationNumber).ToListAsync(Token)).Order());
    }

    [Fact]
    public async Task Receive_TextWithNulCharacters_IsStoredOnPostgresToo()
    {
        await using var bench = await PushBench.StartAsync(TestKit.PortalDatabase.Kinds[^1], postgres);

        Assert.Equal(200, (await PushBench.ReceiveAsync(bench.Services, PushBench.Push(message: "%00%ED%A0%80"))).HttpStatus);
    }

    [Fact]
    public async Task Receive_DatabaseThatTakesNothing_AsksForAnotherTry()
    {
        await using var bench = await PushBench.StartAsync(DatabaseKind.Sqlite, postgres);
        await using (var db = bench.Open())
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"PushDeliveries\" RENAME TO \"Away\"", Token);
        }

        Assert.Equal(503, (await PushBench.ReceiveAsync(bench.Services, PushBench.Push())).HttpStatus);
    }

    [Fact]
    public async Task Receive_MerchantThatTakesNone_AnswersNothing()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres, null, ("Assist:Merchants:0:SecretWord", "secret"));

        Assert.Null(await bench.Get<ReceivePush>().RunAsync(CoreBench.Shop, PushBench.Push(), Token));
        Assert.Null(await bench.Get<ReceivePush>().RunAsync(1, PushBench.Push(), Token));
        await using var db = bench.Open();
        Assert.Empty(await db.PushDeliveries.ToListAsync(Token));
    }
}
