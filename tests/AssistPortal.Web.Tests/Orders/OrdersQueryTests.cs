using AssistPortal.Core.Orders;
using AssistPortal.Protocol;
using AssistPortal.Web.Components.Pages.Orders;
using Xunit;

namespace AssistPortal.Web.Tests.Orders;

public sealed class OrdersQueryTests
{
    [Fact]
    public void OrdersQuery_Everything_SurvivesTheAddress()
    {
        var query = new OrdersQuery
        {
            Filter = new OrderFilter
            {
                From = new DateOnly(2026, 11, 1),
                Until = new DateOnly(2026, 11, 24),
                State = OrderState.InProcess,
                MerchantId = 900001,
                OrderNumber = "158% & co",
                Billnumber = "5775486650107611.2",
                AmountFromMinor = 123450,
                AmountUntilMinor = 999999,
                Customer = "Ёлкин +",
                Card = "411111****1111",
            },
            Sort = OrderSort.Means,
            Descending = true,
            Page = 3,
            Size = 100,
        };
        var (back, faults) = OrdersQuery.Read(query.ToQueryString());
        Assert.Empty(faults);
        Assert.Equal(query, back);
        Assert.Contains("min=1234.50", query.ToQueryString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OrdersQuery_Defaults_LeaveTheAddressEmpty() => Assert.Equal("", new OrdersQuery().ToQueryString());

    [Theory]
    [InlineData("?from=24.11.2026", "from")]
    [InlineData("?to=2026-13-01", "to")]
    [InlineData("?from=2026-11-24&to=2026-11-23", "to")]
    [InlineData("?merchant=shop", "merchant")]
    [InlineData("?bill=12", "bill")]
    [InlineData("?min=1,005", "min")]
    [InlineData("?min=5&max=4", "max")]
    [InlineData("?sort=password", "sort")]
    [InlineData("?desc=yes", "desc")]
    [InlineData("?page=0", "page")]
    [InlineData("?page=-1", "page")]
    [InlineData("?size=1000", "size")]
    public void OrdersQuery_WrongValue_IsNamed(string address, string name) =>
        Assert.Equal(name, Assert.Single(OrdersQuery.Read(address).Faults).Name);

    [Fact]
    public void OrdersQuery_SortedByTheSameColumn_TurnsRound()
    {
        var byAmount = new OrdersQuery { Page = 4 }.SortedBy(OrderSort.Amount);
        Assert.Equal((OrderSort.Amount, true, 0), (byAmount.Sort, byAmount.Descending, byAmount.Page));
        Assert.False(byAmount.SortedBy(OrderSort.Amount).Descending);
        Assert.False(byAmount.SortedBy(OrderSort.Customer).Descending);
    }
}
