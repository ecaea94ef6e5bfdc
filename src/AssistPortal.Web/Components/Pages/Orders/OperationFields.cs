using System.Globalization;
using System.Text.Json;
using AssistPortal.Core.Orders;
using AssistPortal.Web.Components.Shared;
using AssistPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Pages.Orders;

/// <summary>Every field the gateway gave of an operation, those this version doesn't know included, under their own names.</summary>
public static class OperationFields
{
    public static IEnumerable<(string Name, string Value)> Of(Operation operation, TimeZoneInfo zone, IStringLocalizer<OrdersText> texts, IStringLocalizer<SharedText> shared)
    {
        (string Key, string? Value)[] known =
        [
            ("Billnumber", string.Create(CultureInfo.InvariantCulture, $"{operation.Billnumber}.{operation.Number}")),
            ("FieldType", $"{operation.Type} · {StateText.Of(operation.Type, shared)}"),
            ("FieldAmount", MoneyFormat.Text(operation.Amount)),
            ("FieldDate", operation.Date is { } date ? LocalTimes.Text(date, zone, null, true, shared) : null),
            ("FieldResponseCode", operation.ResponseCode.Wire),
            ("FieldState", operation.StateText),
            ("FieldMessage", operation.Message),
            ("FieldCustomerMessage", operation.CustomerMessage),
            ("FieldRecommendation", operation.Recommendation),
            ("FieldApprovalCode", operation.ApprovalCode),
            ("FieldMeans", Join(operation.MeanType, operation.MeanSubtype, operation.MeanTypeId?.ToString(CultureInfo.InvariantCulture))),
            ("FieldMeanNumber", operation.MeanNumber),
            ("FieldCardholder", operation.Cardholder),
            ("FieldCardExpiry", operation.CardExpiry),
            ("FieldBank", operation.IssuingBank),
            ("FieldBankCountry", operation.BankCountry),
            ("FieldThreeDsVersion", operation.ThreeDsVersion),
            ("FieldAuthResult", operation.AuthResult),
            ("FieldAuthRequired", operation.AuthRequired),
            ("FieldChallenge", operation.Challenge),
            ("FieldEci", operation.Eci),
            ("FieldProtocol", operation.Protocol),
            ("FieldProcessing", operation.Processing),
            ("FieldSlip", operation.SlipNumber),
            ("FieldRrn", operation.Rrn),
            ("FieldExternalRrn", operation.ExternalRrn),
            ("FieldClientIp", operation.ClientIp),
            ("FieldPayerIp", operation.PayerIp),
        ];
        return known.Where(field => !string.IsNullOrEmpty(field.Value)).Select(field => (texts[field.Key].Value, field.Value!)).Concat(Unknown(operation.UnknownFields));
    }

    /// <summary>Fields of an answer this version doesn't know, under their wire names.</summary>
    public static IEnumerable<(string Name, string Value)> Unknown(string? json) =>
        json is null ? [] : (JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? []).Select(field => (field.Key, field.Value));

    private static string Join(params IEnumerable<string?> parts) => string.Join(" · ", parts.Where(part => !string.IsNullOrEmpty(part)));
}
