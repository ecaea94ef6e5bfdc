using System.Globalization;
using AssistPortal.Core.Actions;
using Microsoft.AspNetCore.WebUtilities;
using Names = AssistPortal.Web.PortalUrls.Names;

namespace AssistPortal.Web.Components.Pages.Actions;

/// <summary>The whole state of the list of actions as its address says it.</summary>
public sealed record ActionsQuery
{
    public const int Size = 50;

    /// <summary>All actions, or only those that are not settled.</summary>
    public bool All { get; init; }

    public ActionKind? Kind { get; init; }

    public ActionState? State { get; init; }

    public int? MerchantId { get; init; }

    /// <summary>Page from 0; the address counts from 1.</summary>
    public int Page { get; init; }

    public ActionFilter Filter => new(OnlyOpen: !All, State, Kind, MerchantId);

    /// <summary>Reads a query string. What can't be read is named in the faults and left at its default.</summary>
    public static (ActionsQuery Query, IReadOnlyList<QueryFault> Faults) Read(string? queryString)
    {
        var values = QueryHelpers.ParseQuery(queryString);
        var faults = new List<QueryFault>();

        T? Value<T>(string name, Func<string, T?> read)
            where T : struct
        {
            var text = values.TryGetValue(name, out var found) ? found.ToString().Trim() : "";
            if (text.Length == 0)
            {
                return null;
            }

            var value = read(text);
            if (value is null)
            {
                faults.Add(QueryFault.Of(name, text));
            }

            return value;
        }

        var query = new ActionsQuery
        {
            All = Value(Names.Tab, text => text switch { "all" => true, "open" => (bool?)false, _ => null }) ?? false,
            Kind = Value(Names.Kind, Named<ActionKind>),
            State = Value(Names.State, Named<ActionState>),
            MerchantId = Value(Names.Merchant, Number),
            Page = (Value(Names.Page, Number) ?? 1) - 1,
        };
        return (query, faults);
    }

    /// <summary>The query string, without what stands at its default.</summary>
    public string ToQueryString() => QueryText.Of(
        (Names.Tab, All ? "all" : null),
        (Names.Kind, Kind?.ToString().ToLowerInvariant()),
        (Names.State, State?.ToString().ToLowerInvariant()),
        (Names.Merchant, MerchantId?.ToString(CultureInfo.InvariantCulture)),
        (Names.Page, Page == 0 ? null : (Page + 1).ToString(CultureInfo.InvariantCulture)));

    private static TEnum? Named<TEnum>(string text)
        where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 ? number : null;
}
