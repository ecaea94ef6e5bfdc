using AssistPortal.Gateway.Tests.Gateways;
using AssistPortal.Protocol;

namespace AssistPortal.Gateway.Tests.Services;

/// <summary>Asks a gateway that gives one scripted answer to everything.</summary>
internal static class Ask
{
    public static readonly DateTimeOffset From = new(2021, 3, 22, 12, 0, 30, TimeSpan.Zero);
    public static readonly Billnumber Bill = new("511111100000001");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<GatewayResult<IReadOnlyList<OrderSnapshot>>> OrderStateAsync(string answer, string? secretWord = null) =>
        RunAsync(answer, secretWord, client => client.OrderStateAsync(new(GatewayUnderTest.MerchantId, "shop-7", From), Token));

    public static Task<GatewayResult<IReadOnlyList<OrderSnapshot>>> OrderResultAsync(string answer, string? secretWord = null) =>
        RunAsync(answer, secretWord, client => client.OrderResultAsync(new(GatewayUnderTest.MerchantId, Bill, null, From), Token));

    public static Task<GatewayResult<IReadOnlyList<ResultByDateRow>>> ResultByDateAsync(string answer, string? secretWord = null) =>
        RunAsync(answer, secretWord, client => client.ResultByDateAsync(new(GatewayUnderTest.MerchantId, From, From.AddHours(1), WindowDate.OperationEnd), Token));

    public static Task<CommandOutcome> ChargeAsync(string answer) =>
        RunAsync(answer, null, client => client.ChargeAsync(new(GatewayUnderTest.MerchantId, Bill, null), Token));

    public static Task<CommandOutcome> CancelAsync(string answer, string billnumber) =>
        RunAsync(answer, null, client => client.CancelAsync(new(GatewayUnderTest.MerchantId, new(billnumber), null, CancelReason.Shop), Token));

    public static Task<CommandOutcome> WsCancelAsync(string answer) =>
        RunAsync(answer, null, client => client.WsCancelAsync(new(GatewayUnderTest.MerchantId, Bill, null, CancelReason.Shop), Token));

    public static T Answered<T>(GatewayResult<T> result) => Assert.IsType<GatewayResult<T>.Answered>(result).Value;

    public static GatewayFailure Failed<T>(GatewayResult<T> result) => Assert.IsType<GatewayResult<T>.Failed>(result).Failure;

    private static async Task<T> RunAsync<T>(string answer, string? secretWord, Func<AssistClient, Task<T>> ask)
    {
        // ColdFusion calls everything text/html; the reader must not care.
        await using var gateway = await ScriptedGateway.AnsweringAsync(answer, "text/html; charset=UTF-8");
        await using var portal = new GatewayUnderTest(gateway.Address, secretWord);
        return await ask(portal.Client);
    }
}
