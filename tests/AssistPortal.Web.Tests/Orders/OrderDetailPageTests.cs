using AssistPortal.Core.Staff;
using AssistPortal.Protocol;
using AssistPortal.Web.Components.Pages.Orders;
using Bunit;
using MudBlazor;
using Xunit;

namespace AssistPortal.Web.Tests.Orders;

public sealed class OrderDetailPageTests : PortalPages
{
    private const string Bill = "5775486650000001";

    [Fact]
    public async Task OrderPage_Order_ShowsHeadStoryAndEveryField()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        await WriteAsync(Paid(Bill, "15850", "150.00", OrderState.PartialCanceled) with
        {
            Operations =
            [
                Operation(Bill, 1, OperationType.Payment, "150.00"), Operation(Bill, 2, OperationType.Cancellation, "20.00"),
                Operation(Bill, 3, OperationType.Cancellation, "130.00", "AS102"),
            ],
        });

        var page = Open();

        Assert.Equal("№ 15850", page.Find("h1").TextContent);
        Assert.Contains("осталось 130,00\u202F₽", page.Find(".parts").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Отмена", "Отмена", "Оплата"], page.FindAll("article b").Select(name => name.TextContent));
        Assert.Contains("На карте не хватает средств. Покупатель может пополнить карту", page.Find("article .why").TextContent, StringComparison.Ordinal);
        Assert.Contains("newfield", page.Find("article dl").TextContent, StringComparison.Ordinal);
        Assert.Contains("A12345", page.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".message"));
    }

    [Fact]
    public async Task OrderPage_PaidWithPointsAndCancelled_NamesTheCardAndTellsTheAccrualFromItsReversal()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        var points = Operation(Bill, 2, OperationType.Payment, "50.00") with { MeanType = "Спасибо", MeanNumber = null, ApprovalCode = null };
        await WriteAsync(Paid(Bill, "15850", "150.00", OrderState.Canceled) with
        {
            Operations =
            [
                Operation(Bill, 1, OperationType.Payment, "100.00"), points,
                Operation(Bill, 3, OperationType.Accrual, "1.00") with { MeanSubtype = "Accrual" },
                Operation(Bill, 4, OperationType.Accrual, "1.00") with { MeanSubtype = "Reversal" },
            ],
        });

        var page = Open();

        Assert.Equal(["Списание начисленных бонусов", "Начисление бонусов", "Оплата", "Оплата"], page.FindAll("article b").Select(name => name.TextContent));
        Assert.Contains("4111 11•• •••• 1111", page.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Спасибо", page.Find(".facts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrderPage_GatewaySilent_StaysReadableWithAQuietLine()
    {
        await SignInAsync(StaffRole.Auditor, Shop);
        await WriteAsync(Paid(Bill, "15850", "150.00"));
        Clock.Advance(TimeSpan.FromMinutes(1));

        var page = Open();

        await page.WaitForAssertionAsync(
            () => Assert.Contains("Шлюз не ответил", page.Find(".message").TextContent, StringComparison.Ordinal), TestKit.Until.Patience);
        Assert.Contains("сегодня 14:00", page.Find(".message").TextContent, StringComparison.Ordinal);
        Assert.Equal("№ 15850", page.Find("h1").TextContent);
    }

    [Fact]
    public async Task OrderPage_ForeignMerchantsOrder_IsNotFound()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        await WriteAsync(Paid(Bill, "77", "10.00"), Airline);
        var missing = false;
        Address.OnNotFound += (_, _) => missing = true;

        var page = Render<OrderDetailPage>(parameters => parameters.Add(page => page.Billnumber, Bill));

        page.WaitForState(() => missing);
        Assert.DoesNotContain("77", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StaffRole.Accountant, 0)]
    [InlineData(StaffRole.Auditor, 0)]
    [InlineData(StaffRole.Operator, 2)]
    [InlineData(StaffRole.Owner, 2)]
    public async Task OrderPage_Role_DecidesOnTheButtons(StaffRole role, int buttons)
    {
        await SignInAsync(role, Shop);
        await WriteAsync(Paid(Bill, "15850", "150.00", OrderState.Delayed));

        Assert.Equal(buttons, Open().FindAll(".buttons button:not([disabled])").Count);
    }

    [Fact]
    public async Task OrderPage_NothingLeft_DisablesCancelAndSaysWhy()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        await WriteAsync(Paid(Bill, "15850", "150.00", OrderState.Declined) with { Operations = [Operation(Bill, 1, OperationType.Payment, "150.00", "AS100")] });

        var page = Open();

        Assert.NotNull(page.Find(".buttons button").GetAttribute("disabled"));
        Assert.Contains("Отменять нечего", page.Find(".parts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrderPage_ChangedElsewhere_UpdatesItself()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        await WriteAsync(Paid(Bill, "15850", "150.00"));
        var page = Open();

        await WriteAsync(Paid(Bill, "15850", "150.00", OrderState.Canceled) with
        {
            Operations = [Operation(Bill, 1, OperationType.Payment, "150.00"), Operation(Bill, 2, OperationType.Cancellation, "150.00")],
        });
        LetFeedArrive();

        await page.WaitForAssertionAsync(() => Assert.Contains("Отменён", page.Find("header .chip").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OrderPage_LeftWhileItsDialogIsOpen_BreaksNothing()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        await WriteAsync(Paid(Bill, "15850", "150.00"));
        var dialogs = Render<MudDialogProvider>();
        var page = Open();
        var opening = page.Find(".buttons button").ClickAsync(new());
        await dialogs.WaitForStateAsync(() => dialogs.FindAll("form").Count > 0);

        page.Instance.Dispose();
        await dialogs.Find("form .buttons button").ClickAsync(new());

        await opening.WaitAsync(TestKit.Until.Patience, TimeProvider.System, Cancel);
        Assert.False(Renderer.UnhandledException.IsCompleted);
    }

    private IRenderedComponent<OrderDetailPage> Open()
    {
        Address.NavigateTo(PortalUrls.Order(Bill));
        var page = Render<OrderDetailPage>(parameters => parameters.Add(page => page.Billnumber, Bill));
        page.WaitForState(() => page.FindAll("h1").Count > 0);
        return page;
    }

    [Fact]
    public async Task OrderPage_MaskedData_AreShownAfterAReason()
    {
        await SignInAsync(StaffRole.Support, Shop);
        await WriteAsync(Paid("5900000000000009", "9", "10.00"));
        var page = Render<OrderDetailPage>(order => order.Add(part => part.Billnumber, "5900000000000009"));
        Assert.Contains("С••• И•••", page.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Сидоров", page.Markup, StringComparison.Ordinal);

        await page.Find(".reveal button").ClickAsync(new());
        await page.Find(".reveal form").SubmitAsync();
        Assert.Contains("От 3 до 200 знаков", page.Find(".reveal").TextContent, StringComparison.Ordinal);
        await page.Find("#reveal-reason").InputAsync("Покупатель на линии");
        await page.Find(".reveal form").SubmitAsync();

        Assert.Contains("Сидоров Иван", page.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Contains("причина записана в журнал", page.Find(".facts").TextContent, StringComparison.Ordinal);
    }
}
