using System.Globalization;
using System.Text.Json;
using AssistPortal.Protocol;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AssistPortal.Sandbox.Shop;

/// <summary>What the gateway says of an order.</summary>
internal abstract record ShopAnswer
{
    private ShopAnswer()
    {
    }

    /// <summary>The gateway's word, sealed and about this very order and sum.</summary>
    public sealed record Known(OrderState State, string Billnumber) : ShopAnswer
    {
        public bool IsPaid => State == OrderState.Approved || State == OrderState.Delayed;
    }

    /// <summary>The gateway knows no such order of this merchant, or one of another number or sum.</summary>
    public sealed record Unknown : ShopAnswer;

    /// <summary>No answer, or one that can't be read or isn't sealed rightly.</summary>
    public sealed record Silent : ShopAnswer;
}

/// <summary>The shop's server asks the gateway over HTTP as any shop does: orderstate, JSON. What an address of return says is never trusted.</summary>
internal sealed class ShopGateway(IServer server) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 1024 * 1024,
    };

    public async Task<ShopAnswer> AskAsync(ShopOrder order, string billnumber, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("Merchant_ID", order.MerchantId.ToString(CultureInfo.InvariantCulture)),
            new("Login", order.Merchant.Company.Login),
            new("Password", order.Merchant.Company.Password),
            new("Billnumber", billnumber),
            new("Ordernumber", order.Number),
            new("Format", "5"),
        ]);
        try
        {
            using var response = await _http.PostAsync(new Uri(OwnAddress(), "/orderstate/orderstate.cfm"), form, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            using var document = JsonDocument.Parse(text);
            return Read(order, document.RootElement);
        }
        catch (Exception broken) when (
            broken is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The sandbox plays faults: whatever goes wrong with an answer, the shop doesn't know and says so.
            return new ShopAnswer.Silent();
        }
    }

    public void Dispose() => _http.Dispose();

    private static ShopAnswer Read(ShopOrder order, JsonElement answer)
    {
        if (answer.TryGetProperty("firstcode", out _))
        {
            return new ShopAnswer.Unknown();
        }

        var state = answer.GetProperty("orderstate");
        if (state.ValueKind != JsonValueKind.Object)
        {
            return new ShopAnswer.Unknown();
        }

        var currency = state.GetProperty("ordercurrency").GetString()!;
        var amount = Money.Parse(state.GetProperty("orderamount").GetRawText(), currency);
        var number = state.GetProperty("ordernumber").GetString()!;
        var word = OrderState.FromWire(state.GetProperty("orderstate").GetString());
        var seal = Checkvalue.OfAnswer(order.Merchant.Company.SecretWord, order.MerchantId, number, amount, word);
        if (!Checkvalue.Fits(seal, state.GetProperty("checkdata").GetProperty("checkvalue").GetString()))
        {
            return new ShopAnswer.Silent();
        }

        return number == order.Number && amount == order.Amount
            ? new ShopAnswer.Known(word, state.GetProperty("billnumber").GetString()!)
            : new ShopAnswer.Unknown();
    }

    /// <summary>Where the sandbox listens; a wildcard is this machine.</summary>
    private Uri OwnAddress()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The sandbox doesn't listen.");
        return new Uri(address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal));
    }
}
