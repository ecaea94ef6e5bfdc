using AssistPortal.Core;
using AssistPortal.Core.Actions;
using AssistPortal.Core.Orders;
using AssistPortal.Core.SecondFactor;
using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using AssistPortal.Protocol;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Pages.Orders;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Xunit;

namespace AssistPortal.Web.Tests.Orders;

public sealed class MoneyDialogTests : PortalPages
{
    private const string Bill = "5775486650000001";

    [Fact]
    public async Task CancelDialog_Opened_IsPrefilledWithWhatIsLeftAndSaysTheSum()
    {
        var dialog = await OpenAsync(ActionKind.Cancel, PartlyCancelled());

        Assert.Equal("80,00", dialog.Find("#money-amount").GetAttribute("value"));
        Assert.Equal("Вернуть 80,00\u202F₽", dialog.Find("button[type=submit]").TextContent.Trim());
        Assert.Contains("4111 11•• •••• 1111", dialog.Find(".what").TextContent, StringComparison.Ordinal);

        dialog.Find("#money-amount").Input("12,5");

        Assert.Equal("Вернуть 12,50\u202F₽", dialog.Find("button[type=submit]").TextContent.Trim());
    }

    [Theory]
    [InlineData("80,01", "Осталось 80,00\u202F₽")]
    [InlineData("0", "Сумма должна быть больше нуля")]
    [InlineData("10,005", "Знаков после запятой не больше 2")]
    [InlineData("десять", "Это не сумма")]
    [InlineData("", "Введите сумму")]
    public async Task CancelDialog_WrongAmount_SaysWhyAndKeepsWhatWasTyped(string typed, string sentence)
    {
        var dialog = await OpenAsync(ActionKind.Cancel, PartlyCancelled());
        dialog.Find("input[value=Customer]").Change(true);
        dialog.Find("#money-comment").Input("звонил покупатель");
        dialog.Find("#money-amount").Input(typed);

        await dialog.Find("form").SubmitAsync();

        await dialog.WaitForAssertionAsync(() => Assert.Contains(sentence, dialog.Find("#money-amount-error").TextContent, StringComparison.Ordinal));
        Assert.Equal(typed, dialog.Find("#money-amount").GetAttribute("value") ?? "");
        Assert.Equal("звонил покупатель", dialog.Find("#money-comment").GetAttribute("value"));
        Assert.Empty(await ActionsAsync());
    }

    [Fact]
    public async Task CancelDialog_WithoutReason_AsksForOne()
    {
        var dialog = await OpenAsync(ActionKind.Cancel, PartlyCancelled());

        await dialog.Find("form").SubmitAsync();

        await dialog.WaitForAssertionAsync(() => Assert.Equal("Выберите причину.", dialog.Find("#money-reason-error").TextContent));
        Assert.Empty(await ActionsAsync());
    }

    [Fact]
    public async Task CancelDialog_DelayedOrder_ReleasesTheWholeHold()
    {
        var dialog = await OpenAsync(ActionKind.Cancel, Paid(Bill, "15850", "150.00", OrderState.Delayed));

        Assert.True(dialog.Find("#money-amount").HasAttribute("readonly"));
        Assert.Contains("Снимется блокировка, деньги покупателю сразу", dialog.Find(".what").TextContent, StringComparison.Ordinal);
        Assert.Equal("Снять блокировку 150,00\u202F₽", dialog.Find("button[type=submit]").TextContent.Trim());
    }

    [Fact]
    public async Task ConfirmDialog_Part_SaysWhatBecomesOfTheRest()
    {
        var dialog = await OpenAsync(ActionKind.Confirm, Paid(Bill, "15850", "150.00", OrderState.Delayed));

        dialog.Find("#money-amount").Input("100");

        Assert.Equal("Подтвердить 100,00\u202F₽", dialog.Find("button[type=submit]").TextContent.Trim());
        Assert.Contains("Остальные 50,00\u202F₽ разблокируются", dialog.Find(".what").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dialog_Sent_WritesOneActionAndShowsItToItsEnd()
    {
        var dialog = await SendAsync();

        Assert.Contains("В очереди", dialog.Find(".progress").TextContent, StringComparison.Ordinal);
        Assert.Empty(dialog.FindAll("form"));
        Assert.Equal(2, JSInterop.VerifyFocusAsyncInvoke(calledTimes: 2).Count);
        var action = Assert.Single(await ActionsAsync());
        Assert.Equal((ActionKind.Cancel, new Money(8000, "RUB")), (action.Kind, action.Amount));

        await MoveAsync(dialog, ActionState.Sending, "Отправляется");
        await MoveAsync(dialog, ActionState.Succeeded, "Отменено 80,00\u202F₽: деньги возвращаются покупателю");
    }

    [Theory]
    [InlineData(ActionState.OutcomeUnknown, "Ничего повторять не нужно")]
    [InlineData(ActionState.NeedsPerson, "Ничего не отправляйте")]
    public async Task Dialog_OutcomeUnknown_OffersNoRepeat(ActionState state, string sentence)
    {
        var dialog = await SendAsync();

        await MoveAsync(dialog, state, sentence);

        Assert.Equal("Закрыть", Assert.Single(dialog.FindAll(".buttons button")).TextContent.Trim());
        Assert.Empty(dialog.FindAll("form"));
    }

    [Theory]
    [InlineData(ActionState.Declined, "деньги не двигались", "Начать заново")]
    [InlineData(ActionState.Refused, "деньги не двигались", "Начать заново")]
    [InlineData(ActionState.Stale, "Ничего не отправлено", "Начать заново")]
    [InlineData(ActionState.NotExecuted, "шлюз команду не выполнил", "Отправить ещё раз")]
    public async Task Dialog_EndWithoutMoney_SaysSoAndOffersTheNextStep(ActionState state, string sentence, string button)
    {
        var dialog = await SendAsync();

        await MoveAsync(dialog, state, sentence);

        Assert.Contains(dialog.FindAll(".buttons button"), offered => offered.TextContent.Trim() == button);
    }

    [Fact]
    public async Task Dialog_AnotherActionOpen_ShowsThatOneAndWritesNoSecond()
    {
        var dialog = await OpenAsync(ActionKind.Cancel, PartlyCancelled());
        await RequestElsewhereAsync();
        dialog.Find("input[value=Customer]").Change(true);

        await dialog.Find("form").SubmitAsync();

        await dialog.WaitForAssertionAsync(() => Assert.Contains("Отмена 5,00", dialog.Find(".progress").TextContent, StringComparison.Ordinal));
        var action = Assert.Single(await ActionsAsync());
        Assert.Equal(PortalUrls.OrderAction(Bill, action.Id), dialog.Find(".message a").GetAttribute("href"));
    }

    [Fact]
    public async Task Dialog_OrderChangedMeanwhile_ShowsTheNewRestAndSendsNothing()
    {
        var dialog = await OpenAsync(ActionKind.Cancel, PartlyCancelled());
        await WriteAsync(PartlyCancelled() with
        {
            Operations = [.. PartlyCancelled().Operations, Operation(Bill, 3, OperationType.Cancellation, "50.00")],
        });
        dialog.Find("input[value=Customer]").Change(true);

        await dialog.Find("form").SubmitAsync();

        await dialog.WaitForAssertionAsync(() => Assert.Contains("Заказ изменился", dialog.Find("form [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Contains("Осталось 30,00\u202F₽", dialog.Markup, StringComparison.Ordinal);
        Assert.Empty(await ActionsAsync());
    }

    [Fact]
    public async Task CancelDialog_MuchMoney_AsksForAProofAndThenGoesOnWithWhatWasTyped()
    {
        var dialog = await OpenAsync(ActionKind.Cancel, Paid(Bill, "15850", "60000.00"));
        var sheet = await EnrolAsync();
        dialog.Find("input[value=Customer]").Change(true);
        dialog.Find("#money-comment").Input("звонил покупатель");
        dialog.Find("#money-amount").Input("50000");

        await dialog.Find("form").SubmitAsync();
        await dialog.WaitForStateAsync(() => dialog.FindAll("#prove-text").Count > 0);
        Assert.Empty(await ActionsAsync());
        dialog.Find("#prove-text").Input("000000");
        await dialog.Find(".prove form").SubmitAsync();
        await dialog.WaitForStateAsync(() => dialog.FindAll("#prove-text-error").Count > 0);
        Assert.Empty(await ActionsAsync());
        dialog.Find("#prove-text").Input(sheet.Codes[0]);
        await dialog.Find(".prove form").SubmitAsync();

        await dialog.WaitForStateAsync(() => dialog.FindAll(".progress").Count > 0);
        var action = Assert.Single(await ActionsAsync());
        Assert.Equal((50_000_00, "звонил покупатель"), (action.AmountMinor, action.Comment));
    }

    [Fact]
    public async Task CancelDialog_JustBelowTheLimit_AsksForNothing()
    {
        var dialog = await OpenAsync(ActionKind.Cancel, Paid(Bill, "15850", "60000.00"));
        dialog.Find("input[value=Customer]").Change(true);
        dialog.Find("#money-amount").Input("49999,99");

        await dialog.Find("form").SubmitAsync();

        await dialog.WaitForStateAsync(() => dialog.FindAll(".progress").Count > 0);
    }

    private async Task<RecoverySheet> EnrolAsync()
    {
        var (factors, actor) = (Services.GetRequiredService<SecondFactors>(), await ActorAsync());
        var begun = factors.Begin(actor.UserId, "anna@example.test");
        var code = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(begun.Key.Replace(" ", "", StringComparison.Ordinal))).ComputeTotp();
        return Assert.IsType<Result<RecoverySheet>.Ok>(await factors.AddAsync(begun.Seal, code, actor, Cancel)).Value;
    }

    /// <summary>100,00 paid, 20,00 of it given back already.</summary>
    private Gateway.OrderSnapshot PartlyCancelled() => Paid(Bill, "15850", "100.00", OrderState.PartialCanceled) with
    {
        Operations = [Operation(Bill, 1, OperationType.Payment, "100.00"), Operation(Bill, 2, OperationType.Cancellation, "20.00")],
    };

    private async Task<IRenderedComponent<MudDialogProvider>> OpenAsync(ActionKind kind, Gateway.OrderSnapshot order)
    {
        await SignInAsync(StaffRole.Operator, Shop);
        await WriteAsync(order);
        var details = Assert.IsType<Result<OrderDetails>.Ok>(await Services.GetRequiredService<GetOrder>().RunAsync(Bill, await ActorAsync(), Cancel)).Value;
        var provider = Render<MudDialogProvider>();
        var parameters = new DialogParameters<MoneyDialog> { { dialog => dialog.Details, details }, { dialog => dialog.Kind, kind } };
        await provider.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<MoneyDialog>("", parameters));
        return provider;
    }

    private async Task<IRenderedComponent<MudDialogProvider>> SendAsync()
    {
        var dialog = await OpenAsync(ActionKind.Cancel, PartlyCancelled());
        dialog.Find("input[value=Customer]").Change(true);
        await dialog.Find("form").SubmitAsync();
        await dialog.WaitForStateAsync(() => dialog.FindAll(".progress").Count > 0);
        return dialog;
    }

    /// <summary>Does to the action what the worker would.</summary>
    private async Task MoveAsync(IRenderedComponent<MudDialogProvider> dialog, ActionState state, string sentence)
    {
        await using (var db = OpenDatabase())
        {
            await db.Actions.ExecuteUpdateAsync(set => set.SetProperty(action => action.State, state), Cancel);
        }

        Services.GetRequiredService<OrderFeed>().Publish(new OrderChange(Shop, Bill, false));
        LetFeedArrive();
        await dialog.WaitForAssertionAsync(() => Assert.Contains(sentence, dialog.Find(".progress").TextContent, StringComparison.Ordinal));
    }

    private async Task RequestElsewhereAsync() => Assert.IsType<Result<Guid>.Ok>(await Services.GetRequiredService<RequestAction>().CancelAsync(
        new CancelRequest(Bill, new Money(500, "RUB"), Gateway.CancelReason.Shop, null, 2), await ActorAsync(), Cancel));

    private async Task<Actor> ActorAsync() => (await Services.GetRequiredService<CurrentActor>().GetAsync(Cancel))!;

    private async Task<List<MoneyAction>> ActionsAsync()
    {
        await using var db = OpenDatabase();
        return await db.Actions.AsNoTracking().ToListAsync(Cancel);
    }
}
