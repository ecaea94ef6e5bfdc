using System.Security.Cryptography;
using System.Text;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Push;
using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.Web.Components.Pages.Pushes;
using AssistPortal.Web.Resources;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Xunit;

namespace AssistPortal.Web.Tests.Pushes;

public sealed class PushesPageTests : PortalPages
{
    [Fact]
    public async Task PushesPage_NothingCame_SaysHowToGetThem()
    {
        await SignInAsync(StaffRole.Auditor, Shop);

        Assert.Contains("Уведомлений пока не было", Open("").Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PushesPage_State_NarrowsTheListThroughTheAddress()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        var right = await ReceiveAsync(PushSample.Form());
        var forged = await ReceiveAsync(PushSample.Form(checkvalue: "forged"));
        var page = Open("");
        Assert.Equal(2, page.FindAll("tbody tr").Count);

        page.Find("#push-state").Change("Rejected");

        Assert.EndsWith("/pushes?state=rejected", Address.Uri, StringComparison.Ordinal);
        await page.WaitForAssertionAsync(() => Assert.Equal(PortalUrls.Push(forged), Assert.Single(page.FindAll("tbody a")).GetAttribute("href")));
        Assert.Contains("Подпись неверна", page.Find("tbody").TextContent, StringComparison.Ordinal);

        Address.NavigateTo($"/pushes?order={PushSample.Bill}&state=received");
        await page.WaitForAssertionAsync(() => Assert.Equal(PortalUrls.Push(right), Assert.Single(page.FindAll("tbody a")).GetAttribute("href")));
    }

    [Fact]
    public async Task PushesPage_WorkedOffMeanwhile_ShowsItByItself()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        await ReceiveAsync(PushSample.Form());
        var page = Open("");
        Assert.Contains("Принято", page.Find("tbody").TextContent, StringComparison.Ordinal);
        await using (var db = OpenDatabase())
        {
            await db.PushDeliveries.ExecuteUpdateAsync(set => set.SetProperty(push => push.State, PushState.WorkedOff), Cancel);
        }

        Services.GetRequiredService<OrderFeed>().Publish(new OrderChange(Shop, PushSample.Bill, IsNew: false));
        LetFeedArrive();

        await page.WaitForAssertionAsync(() => Assert.Contains("Отработано", page.Find("tbody").TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("?state=1", "Состояние")]
    [InlineData("?tab=mine", "Вкладка")]
    [InlineData("?from=24.11.2026", "Дата от")]
    [InlineData("?page=0", "Страница")]
    public async Task PushesPage_WrongValueInTheAddress_SaysWhich(string query, string name)
    {
        await SignInAsync(StaffRole.Operator, Shop);

        Assert.Contains($"«{name}»", Open(query).Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PushesPage_PeriodThatEndsBeforeItBegins_SaysSo()
    {
        await SignInAsync(StaffRole.Operator, Shop);

        Assert.Contains("Конец периода раньше начала", Open("?from=2026-11-24&to=2026-11-23").Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PushesPage_OperationNoPushAnnounced_IsAGapThatLeadsToItsOrder()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        await ReceiveAsync(PushSample.Form(PushSample.Bill + ".9"));
        Clock.Advance(TimeSpan.FromHours(1));
        await WriteAsync(Paid(PushSample.Bill, "15850", "4.00") with
        {
            Operations = [Operation(PushSample.Bill, 1, OperationType.Payment, "4.00") with { Date = Clock.GetUtcNow() - TimeSpan.FromMinutes(10) }],
        });

        var page = Open("?tab=gaps");

        var link = Assert.Single(page.FindAll("tbody a"));
        Assert.Equal((PortalUrls.Order(PushSample.Bill), "15850"), (link.GetAttribute("href"), link.TextContent));
    }

    [Fact]
    public async Task PushesPage_NoGaps_SaysThatEverythingWasAnnounced()
    {
        await SignInAsync(StaffRole.Operator, Shop);

        Assert.Contains("Пропусков нет", Open("?tab=gaps").Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PushesPage_MerchantWithoutPush_SaysThatNoneCanBeMissing()
    {
        await SignInAsync(StaffRole.Operator, Airline);

        Assert.Contains("не включён", Open("?tab=gaps").Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PushPage_Accepted_TellsEachStepMaskedAndWorksOffAgain()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        var id = await ReceiveAsync(PushSample.Form());
        await ReceiveAsync(PushSample.Form());
        await using (var db = OpenDatabase())
        {
            await db.PushDeliveries.ExecuteUpdateAsync(set => set.SetProperty(push => push.State, PushState.WorkedOff).SetProperty(push => push.Effect, PushEffect.Changed), Cancel);
        }

        var page = OpenOne(id);
        Assert.Equal(7, page.FindAll(".steps .passed").Count);
        Assert.Contains("ещё раз: 1", page.Find(".steps").TextContent, StringComparison.Ordinal);
        Assert.Contains("Данные заказа обновлены", page.Find(".steps").TextContent, StringComparison.Ordinal);
        Assert.Contains("411111****1111", page.Find("dl").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("4111111111111111", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("ivan@", page.Markup, StringComparison.Ordinal);

        page.Find("button.primary").Click();

        await page.WaitForAssertionAsync(() => Assert.Contains("Портал спрашивает шлюз", page.Find(".steps").TextContent, StringComparison.Ordinal));
        await using var after = OpenDatabase();
        Assert.Equal(PushState.Received, (await after.PushDeliveries.SingleAsync(Cancel)).State);
        Assert.Equal(AuditEvents.PushRepeated, (await after.Audit.SingleAsync(Cancel)).Event);
    }

    [Fact]
    public async Task PushPage_Rejected_NamesTheStepThatFailedAndOffersNothing()
    {
        await SignInAsync(StaffRole.Owner);
        var page = OpenOne(await ReceiveAsync(PushSample.Form(checkvalue: "forged")));

        Assert.Contains("Подпись (checkvalue) не сошлась", Assert.Single(page.FindAll(".steps .failed")).TextContent, StringComparison.Ordinal);
        Assert.Contains("ничего не запускает", Assert.Single(page.FindAll(".steps .notreached")).TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button"));
    }

    [Theory]
    [InlineData(StaffRole.Auditor)]
    [InlineData(StaffRole.Accountant)]
    public async Task PushPage_RoleThatOnlyReads_HasNoButton(StaffRole role)
    {
        await SignInAsync(role, Shop);

        Assert.Empty(OpenOne(await ReceiveAsync(PushSample.Form())).FindAll("button"));
    }

    [Fact]
    public async Task PushPage_GatewayInTrouble_SaysSoAndWhen()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        var id = await ReceiveAsync(PushSample.Form());
        await using (var db = OpenDatabase())
        {
            await db.PushDeliveries.ExecuteUpdateAsync(set => set.SetProperty(push => push.Tries, 3).SetProperty(push => push.Trouble, "no answer"), Cancel);
        }

        var page = OpenOne(id);

        Assert.Contains("Ждёт шлюз", page.Find(".line").TextContent, StringComparison.Ordinal);
        Assert.Contains("попыток: 3 (причина: no answer)", page.Find(".steps .waiting").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PushPage_ForeignMerchantsPush_IsNotFound()
    {
        await SignInAsync(StaffRole.Operator, Airline);
        var id = await ReceiveAsync(PushSample.Form());
        var missing = false;
        Address.OnNotFound += (_, _) => missing = true;

        var page = Render<PushDetailPage>(parameters => parameters.Add(page => page.Id, id));

        page.WaitForState(() => missing);
        Assert.DoesNotContain("15850", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_EveryVerdictStateAndEffect_HasAWord()
    {
        var texts = Services.GetRequiredService<IStringLocalizer<PushesText>>();
        string[] keys =
        [
            .. Enum.GetNames<PushVerdict>().Select(name => "Verdict" + name),
            .. Enum.GetNames<PushVerdict>().Where(name => name != nameof(PushVerdict.Accepted)).Select(name => "Why" + name),
            .. Enum.GetNames<PushState>().Select(name => "State" + name),
            .. Enum.GetNames<PushEffect>().Select(name => "Effect" + name),
            .. Enum.GetNames<PushStepEnd>().Select(name => "End" + name),
        ];

        Assert.All(keys, key => Assert.False(texts[key].ResourceNotFound, key));
    }

    private async Task<Guid> ReceiveAsync(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        await Services.GetRequiredService<ReceivePush>().RunAsync(Shop, new PushRequest(PushSample.FormType, "192.0.2.7", bytes), Cancel);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await using var db = OpenDatabase();
        return (await db.PushDeliveries.SingleAsync(push => push.BodyHash == hash, Cancel)).Id;
    }

    private IRenderedComponent<PushesPage> Open(string query)
    {
        Address.NavigateTo(PortalUrls.Pushes + query);
        var page = Render<PushesPage>();
        page.WaitForState(() => page.FindAll(".list-waiting").Count == 0);
        return page;
    }

    private IRenderedComponent<PushDetailPage> OpenOne(Guid id)
    {
        Address.NavigateTo(PortalUrls.Push(id));
        var page = Render<PushDetailPage>(parameters => parameters.Add(page => page.Id, id));
        page.WaitForState(() => page.FindAll("h1").Count == 1);
        return page;
    }
}
