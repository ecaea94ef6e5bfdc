using System.Globalization;
using System.Net.Mime;
using System.Text;
using System.Text.Json.Nodes;

namespace AssistPortal.Gateway;

/// <summary>wscancel's request in JSON, answered in JSON (protocol §8): the only way to name a refund.</summary>
internal static class WsCancelRequest
{
    private const int Json = 5;

    /// <summary>The request's body.</summary>
    public static StringContent Content(CancelCommand command, AssistMerchant merchant)
    {
        var request = new JsonObject
        {
            ["merchant"] = new JsonObject { ["merchant_id"] = merchant.Id, ["login"] = merchant.Login, ["password"] = merchant.Password },
            ["billnumber"] = command.Billnumber.ToString(),
            ["cancelreason"] = (int)command.Reason,
            ["language"] = "RU",
            ["format"] = Json,
        };
        if (command.Amount is { } amount)
        {
            // From the wire's text, so that the number keeps its two decimals.
            request["amount"] = decimal.Parse(amount.ToWire(), CultureInfo.InvariantCulture);
            request["currency"] = amount.Currency;
        }

        if (command.ExternalRefundId is { } id)
        {
            request["externalrefundid"] = id;
        }

        if (command.ClientIp is { } address)
        {
            request["clientip"] = address;
        }

        return new StringContent(request.ToJsonString(), Encoding.UTF8, MediaTypeNames.Application.Json);
    }
}
