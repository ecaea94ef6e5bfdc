using System.Globalization;
using AssistPortal.Core;
using AssistPortal.Core.Orders;
using AssistPortal.Protocol;
using AssistPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace AssistPortal.Web.Components.Pages.Orders;

/// <summary>What is known of an order, in groups; groups and facts the gateway didn't give are left out.</summary>
public sealed partial class OrderFacts
{
    [Parameter, EditorRequired] public required OrderDetails Details { get; set; }

    [Parameter, EditorRequired] public required Actor Actor { get; set; }

    [Parameter] public EventCallback OnRevealed { get; set; }

    private IEnumerable<(string Title, IReadOnlyList<(string Name, string Value, bool Copy)> Facts)> Groups
    {
        get
        {
            var order = Details.Order;
            // Points name no card: the card is what staff ask the buyer about.
            var payments = order.Operations.Where(operation => operation.Type == OperationType.Payment).OrderBy(operation => operation.Number).ToList();
            var payment = payments.LastOrDefault(operation => operation.MeanNumber is not null) ?? payments.LastOrDefault();
            (string Title, (string Key, string? Value, bool Copy)[] Facts)[] groups =
            [
                ("Order",
                [
                    ("OrderDate", LocalTimes.Full(order.OrderDate, Details.Merchant.TimeZone, Time.GetUtcNow(), S), false),
                    ("OriginalAmount", MoneyFormat.Text(new Money(order.AmountMinor, order.Currency)), false),
                    ("Merchant", $"{Details.Merchant.Name} · {order.MerchantId.ToString(CultureInfo.InvariantCulture)}", false),
                    ("OrderComment", order.Comment, false),
                ]),
                ("Customer",
                [
                    ("CustomerName", string.Join(' ', new[] { order.LastName, order.FirstName, order.MiddleName }.Where(name => !string.IsNullOrEmpty(name))), false),
                    ("Email", order.Email, true),
                    ("FieldPayerIp", payment?.PayerIp, false),
                ]),
                ("MeansAndBank",
                [
                    ("Means", string.Join(' ', new[] { payment?.MeanType, payment?.MeanSubtype }.Where(name => !string.IsNullOrEmpty(name))), false),
                    ("Card", payment?.MeanNumber is { } number ? CardNumbers.Grouped(number) : null, false),
                    ("FieldCardholder", payment?.Cardholder, false),
                    ("FieldCardExpiry", payment?.CardExpiry, false),
                    ("FieldBank", payment?.IssuingBank, false),
                    ("FieldBankCountry", payment?.BankCountry, false),
                ]),
                ("ThreeDs",
                [
                    ("FieldThreeDsVersion", payment?.ThreeDsVersion, false),
                    ("FieldAuthResult", payment?.AuthResult is { } result ? Explained("AuthResult", result, "Y", "N", "A", "U", "R", "C", "E") : null, false),
                    ("FieldChallenge", payment?.Challenge is { } challenge ? Explained("Challenge", challenge, "F", "C", "D") : null, false),
                    ("FieldEci", payment?.Eci, false),
                ]),
                ("Identifiers",
                [
                    ("Billnumber", order.Billnumber, true),
                    ("FieldApprovalCode", payment?.ApprovalCode, true),
                    ("FieldRrn", payment?.Rrn, true),
                    ("FieldSlip", payment?.SlipNumber, true),
                    ("FieldProcessing", payment?.Processing, false),
                ]),
            ];
            foreach (var (title, facts) in groups)
            {
                var given = facts.Where(fact => !string.IsNullOrEmpty(fact.Value)).Select(fact => (L[fact.Key].Value, fact.Value!, fact.Copy)).ToList();
                if (title == "Order")
                {
                    given.AddRange(OperationFields.Unknown(order.UnknownFields).Select(unknown => (unknown.Name, unknown.Value, false)));
                }

                if (given.Count > 0)
                {
                    yield return (L[title], given);
                }
            }
        }
    }

    [Inject] public required TimeProvider Time { get; init; }

    /// <summary>A code with its meaning where it is known.</summary>
    private string Explained(string key, string code, params IEnumerable<string> known) => known.Contains(code) ? $"{code} · {L[key + code]}" : code;
}
