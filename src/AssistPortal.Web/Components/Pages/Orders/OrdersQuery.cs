using System.Globalization;
using AssistPortal.Core.Orders;
using AssistPortal.Protocol;
using AssistPortal.Web.Components.Shared;
using Microsoft.AspNetCore.WebUtilities;
using Names = AssistPortal.Web.PortalUrls.Names;

namespace AssistPortal.Web.Components.Pages.Orders;

/// <summary>The whole state of the orders grid as its address says it: filter, sort, page.</summary>
public sealed record OrdersQuery
{
    public const int DefaultSize = 50;
    public static readonly IReadOnlyList<int> Sizes = [25, 50, 100];

    private const string DateFormat = "yyyy-MM-dd";
    private const int LongestText = 128;

    private static readonly IReadOnlyList<(OrderSort Sort, string Name)> SortNames =
    [
        (OrderSort.Date, "date"), (OrderSort.OrderNumber, "number"), (OrderSort.State, "state"), (OrderSort.Amount, "amount"), (OrderSort.Net, "net"),
        (OrderSort.Customer, "customer"), (OrderSort.Means, "means"), (OrderSort.Merchant, "merchant"), (OrderSort.Billnumber, "bill"),
    ];

    public OrderFilter Filter { get; init; } = new();

    public OrderSort Sort { get; init; } = OrderSort.Date;

    public bool Descending { get; init; } = true;

    /// <summary>Page from 0; the address counts from 1.</summary>
    public int Page { get; init; }

    public int Size { get; init; } = DefaultSize;

    /// <summary>New rows come first and may appear by themselves.</summary>
    public bool ShowsNewest => Page == 0 && Sort == OrderSort.Date && Descending;

    /// <summary>Whether anything but the state tab narrows the grid.</summary>
    public bool IsFiltered => Filter with { State = null } != new OrderFilter();

    /// <summary>Another filter, from its first page.</summary>
    public OrdersQuery Where(OrderFilter filter) => this with { Filter = filter, Page = 0 };

    /// <summary>Sorted by a column: its natural direction first, the other one when asked again.</summary>
    public OrdersQuery SortedBy(OrderSort sort) => this with { Sort = sort, Page = 0, Descending = sort == Sort ? !Descending : NaturallyDescending(sort) };

    /// <summary>Reads a query string (with or without its question mark). What can't be read is named in the faults and left at its default.</summary>
    public static (OrdersQuery Query, IReadOnlyList<QueryFault> Faults) Read(string? queryString)
    {
        var values = QueryHelpers.ParseQuery(queryString);
        var faults = new List<QueryFault>();

        T? Value<T>(string name, Func<string, T?> read)
        {
            var text = values.TryGetValue(name, out var found) ? found.ToString().Trim() : "";
            if (text.Length == 0)
            {
                return default;
            }

            var value = read(text);
            if (value is null)
            {
                faults.Add(QueryFault.Of(name, text));
            }

            return value;
        }

        var filter = new OrderFilter
        {
            From = Value(Names.From, Date),
            Until = Value(Names.Until, Date),
            State = Value(Names.State, text => Text(text) is null ? null : OrderState.FromWire(text) as OrderState?),
            MerchantId = Value(Names.Merchant, text => Number(text, int.MaxValue)),
            OrderNumber = Value(Names.OrderNumber, Text),
            Billnumber = Value(Names.Billnumber, text => Billnumber.TryParse(text, out _) ? text : null),
            AmountFromMinor = Value(Names.AmountFrom, Hundredths),
            AmountUntilMinor = Value(Names.AmountUntil, Hundredths),
            Customer = Value(Names.Customer, Text),
            Card = Value(Names.Card, Text),
        };
        if (filter.From > filter.Until)
        {
            faults.Add(QueryFault.Of(Names.Until, filter.Until!.Value.ToString(DateFormat, CultureInfo.InvariantCulture)));
        }

        if (filter.AmountFromMinor > filter.AmountUntilMinor)
        {
            faults.Add(QueryFault.Of(Names.AmountUntil, MoneyInput.FromHundredths(filter.AmountUntilMinor!.Value)));
        }

        var sort = Value(Names.Sort, text => SortNames.FirstOrDefault(name => name.Name == text) is { Name: not null } found ? found.Sort : (OrderSort?)null) ?? OrderSort.Date;
        var query = new OrdersQuery
        {
            Filter = filter,
            Sort = sort,
            Descending = Value(Names.Descending, text => text switch { "1" => true, "0" => (bool?)false, _ => null }) ?? NaturallyDescending(sort),
            Page = (Value(Names.Page, text => Number(text, 1_000_000)) ?? 1) - 1,
            Size = Value(Names.Size, text => Number(text, 100) is { } size && Sizes.Contains(size) ? size : (int?)null) ?? DefaultSize,
        };
        return (query, faults);
    }

    /// <summary>The query string, without what stands at its default; reading it gives the same query.</summary>
    public string ToQueryString() => QueryText.Of(
        (Names.From, Filter.From?.ToString(DateFormat, CultureInfo.InvariantCulture)),
        (Names.Until, Filter.Until?.ToString(DateFormat, CultureInfo.InvariantCulture)),
        (Names.State, Filter.State?.Wire.Replace(" ", "", StringComparison.Ordinal)),
        (Names.Merchant, Filter.MerchantId?.ToString(CultureInfo.InvariantCulture)),
        (Names.OrderNumber, Filter.OrderNumber),
        (Names.Billnumber, Filter.Billnumber),
        (Names.AmountFrom, Filter.AmountFromMinor is { } from ? MoneyInput.FromHundredths(from) : null),
        (Names.AmountUntil, Filter.AmountUntilMinor is { } until ? MoneyInput.FromHundredths(until) : null),
        (Names.Customer, Filter.Customer),
        (Names.Card, Filter.Card),
        (Names.Sort, Sort == OrderSort.Date ? null : SortNames.Single(name => name.Sort == Sort).Name),
        (Names.Descending, Descending == NaturallyDescending(Sort) ? null : Descending ? "1" : "0"),
        (Names.Page, Page == 0 ? null : (Page + 1).ToString(CultureInfo.InvariantCulture)),
        (Names.Size, Size == DefaultSize ? null : Size.ToString(CultureInfo.InvariantCulture)));

    private static bool NaturallyDescending(OrderSort sort) => sort is OrderSort.Date or OrderSort.Amount or OrderSort.Net;

    private static string? Text(string text) => text.Length <= LongestText ? text : null;

    private static int? Number(string text, int largest) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= largest ? number : null;

    private static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static long? Hundredths(string text) => MoneyInput.TryReadHundredths(text, out var minor, out _) ? minor : null;
}
