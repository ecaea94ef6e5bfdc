using AssistPortal.Core.Staff;
using AssistPortal.Protocol;
using AssistPortal.Web.Components.Pages.Orders;
using Bunit;
using Xunit;

namespace AssistPortal.Web.Tests.Orders;

public sealed class OrdersPageTests : PortalPages
{
    private const string First = "5775486650000001";
    private const string Second = "5775486650000002";
    private const string Third = "5775486650000003";

    [Fact]
    public async Task OrdersPage_Grid_ShowsGrantedOrdersTheirTabsAndTotals()
    {
        await SignInAsync(StaffRole.Auditor, Shop);
        await WriteAsync(Paid(First, "15850", "1500.00"));
        await WriteAsync(Paid(Second, "15851", "99.99", OrderState.Declined) with { Operations = [Operation(Second, 1, OperationType.Payment, "99.99", "AS102")] });
        await WriteAsync(Paid(Third, "77", "10.00"), Airline);

        var page = OpenOrders("");

        Assert.Equal(2, page.FindAll("tbody tr").Count);
        Assert.DoesNotContain("Авиабилеты", page.Markup, StringComparison.Ordinal);
        Assert.Contains("1\u202F500,00\u202F₽", page.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Contains(page.FindAll(".tabs a"), tab => tab.TextContent.Contains("Отклонён 1", StringComparison.Ordinal));
        var totals = page.Find(".totals").TextContent;
        Assert.Contains("1\u202F599,99\u202F₽", totals, StringComparison.Ordinal);
        Assert.Contains("1\u202F500,00\u202F₽", totals, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrdersPage_TypedFilter_GoesIntoTheAddressAndBack()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        await WriteAsync(Paid(First, "15850", "1500.00"));
        await WriteAsync(Paid(Second, "15851", "10.00"));
        var page = OpenOrders("");

        page.Find("#filter-min").Change("1 000,00");

        Assert.EndsWith("/orders?min=1000.00", Address.Uri, StringComparison.Ordinal);
        await page.WaitForAssertionAsync(() => Assert.Equal("15850", Assert.Single(page.FindAll("tbody td.number a")).TextContent));
        Assert.Contains("Сумма от 1\u202F000,00", page.Find(".chips").TextContent, StringComparison.Ordinal);

        Address.NavigateTo(PortalUrls.Orders);

        await page.WaitForAssertionAsync(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
        Assert.Equal("", page.Find("#filter-min").GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task OrdersPage_TypedHalfKopeck_IsRefusedInWordsAndStays()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        var page = OpenOrders("");

        page.Find("#filter-min").Change("10,005");

        Assert.EndsWith("/orders", Address.Uri, StringComparison.Ordinal);
        Assert.Contains("Знаков после запятой не больше 2", page.Find("#filter-min-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("10,005", page.Find("#filter-min").GetAttribute("value"));
    }

    [Fact]
    public async Task OrdersPage_WrongValueInTheAddress_SaysWhichAndShowsNoRows()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        await WriteAsync(Paid(First, "15850", "1500.00"));

        var page = OpenOrders("?min=abc&sort=amount");

        Assert.Contains("«abc» не подходит для «Сумма от».", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("tbody tr"));
        Assert.Equal("/orders?sort=amount", page.Find("[role=alert] a").GetAttribute("href"));
    }

    [Fact]
    public async Task OrdersPage_NewOrder_AppearsByItselfOnTheFirstPage()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        await WriteAsync(Paid(First, "15850", "1500.00", age: TimeSpan.FromHours(1)));
        var page = OpenOrders("");

        await WriteAsync(Paid(Second, "15851", "10.00"));
        LetFeedArrive();

        await page.WaitForAssertionAsync(() => Assert.Equal("15851", page.Find("tbody td.number a").TextContent));
        Assert.Contains("fresh", page.Find("tbody tr").ClassList);
    }

    [Fact]
    public async Task OrdersPage_SortedOtherwise_UpdatesInPlaceAndOnlyAnnouncesNewOnes()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        await WriteAsync(Paid(First, "15850", "1500.00", OrderState.Delayed));
        var page = OpenOrders("?sort=number");

        await WriteAsync(Paid(First, "15850", "1500.00") with
        {
            Operations = [Operation(First, 1, OperationType.Payment, "1500.00"), Operation(First, 2, OperationType.Confirmation, "1500.00")],
        });
        await WriteAsync(Paid(Second, "15851", "10.00"));
        LetFeedArrive();

        await page.WaitForAssertionAsync(() => Assert.Contains("Новых заказов: 1", page.Find(".news").TextContent, StringComparison.Ordinal));
        Assert.Contains("Оплачен", Assert.Single(page.FindAll("tbody tr")).TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StaffRole.Accountant, true, false)]
    [InlineData(StaffRole.Operator, false, true)]
    [InlineData(StaffRole.Auditor, false, false)]
    [InlineData(StaffRole.Owner, true, true)]
    public async Task OrdersPage_Role_DecidesOnExportAndQuickActions(StaffRole role, bool exports, bool acts)
    {
        await SignInAsync(role, Shop);
        await WriteAsync(Paid(First, "15850", "1500.00"));

        var page = OpenOrders("?number=158%25");

        Assert.Equal(exports, page.FindAll("a[href^='/orders/export?number=158%25&format=csv']").Count == 1);
        Assert.Equal(!exports, page.FindAll(".tools .why-not").Count == 1);
        Assert.Equal(acts, page.FindAll("td.act a").Count > 0);
    }

    [Fact]
    public async Task OrdersPage_WhyCanIntExport_NamesTheRightAndWhoCanGiveIt()
    {
        await SignInAsync(StaffRole.Owner);
        await SignInAsync(StaffRole.Operator, Shop);

        var page = OpenOrders("");
        await page.Find(".tools .why-not button").ClickAsync(new());

        Assert.Equal("Нужно право «Выгружать в файл». Его может дать: Анна Петрова.", page.Find(".tools .why-not [role=status]").TextContent);
    }

    [Fact]
    public async Task OrdersPage_ExactNumberUnknown_OffersToAskTheGatewayAndTellsItsSilence()
    {
        await SignInAsync(StaffRole.Operator, Shop, Airline);
        var page = OpenOrders("?number=404");

        Assert.Equal(2, page.FindAll("#ask-merchant option").Count);
        await page.Find(".empty button").ClickAsync(new());

        await page.WaitForAssertionAsync(() => Assert.Contains("Шлюз не ответил", page.Find(".answer").TextContent, StringComparison.Ordinal), TestKit.Until.Patience);
    }

    private IRenderedComponent<OrdersPage> OpenOrders(string query)
    {
        Address.NavigateTo(PortalUrls.Orders + query);
        var page = Render<OrdersPage>();
        page.WaitForState(() => page.FindAll(".waiting").Count == 0);
        return page;
    }
}
