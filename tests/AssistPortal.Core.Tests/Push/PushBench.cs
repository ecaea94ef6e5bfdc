using System.Security.Cryptography;
using System.Text;
using AssistPortal.Core.Push;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AssistPortal.Core.Tests.Push;

/// <summary>Pushes as the gateway sends them, and a service layer whose first two merchants take them.</summary>
internal static class PushBench
{
    public const string Billnumber = Snapshots.Billnumber;

    public static (string Name, string Setting)[] Settings { get; } =
    [
        ("Assist:Merchants:0:SecretWord", SandboxServer.SecretWord),
        ("Assist:Merchants:0:PushReply", nameof(PushReply.Xml)),
        ("Assist:Merchants:1:SecretWord", SandboxServer.SecretWord),
        ("Assist:Merchants:1:PushReply", nameof(PushReply.Status)),
    ];

    public static Task<CoreBench> StartAsync(DatabaseKind kind, PostgresServer postgres, SandboxServer? sandbox = null) => CoreBench.StartAsync(kind, postgres, sandbox, Settings);

    public static PushRequest Push(string billnumber = Billnumber + ".1", int merchant = CoreBench.Shop, string amount = "100.00", string? checkvalue = null, string message = "", DateTimeOffset? orderDate = null) =>
        new(
            "application/x-www-form-urlencoded",
            "192.0.2.7",
            Encoding.UTF8.GetBytes(
                $"merchant_id={merchant}&ordernumber=a-1&billnumber={billnumber}&amount={amount}&currency=RUB&orderstate=Approved&responsecode=AS000&email=ivan%40example.test"
                + $"&meannumber=4111111111111111&orderdate={WireTime.Format(orderDate ?? CoreBench.Now.AddHours(-1))}&packetdate=24.11.2026 11:00:00&message={message}"
                + $"&checkvalue={checkvalue ?? Checkvalue.Of(SandboxServer.SecretWord, $"{merchant}a-1{amount}RUBApproved")}"));

    public static async Task<PushAnswer> ReceiveAsync(IServiceProvider services, PushRequest push, int merchant = CoreBench.Shop)
    {
        var answer = await services.GetRequiredService<ReceivePush>().RunAsync(merchant, push, TestContext.Current.CancellationToken);
        Assert.NotNull(answer);
        return answer;
    }

    /// <summary>Receives a push and gives its row.</summary>
    public static async Task<PushDelivery> StoreAsync(CoreBench bench, PushRequest push, int merchant = CoreBench.Shop)
    {
        await ReceiveAsync(bench.Services, push, merchant);
        var hash = Convert.ToHexStringLower(SHA256.HashData(push.Body.Span));
        await using var db = bench.Open();
        return await db.PushDeliveries.AsNoTracking().SingleAsync(row => row.BodyHash == hash, TestContext.Current.CancellationToken);
    }

    public static async Task<PushDelivery> ReadAsync(CoreBench bench, Guid id)
    {
        await using var db = bench.Open();
        return await db.PushDeliveries.AsNoTracking().SingleAsync(row => row.Id == id, TestContext.Current.CancellationToken);
    }
}
