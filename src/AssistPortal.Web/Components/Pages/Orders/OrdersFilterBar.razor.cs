using System.Globalization;
using AssistPortal.Core.Merchants;
using AssistPortal.Protocol;
using AssistPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Names = AssistPortal.Web.PortalUrls.Names;

namespace AssistPortal.Web.Components.Pages.Orders;

/// <summary>The filter's inputs. What is typed becomes an address as soon as all of it can be read; until then it stays as typed.</summary>
public sealed partial class OrdersFilterBar
{
    private readonly Dictionary<string, string> _errors = [];
    private Form _form = new();
    private OrdersQuery? _shown;
    private bool _isOpen;

    [Parameter, EditorRequired] public required OrdersQuery Query { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<Merchant> Merchants { get; set; }

    /// <summary>The business day the presets count from.</summary>
    [Parameter, EditorRequired] public DateOnly Today { get; set; }

    [Parameter] public EventCallback<OrdersQuery> OnFilter { get; set; }

    private IEnumerable<(string Name, DateOnly? From, DateOnly? Until)> Presets =>
    [
        ("AllTime", null, null),
        ("Today", Today, Today),
        ("Yesterday", Today.AddDays(-1), Today.AddDays(-1)),
        ("SevenDays", Today.AddDays(-6), Today),
        ("ThirtyDays", Today.AddDays(-29), Today),
    ];

    protected override void OnParametersSet()
    {
        // Live updates render the page again with the same query: what is being typed must survive them.
        if (_shown != Query)
        {
            _shown = Query;
            _form = Form.Of(Query);
            _errors.Clear();
        }
    }

    private string? Invalid(string name) => _errors.ContainsKey(name) ? "true" : null;

    private string? Described(string control, string name) => _errors.ContainsKey(name) ? Field.ErrorId(control) : null;

    private Task ShowPeriod(DateOnly? from, DateOnly? until)
    {
        (_form.From, _form.Until) = (from, until);
        return Apply();
    }

    private async Task Apply()
    {
        _errors.Clear();
        var filter = Query.Filter with
        {
            From = _form.From,
            Until = _form.Until,
            MerchantId = int.TryParse(_form.Merchant, NumberStyles.None, CultureInfo.InvariantCulture, out var merchant) ? merchant : null,
            OrderNumber = Text(_form.Number),
            Billnumber = Text(_form.Billnumber),
            AmountFromMinor = Amount(_form.AmountFrom, Names.AmountFrom),
            AmountUntilMinor = Amount(_form.AmountUntil, Names.AmountUntil),
            Customer = Text(_form.Customer),
            Card = Text(_form.Card),
        };
        if (filter.From > filter.Until)
        {
            _errors[Names.Until] = S["InvalidPeriod"];
        }

        if (filter.AmountFromMinor > filter.AmountUntilMinor)
        {
            _errors[Names.AmountUntil] = L["AmountsCrossed"];
        }

        if (filter.Billnumber is not null && !Protocol.Billnumber.TryParse(filter.Billnumber, out _))
        {
            _errors[Names.Billnumber] = L["BillnumberShape"];
        }

        if (_errors.Count == 0 && filter != Query.Filter)
        {
            await OnFilter.InvokeAsync(Query.Where(filter));
        }
    }

    private long? Amount(string? text, string name)
    {
        if (MoneyInput.TryReadHundredths(text, out var minor, out var fault))
        {
            return minor;
        }

        if (fault != MoneyInputFault.Empty)
        {
            _errors[name] = ProblemText.Of(fault, "RUB", S);
        }

        return null;
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>What stands in the inputs, as typed.</summary>
    private sealed class Form
    {
        public DateOnly? From { get; set; }

        public DateOnly? Until { get; set; }

        public string? Merchant { get; set; }

        public string? Number { get; set; }

        public string? Billnumber { get; set; }

        public string? AmountFrom { get; set; }

        public string? AmountUntil { get; set; }

        public string? Customer { get; set; }

        public string? Card { get; set; }

        public static Form Of(OrdersQuery query) => new()
        {
            From = query.Filter.From,
            Until = query.Filter.Until,
            Merchant = query.Filter.MerchantId?.ToString(CultureInfo.InvariantCulture) ?? "",
            Number = query.Filter.OrderNumber,
            Billnumber = query.Filter.Billnumber,
            AmountFrom = Amount(query.Filter.AmountFromMinor),
            AmountUntil = Amount(query.Filter.AmountUntilMinor),
            Customer = query.Filter.Customer,
            Card = query.Filter.Card,
        };

        private static string? Amount(long? minor) =>
            minor is { } value ? MoneyInput.Editable(new Money(value, "RUB"), CultureInfo.CurrentCulture) : null;
    }
}
