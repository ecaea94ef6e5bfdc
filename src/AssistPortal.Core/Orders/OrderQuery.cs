using System.Linq.Expressions;
using AssistPortal.Core.Actions;
using AssistPortal.Core.Data;
using AssistPortal.Protocol;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Orders;

/// <summary>The one translation of a filter and a sort into a query, so that grid, counters and export show the same orders.</summary>
internal static class OrderQuery
{
    /// <summary>Orders of the merchants for which the actor holds the permission; every reading starts here.</summary>
    public static IQueryable<Order> SeenBy(this IQueryable<Order> orders, Actor actor, Permission permission = Permission.View)
    {
        var merchants = actor.Rights.MerchantsOf(permission).ToArray();
        return orders.AsNoTracking().Where(order => merchants.Contains(order.MerchantId));
    }

    /// <summary>Why the filter can't be used; <see langword="null"/> when it can.</summary>
    public static Problem? Check(OrderFilter filter) => filter switch
    {
        { From: { } from, Until: { } until } when until < from => new Problem.Invalid(InvalidReason.Period),
        { Billnumber: { Length: > 0 } billnumber } when !Billnumber.TryParse(billnumber, out _) => new Problem.Invalid(InvalidReason.Filter),
        { AmountFromMinor: { } least, AmountUntilMinor: { } most } when most < least => new Problem.Invalid(InvalidReason.Filter),
        _ => null,
    };

    /// <summary>Orders that fit everything the filter gives.</summary>
    public static IQueryable<Order> Fitting(this IQueryable<Order> orders, OrderFilter filter, Actor actor)
    {
        if (filter.From is { } from)
        {
            orders = orders.Where(order => order.BusinessDate >= from);
        }

        if (filter.Until is { } until)
        {
            orders = orders.Where(order => order.BusinessDate <= until);
        }

        if (filter.State is { } state)
        {
            orders = orders.Where(order => order.State == state);
        }

        if (filter.MerchantId is { } merchantId)
        {
            orders = orders.Where(order => order.MerchantId == merchantId);
        }

        // The range is in hundredths, whatever the minor unit of a currency is.
        var whole = Currency.CodesWith(0);
        var thousandths = Currency.CodesWith(3);
        if (filter.AmountFromMinor is { } least)
        {
            orders = orders.Where(order => whole.Contains(order.Currency) ? order.AmountMinor * 100 >= least
                : thousandths.Contains(order.Currency) ? order.AmountMinor >= least * 10
                : order.AmountMinor >= least);
        }

        if (filter.AmountUntilMinor is { } most)
        {
            orders = orders.Where(order => whole.Contains(order.Currency) ? order.AmountMinor * 100 <= most
                : thousandths.Contains(order.Currency) ? order.AmountMinor <= most * 10
                : order.AmountMinor <= most);
        }

        return orders.FittingTexts(filter).FittingCustomer(filter, actor);
    }

    /// <summary>Sorted, with the billnumber as tie-breaker: pages neither repeat nor lose a row.</summary>
    public static IQueryable<Order> Sorted(this IQueryable<Order> orders, OrderSort sort, bool descending)
    {
        var sorted = sort switch
        {
            OrderSort.OrderNumber => orders.By(order => order.OrderNumberSearch, descending),
            OrderSort.State => orders.By(order => order.State, descending),
            OrderSort.Amount => orders.By(order => order.AmountMinor, descending),
            OrderSort.Net => orders.By(order => order.NetMinor, descending),
            OrderSort.Customer => orders.By(order => order.CustomerSearch, descending),
            OrderSort.Means => orders.By(order => order.MeanType, descending).Then(order => order.MeanNumber, descending),
            OrderSort.Merchant => orders.By(order => order.MerchantId, descending),
            OrderSort.Billnumber => orders.By(order => order.Billnumber, descending),
            _ => orders.By(order => order.OrderDate, descending),
        };
        return sorted.Then(order => order.Billnumber, descending);
    }

    /// <summary>The rows as the grid shows them.</summary>
    public static IQueryable<OrderRow> Rows(this IQueryable<Order> orders, PortalDbContext db) => orders.Select(order => new OrderRow
    {
        Billnumber = order.Billnumber,
        OrderNumber = order.OrderNumber,
        State = order.State,
        Amount = new Money(order.AmountMinor, order.Currency),
        Net = order.PaymentCurrency == null ? null : new Money(order.NetMinor, order.PaymentCurrency),
        Customer = ((order.LastName ?? "") + " " + (order.FirstName ?? "") + " " + (order.MiddleName ?? "")).Trim(),
        Email = order.Email,
        MeanType = order.MeanType,
        MeanNumber = order.MeanNumber,
        MerchantId = order.MerchantId,
        OrderDate = order.OrderDate,
        TestMode = order.TestMode,
        OpenAction = db.Actions
            .Where(action => action.Billnumber == order.Billnumber && EF.Constant(ActionStates.Open).Contains(action.State))
            .Select(action => (ActionState?)action.State)
            .FirstOrDefault(),
    });

    // Where names and e-mails are masked a search by parts would spell them out letter by letter: only a whole e-mail finds its orders there.
    private static IQueryable<Order> FittingCustomer(this IQueryable<Order> orders, OrderFilter filter, Actor actor)
    {
        if (SearchText.Of(filter.Customer) is not { Length: > 0 } text)
        {
            return orders;
        }

        // Every word must occur: people say the first name first, the gateway the last.
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            orders = orders.Where(order => order.CustomerSearch.Contains(word));
        }

        var open = actor.Rights.MerchantsOf(Permission.PersonalData).ToArray();
        if (actor.Rights.MerchantsOf(Permission.View).IsSubsetOf(open))
        {
            return orders;
        }

        var isEmail = text.Contains('@', StringComparison.Ordinal);
        var afterName = " " + text;
        return orders.Where(order => open.Contains(order.MerchantId) || (isEmail && (order.CustomerSearch == text || order.CustomerSearch.EndsWith(afterName))));
    }

    private static IQueryable<Order> FittingTexts(this IQueryable<Order> orders, OrderFilter filter)
    {
        if (Billnumber.TryParse(filter.Billnumber, out var billnumber))
        {
            orders = orders.Where(order => order.Billnumber == billnumber.Order);
        }

        if (SearchText.Of(filter.OrderNumber) is { Length: > 0 } number)
        {
            var mask = SearchText.Mask(number);
            orders = number.Contains('%', StringComparison.Ordinal)
                ? orders.Where(order => EF.Functions.Like(order.OrderNumberSearch, mask, SearchText.Escape))
                : orders.Where(order => order.OrderNumberSearch == number);
        }

        if (CardMask(filter.Card) is { } card)
        {
            orders = orders.Where(order => order.MeanNumber != null && EF.Functions.Like(order.MeanNumber, card, SearchText.Escape));
        }

        return orders;
    }

    /// <summary>A card as the filter may keep and show it: whoever types a whole number gets it masked as the gateway masks it.</summary>
    public static string? Masked(string? card)
    {
        var text = card?.Replace(" ", "", StringComparison.Ordinal);
        return text is { Length: >= 12 } && text.All(char.IsAsciiDigit) ? $"{text[..6]}****{text[^4..]}" : text;
    }

    // Any run of asterisks stands for the hidden digits; without one the text may stand anywhere in the mask.
    private static string? CardMask(string? text)
    {
        var digits = Masked(text) ?? "";
        if (digits.Length == 0)
        {
            return null;
        }

        var parts = digits.Split('*', StringSplitOptions.RemoveEmptyEntries).Select(part => SearchText.Mask(part).Replace("%", "\\%", StringComparison.Ordinal));
        return digits.Contains('*', StringComparison.Ordinal)
            ? $"{(digits[0] == '*' ? "%" : "")}{string.Join('%', parts)}{(digits[^1] == '*' ? "%" : "")}"
            : $"%{string.Join('%', parts)}%";
    }

    private static IOrderedQueryable<Order> By<TKey>(this IQueryable<Order> orders, Expression<Func<Order, TKey>> key, bool descending) =>
        descending ? orders.OrderByDescending(key) : orders.OrderBy(key);

    private static IOrderedQueryable<Order> Then<TKey>(this IOrderedQueryable<Order> orders, Expression<Func<Order, TKey>> key, bool descending) =>
        descending ? orders.ThenByDescending(key) : orders.ThenBy(key);
}
