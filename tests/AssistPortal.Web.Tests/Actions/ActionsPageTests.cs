using AssistPortal.Core;
using AssistPortal.Core.Actions;
using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Pages.Actions;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AssistPortal.Web.Tests.Actions;

public sealed class ActionsPageTests : PortalPages
{
    private const string Bill = "5775486650000001";

    [Fact]
    public async Task ActionsPage_NothingGiven_SaysThatEveryOutcomeIsKnown()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        Assert.Contains("Незавершённых действий нет", Open("").Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ActionsPage_Settled_LeavesTheOpenTabByItselfAndStaysUnderAll()
    {
        var id = await CancelAsync();
        var page = Open("");
        Assert.Equal(PortalUrls.OrderAction(Bill, id), page.Find("tbody a").GetAttribute("href"));
        Assert.Contains("В очереди", page.Find("tbody").TextContent, StringComparison.Ordinal);

        await using (var db = OpenDatabase())
        {
            await db.Actions.ExecuteUpdateAsync(set => set.SetProperty(action => action.State, ActionState.Succeeded), Cancel);
        }

        Services.GetRequiredService<OrderFeed>().Publish(new OrderChange(Shop, Bill, false));
        LetFeedArrive();

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("tbody tr")));
        Address.NavigateTo("/actions?tab=all");
        await page.WaitForAssertionAsync(() => Assert.Contains("Выполнено", page.Find("tbody").TextContent, StringComparison.Ordinal));
        page.Find("#action-kind").Change("Confirm");
        Assert.EndsWith("/actions?tab=all&kind=confirm", Address.Uri, StringComparison.Ordinal);
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("tbody tr")));
    }

    [Theory]
    [InlineData("?kind=refund", "Вид действия")]
    [InlineData("?state=done", "Состояние")]
    [InlineData("?tab=mine", "Вкладка")]
    [InlineData("?page=0", "Страница")]
    public async Task ActionsPage_WrongValueInTheAddress_SaysWhich(string query, string name)
    {
        await SignInAsync(StaffRole.Operator, Shop);
        Assert.Contains($"«{name}»", Open(query).Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    private async Task<Guid> CancelAsync()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        await WriteAsync(Paid(Bill, "15850", "100.00"));
        var actor = (await Services.GetRequiredService<CurrentActor>().GetAsync(Cancel))!;
        var request = new CancelRequest(Bill, new Money(500, "RUB"), CancelReason.Shop, null, 1);
        return Assert.IsType<Result<Guid>.Ok>(await Services.GetRequiredService<RequestAction>().CancelAsync(request, actor, Cancel)).Value;
    }

    private IRenderedComponent<ActionsPage> Open(string query)
    {
        Address.NavigateTo(PortalUrls.Actions + query);
        var page = Render<ActionsPage>();
        page.WaitForState(() => page.FindAll(".list-waiting").Count == 0);
        return page;
    }
}
