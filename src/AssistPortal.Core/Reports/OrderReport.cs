using System.Globalization;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Orders;
using AssistPortal.Protocol;

namespace AssistPortal.Core.Reports;

/// <summary>Who took the file, when, over which filter: what stands above the rows.</summary>
internal sealed record ReportHead(string Who, DateTimeOffset At, OrderFilter Filter, IReadOnlyList<Merchant> Merchants);

/// <summary>A kind of column.</summary>
internal enum ColumnKind
{
    Text,
    Instant,
    Amount,
}

/// <summary>A column of the report: its heading and the value of an order: text, a local date and time, an amount, or nothing.</summary>
internal sealed record ReportColumn(LocalText Heading, ColumnKind Kind, int Width, Func<Order, Merchant, object?> Value);

/// <summary>What an export of orders holds, in one place for all file formats.</summary>
internal static class OrderReport
{
    public static readonly IReadOnlyList<ReportColumn> Columns =
    [
        new(new("Дата", "Date"), ColumnKind.Instant, 18, (order, merchant) => TimeZoneInfo.ConvertTime(order.OrderDate, merchant.TimeZone).DateTime),
        new(new("Номер заказа", "Order number"), ColumnKind.Text, 22, (order, _) => order.OrderNumber),
        new(new("Billnumber", "Billnumber"), ColumnKind.Text, 19, (order, _) => order.Billnumber),
        new(new("Состояние", "State"), ColumnKind.Text, 17, (order, _) => order.State.Wire),
        new(new("Предприятие", "Merchant"), ColumnKind.Text, 18, (_, merchant) => merchant.Name),
        new(new("Merchant_ID", "Merchant_ID"), ColumnKind.Text, 12, (order, _) => order.MerchantId.ToString(CultureInfo.InvariantCulture)),
        new(new("Сумма заказа", "Order amount"), ColumnKind.Amount, 15, (order, _) => new Money(order.AmountMinor, order.Currency)),
        new(new("Валюта заказа", "Order currency"), ColumnKind.Text, 9, (order, _) => order.Currency),
        new(new("Оплачено", "Paid"), ColumnKind.Amount, 15, (order, _) => Paid(order, order.PaidMinor)),
        new(new("Подтверждено", "Confirmed"), ColumnKind.Amount, 15, (order, _) => Paid(order, order.ConfirmedMinor)),
        new(new("Отменено", "Cancelled"), ColumnKind.Amount, 15, (order, _) => Paid(order, order.CancelledMinor)),
        new(new("Итого после отмен", "Net"), ColumnKind.Amount, 15, (order, _) => Paid(order, order.NetMinor)),
        new(new("Валюта платежа", "Payment currency"), ColumnKind.Text, 9, (order, _) => order.PaymentCurrency),
        new(new("Покупатель", "Customer"), ColumnKind.Text, 28, (order, _) => string.Join(' ', new[] { order.LastName, order.FirstName, order.MiddleName }.Where(name => !string.IsNullOrEmpty(name)))),
        new(new("E-mail", "E-mail"), ColumnKind.Text, 26, (order, _) => order.Email),
        new(new("Средство", "Means"), ColumnKind.Text, 13, (order, _) => order.MeanType),
        new(new("Номер карты", "Card number"), ColumnKind.Text, 19, (order, _) => order.MeanNumber),
        new(new("Тестовый", "Test"), ColumnKind.Text, 9, (order, _) => order.TestMode ? "T" : null),
        new(new("Комментарий", "Comment"), ColumnKind.Text, 40, (order, _) => order.Comment),
    ];

    /// <summary>The lines above the headings.</summary>
    public static IEnumerable<(string Name, string Value)> Head(ReportHead head, CultureInfo culture)
    {
        var zones = string.Join(", ", head.Merchants.Select(merchant => merchant.TimeZone.Id).Distinct());
        string Text(string ru, string en) => new LocalText(ru, en).For(culture);

        yield return (Text("Период", "Period"), $"{Day(head.Filter.From, culture)} – {Day(head.Filter.Until, culture)}");
        yield return (Text("Часовой пояс", "Time zone"), zones);
        yield return (Text("Предприятия", "Merchants"), string.Join(", ", head.Merchants.Select(merchant => merchant.Name)));
        yield return (Text("Фильтр", "Filter"), Describe(head.Filter, culture));
        yield return (Text("Выгрузил", "Taken by"), head.Who);
        yield return (Text("Выгружено (UTC)", "Taken at (UTC)"), WireTime.Format(head.At));
    }

    /// <summary>Totals per currency for below the rows.</summary>
    public static IEnumerable<string> Totals(IReadOnlyList<OrderTotal> totals, CultureInfo culture) => totals.Select(total => new LocalText(
        $"Итого {total.Currency}: заказов {total.Count}, сумма {Major(total.Amount, culture)}, после отмен {Major(total.Net, culture)}",
        $"Total {total.Currency}: orders {total.Count}, amount {Major(total.Amount, culture)}, net {Major(total.Net, culture)}").For(culture));

    /// <summary>The filter in invariant words for the audit log: which fields were used; personal data stay out.</summary>
    public static string Brief(OrderFilter filter) => string.Join(", ", Used(filter).Select(use => use.IsPersonal ? use.Name.En : $"{use.Name.En}={use.Value}"));

    private static string Describe(OrderFilter filter, CultureInfo culture) =>
        Used(filter).Select(use => $"{use.Name.For(culture)}: {use.Value}").ToList() is { Count: > 0 } used
            ? string.Join("; ", used)
            : new LocalText("все заказы периода", "all orders of the period").For(culture);

    private static IEnumerable<(LocalText Name, string Value, bool IsPersonal)> Used(OrderFilter filter)
    {
        if (filter.State is { } state)
        {
            yield return (new("состояние", "state"), state.Wire, false);
        }

        if (filter.MerchantId is { } merchant)
        {
            yield return (new("предприятие", "merchant"), merchant.ToString(CultureInfo.InvariantCulture), false);
        }

        if (filter.OrderNumber is { Length: > 0 } number)
        {
            yield return (new("номер", "number"), number, false);
        }

        if (filter.Billnumber is { Length: > 0 } billnumber)
        {
            yield return (new("billnumber", "billnumber"), billnumber, false);
        }

        if (filter.AmountFromMinor is { } least)
        {
            yield return (new("сумма от", "amount from"), Hundredths(least), false);
        }

        if (filter.AmountUntilMinor is { } most)
        {
            yield return (new("сумма до", "amount to"), Hundredths(most), false);
        }

        if (filter.Customer is { Length: > 0 } customer)
        {
            yield return (new("покупатель", "customer"), customer, true);
        }

        if (OrderQuery.Masked(filter.Card) is { Length: > 0 } card)
        {
            yield return (new("карта", "card"), card, true);
        }
    }

    private static Money? Paid(Order order, long minor) => order.PaymentCurrency is { } currency ? new Money(minor, currency) : null;

    private static string Hundredths(long minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Major(Money? amount, CultureInfo culture) => amount is { } money ? money.ToMajor().ToString("0.00", culture) : "—";

    private static string Day(DateOnly? day, CultureInfo culture) => day?.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture) ?? new LocalText("без границы", "open").For(culture);
}
