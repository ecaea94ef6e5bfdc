using AssistPortal.Core.Merchants;
using AssistPortal.Gateway;
using Microsoft.Extensions.Options;

namespace AssistPortal.Web.Commands;

/// <summary>Proves the settings of the gateway before go-live with calls that read only.</summary>
internal sealed class GatewayCheck(IServiceProvider services)
{
    private static readonly TimeSpan Window = ResultByDateQuery.MaxWindow - TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(2);

    public async Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var options = services.GetRequiredService<IOptions<AssistOptions>>().Value;
        var lines = new List<Line> { await ClockAsync(options.Address!, cancellationToken) };
        foreach (var merchant in services.GetRequiredService<MerchantDirectory>().All)
        {
            lines.AddRange(await MerchantAsync(merchant, options.Merchants.First(entry => entry.Id == merchant.Id), cancellationToken));
        }

        await output.WriteLineAsync($"Gateway {options.Address}");
        foreach (var line in lines)
        {
            await output.WriteLineAsync($"{Mark(line.Outcome)}  {line.Subject,-24} {line.Text}");
        }

        await output.WriteLineAsync("The rights to confirm and to cancel can't be proven by reading: try both on one test order.");
        return lines.Any(line => line.Outcome == Outcome.Fail) ? 1 : 0;
    }

    private async Task<IEnumerable<Line>> MerchantAsync(Merchant merchant, AssistMerchant credentials, CancellationToken cancellationToken)
    {
        var subject = $"{merchant.Id} {merchant.Name}";
        var from = services.GetRequiredService<TimeProvider>().GetUtcNow() - Window;
        var answer = await services.GetRequiredService<AssistClient>().ResultByDateAsync(new ResultByDateQuery(merchant.Id, from, null, WindowDate.OperationEnd), cancellationToken);
        return answer switch
        {
            GatewayResult<IReadOnlyList<ResultByDateRow>>.Answered { Value: var rows } =>
            [
                new Line(Outcome.Ok, subject, "login, password and access to the merchant are accepted"),
                Checkvalue(subject, credentials, rows.Count),
            ],
            GatewayResult<IReadOnlyList<ResultByDateRow>>.Failed { Failure: var failure } => [new Line(Outcome.Fail, subject, Explain(failure))],
            var other => throw new InvalidOperationException($"Unknown result {other.GetType().Name}."),
        };
    }

    private static Line Checkvalue(string subject, AssistMerchant credentials, int rows) => (string.IsNullOrEmpty(credentials.SecretWord), rows) switch
    {
        (true, _) => new Line(Outcome.Unproven, subject, "no secret word is set: answers are taken without proof"),
        (false, 0) => new Line(Outcome.Unproven, subject, "no operation in the last 24 hours, so the secret word couldn't be tried"),
        _ => new Line(Outcome.Ok, subject, $"the checkvalue fits on {rows} operations of the last 24 hours"),
    };

    private static string Explain(GatewayFailure failure) => failure switch
    {
        GatewayFailure.Refused { Code.First: 7 } refused => $"the gateway doesn't accept Login or Password ({refused.Code})",
        GatewayFailure.Refused { Code.First: 8 or 14 or 19 } refused => $"the login has no access to this merchant or its web services ({refused.Code})",
        GatewayFailure.Refused refused => $"{refused.Text.En} ({refused.Code})",
        GatewayFailure.Mistrusted => "the checkvalue doesn't fit: SecretWord is wrong",
        GatewayFailure.Transport { NothingSent: true } => "Assist:Address can't be reached",
        _ => failure.Brief,
    };

    // Any answer of the web server carries its clock, an error page too.
    private static async Task<Line> ClockAsync(Uri address, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(20) };
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, address);
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.Headers.Date is not { } date)
            {
                return new Line(Outcome.Unproven, "clock", "the gateway's answer has no Date");
            }

            // The machine's clock: with the sandbox embedded the portal's own may have been moved.
            var difference = (date - TimeProvider.System.GetUtcNow()).Duration();
            return difference <= ClockTolerance
                ? new Line(Outcome.Ok, "clock", $"differs from the gateway's by {difference.TotalSeconds:0} s")
                : new Line(Outcome.Fail, "clock", $"differs from the gateway's by {difference}: set this machine's clock");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new Line(Outcome.Fail, "address", $"{address} doesn't answer: {exception.Message}");
        }
    }

    private static string Mark(Outcome outcome) => outcome switch
    {
        Outcome.Ok => "OK  ",
        Outcome.Fail => "FAIL",
        _ => "?   ",
    };

    private enum Outcome
    {
        Ok,
        Unproven,
        Fail,
    }

    private sealed record Line(Outcome Outcome, string Subject, string Text);
}
