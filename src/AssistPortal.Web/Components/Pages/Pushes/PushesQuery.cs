using System.Globalization;
using AssistPortal.Core.Push;
using Microsoft.AspNetCore.WebUtilities;
using Names = AssistPortal.Web.PortalUrls.Names;

namespace AssistPortal.Web.Components.Pages.Pushes;

/// <summary>The whole state of the page of pushes as its address says it.</summary>
public sealed record PushesQuery
{
    public const int Size = 50;

    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>What no push announced, instead of the pushes that came.</summary>
    public bool Gaps { get; init; }

    public PushFilter Filter { get; init; } = new();

    /// <summary>Page from 0; the address counts from 1.</summary>
    public int Page { get; init; }

    /// <summary>Another filter, from its first page.</summary>
    public PushesQuery Where(PushFilter filter) => this with { Filter = filter, Page = 0 };

    /// <summary>Reads a query string. What can't be read is named in the faults and left at its default.</summary>
    public static (PushesQuery Query, IReadOnlyList<QueryFault> Faults) Read(string? queryString)
    {
        var values = QueryHelpers.ParseQuery(queryString);
        var faults = new List<QueryFault>();

        string Text(string name) => values.TryGetValue(name, out var found) ? found.ToString().Trim() : "";

        T? Value<T>(string name, Func<string, T?> read)
            where T : struct
        {
            var text = Text(name);
            var value = text.Length == 0 ? null : read(text);
            if (text.Length > 0 && value is null)
            {
                faults.Add(QueryFault.Of(name, text));
            }

            return value;
        }

        var query = new PushesQuery
        {
            Gaps = Value(Names.Tab, text => text switch { "gaps" => true, "received" => (bool?)false, _ => null }) ?? false,
            Filter = new PushFilter(
                Value(Names.From, Date), Value(Names.Until, Date), Value(Names.Merchant, Number), Value(Names.State, State), Text(Names.Order) is { Length: > 0 } order ? order : null),
            Page = (Value(Names.Page, Number) ?? 1) - 1,
        };
        return (query, faults);
    }

    /// <summary>The query string, without what stands at its default.</summary>
    public string ToQueryString() => QueryText.Of(
        (Names.Tab, Gaps ? "gaps" : null),
        (Names.From, Text(Filter.From)),
        (Names.Until, Text(Filter.Until)),
        (Names.State, Filter.State?.ToString().ToLowerInvariant()),
        (Names.Merchant, Filter.MerchantId?.ToString(CultureInfo.InvariantCulture)),
        (Names.Order, Filter.Order),
        (Names.Page, Page == 0 ? null : (Page + 1).ToString(CultureInfo.InvariantCulture)));

    /// <summary>A date as addresses and date fields write it.</summary>
    public static string? Text(DateOnly? date) => date?.ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>A date as addresses and date fields write it; <see langword="null"/> when it is none.</summary>
    public static DateOnly? Date(string? text) => DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static PushState? State(string text) =>
        Enum.TryParse<PushState>(text, ignoreCase: true, out var state) && Enum.IsDefined(state) && !char.IsAsciiDigit(text[0]) ? state : null;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 ? number : null;
}
