using System.Text.Json;
using AssistPortal.Core.Orders;

namespace AssistPortal.Core.Privacy;

/// <summary>
/// How a payer's data look to somebody without <see cref="Permission.PersonalData"/>: enough to recognise what the payer says himself, too
/// little to find him by. Card numbers come masked from the gateway and stay so for everybody.
/// </summary>
public static class PersonalData
{
    private const string Hidden = "•••";

    /// <summary>A name or several: <c>Сидоров Иван</c> becomes <c>С••• И•••</c>.</summary>
    public static string? Name(string? name) => string.IsNullOrWhiteSpace(name)
        ? name
        : string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => First(word) + Hidden));

    /// <summary>An e-mail: <c>ivan@example.test</c> becomes <c>i•••@e•••</c>.</summary>
    public static string? Email(string? email) => string.IsNullOrWhiteSpace(email)
        ? email
        : string.Join('@', email.Split('@', 2).Select(part => First(part) + Hidden));

    /// <summary>Anything else that may hold personal data: nothing of it is shown.</summary>
    public static string? Text(string? text) => string.IsNullOrEmpty(text) ? text : Hidden;

    /// <summary>The row as this actor may see it.</summary>
    internal static OrderRow For(this OrderRow row, Actor actor) =>
        actor.May(Permission.PersonalData, row.MerchantId) ? row : row with { Customer = Name(row.Customer) ?? "", Email = Email(row.Email) };

    /// <summary>Masks an order that isn't tracked. Whoever writes data the portal doesn't know the meaning of may have written a name there.</summary>
    internal static void Hide(Order order)
    {
        (order.FirstName, order.LastName, order.MiddleName) = (Name(order.FirstName), Name(order.LastName), Name(order.MiddleName));
        (order.Email, order.Comment, order.CustomerSearch) = (Email(order.Email), Text(order.Comment), "");
        order.UnknownFields = HideValues(order.UnknownFields);
        foreach (var operation in order.Operations)
        {
            (operation.Cardholder, operation.ClientIp, operation.PayerIp) = (Name(operation.Cardholder), Text(operation.ClientIp), Text(operation.PayerIp));
            operation.UnknownFields = HideValues(operation.UnknownFields);
        }
    }

    private static string First(string word) => word.Length == 0 ? "" : char.IsHighSurrogate(word[0]) && word.Length > 1 ? word[..2] : word[..1];

    private static string? HideValues(string? json) => json is null
        ? null
        : JsonSerializer.Serialize((JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? []).ToDictionary(field => field.Key, field => Text(field.Value)));
}
