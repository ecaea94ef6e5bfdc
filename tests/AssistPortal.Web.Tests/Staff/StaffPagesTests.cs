using AssistPortal.Core.Staff;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Pages.Orders;
using AssistPortal.Web.Components.Pages.Staff;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AssistPortal.Web.Tests.Staff;

public sealed class StaffPagesTests : PortalPages
{
    [Theory]
    [InlineData(StaffRole.Supervisor)]
    [InlineData(StaffRole.Operator)]
    [InlineData(StaffRole.Support)]
    [InlineData(StaffRole.Accountant)]
    [InlineData(StaffRole.Auditor)]
    [InlineData(StaffRole.Developer)]
    public async Task Pages_WithoutTheRight_ShowNobody(StaffRole role)
    {
        var owner = await AddAsync("Антон Админов", StaffRole.Owner);
        await SignInAsync(role, Shop);

        foreach (var markup in new[] { Render<StaffPage>().Markup, Render<RolesPage>().Markup, Render<ReviewPage>().Markup, Member(owner).Markup })
        {
            Assert.Contains("У вас нет права «Управлять сотрудниками»", markup, StringComparison.Ordinal);
            Assert.DoesNotContain("Админов", markup, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task StaffPage_ManagerOfOneShop_SeesItsPeopleAlone()
    {
        await AddAsync("Олег Общий", StaffRole.Operator, Shop, Airline);
        await AddAsync("Фёдор Чужой", StaffRole.Operator, Airline);
        await SignInAsync(StaffRole.Owner, Shop);

        var page = Render<StaffPage>();

        Assert.Equal(["Анна Петрова", "Олег Общий"], page.FindAll("tbody td:first-child").Select(cell => cell.TextContent));
        Assert.DoesNotContain("Авиабилеты", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StaffPage_Search_FindsByNameAndMailInAnyCase()
    {
        await AddAsync("Олег Общий", StaffRole.Operator, Shop);
        await SignInAsync(StaffRole.Owner, proven: true);
        var page = Render<StaffPage>();

        await page.Find("#staff-search").InputAsync("ОБЩ");
        Assert.Equal(["Олег Общий"], page.FindAll("tbody td:first-child").Select(cell => cell.TextContent));

        await page.Find("#staff-search").InputAsync("кого-то другого");
        Assert.Contains("Никого не найдено", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MemberPage_GiveARoleForAWhile_IsCollectedSavedAndShown()
    {
        var clerk = await AddAsync("Олег Общий", StaffRole.Support, Shop);
        await SignInAsync(StaffRole.Owner, proven: true);
        var page = Member(clerk);

        await page.Find("#give-role").ChangeAsync(nameof(StaffRole.Operator));
        await page.Find("#give-merchant").ChangeAsync($"{Airline}");
        await page.Find("#give-until").ChangeAsync("2026-11-30");
        await page.Find(".give").SubmitAsync();
        Assert.Contains("будет дана", page.Find(".held .given").TextContent, StringComparison.Ordinal);
        await Button(page, "Сохранить изменения").ClickAsync(new());

        Assert.Contains("Сохранено", page.Markup, StringComparison.Ordinal);
        var shown = page.FindAll(".held li").Single(line => line.TextContent.Contains("Оператор", StringComparison.Ordinal)).TextContent;
        Assert.Contains("Авиабилеты", shown, StringComparison.Ordinal);
        Assert.Contains("до конца 30.11.2026", shown, StringComparison.Ordinal);
        await using var db = OpenDatabase();
        var held = await db.Assignments.SingleAsync(assignment => assignment.UserId == clerk && assignment.Role == StaffRole.Operator, Cancel);
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 21, 0, 0, TimeSpan.Zero), held.EndsAt);
    }

    [Fact]
    public async Task MemberPage_SomebodyElseSavedMeanwhile_KeepsWhatWasChosenAndOffersToLookAgain()
    {
        var clerk = await AddAsync("Олег Общий", StaffRole.Support, Shop);
        await SignInAsync(StaffRole.Owner, proven: true);
        var page = Member(clerk);
        await page.Find(".give").SubmitAsync();
        await using (var db = OpenDatabase())
        {
            await db.Users.Where(user => user.Id == clerk).ExecuteUpdateAsync(set => set.SetProperty(user => user.RightsVersion, Guid.CreateVersion7()), Cancel);
        }

        await Button(page, "Сохранить изменения").ClickAsync(new());

        Assert.Single(page.FindAll(".held .given"));
        await Button(page, "Показать заново").ClickAsync(new());
        Assert.Empty(page.FindAll(".held .given"));
        Assert.Single(page.FindAll(".held li"));
    }

    [Fact]
    public async Task MemberPage_TheLastOwnerHimself_IsToldToMakeAnotherFirst()
    {
        var owner = await SignInAsync(StaffRole.Owner, proven: true);
        var page = Member(owner);

        await Button(page, "Уволить").ClickAsync(new());
        await page.FindAll(".answers button").First(button => button.TextContent == "Уволить").ClickAsync(new());

        Assert.Contains("Это последний владелец", page.Markup, StringComparison.Ordinal);
        await using var db = OpenDatabase();
        Assert.False((await db.Users.SingleAsync(Cancel)).IsDismissed);
    }

    [Fact]
    public async Task MemberPage_DismissAndReinstate_AskFirst()
    {
        var clerk = await AddAsync("Олег Общий", StaffRole.Operator, Shop);
        await SignInAsync(StaffRole.Owner, proven: true);
        var page = Member(clerk);

        await Button(page, "Уволить").ClickAsync(new());
        Assert.Contains("сразу потеряет доступ", page.Markup, StringComparison.Ordinal);
        await page.FindAll(".answers button").First(button => button.TextContent == "Уволить").ClickAsync(new());
        Assert.Contains("Уволен", page.Find(".line").TextContent, StringComparison.Ordinal);

        await Button(page, "Вернуть на работу").ClickAsync(new());
        Assert.Contains("Работает", page.Find(".line").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MemberPage_WithoutAFreshProof_AsksForThePasswordAndGoesOn()
    {
        var clerk = await AddAsync("Олег Общий", StaffRole.Support, Shop);
        await SignInAsync(StaffRole.Owner);
        var page = Member(clerk);
        await page.Find(".give").SubmitAsync();

        await Button(page, "Сохранить изменения").ClickAsync(new());

        Assert.NotNull(page.Find(".prove"));
        Assert.Single(page.FindAll(".held .given"));
        await using (var db = OpenDatabase())
        {
            await db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(session => session.ProvenAt, TimeProvider.System.GetUtcNow()), Cancel);
        }

        await page.InvokeAsync(() => page.FindComponent<Web.Components.Shared.StepUpPrompt>().Instance.OnProven.InvokeAsync());
        Assert.Contains("Сохранено", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_OfAPerson_ShowsWhatHeSeesAndChangesNothing()
    {
        var clerk = await AddAsync("Олег Общий", StaffRole.Operator, Shop);
        await SignInAsync(StaffRole.Owner, proven: true);
        await WriteAsync(Paid("5900000000000001", "1", "10.00"));
        await WriteAsync(Paid("5900000000000002", "2", "20.00"), Airline);

        await Button(Member(clerk), "Посмотреть глазами").ClickAsync(new());

        Assert.Equal("/orders", new Uri(Address.Uri).AbsolutePath);
        var orders = Render<OrdersPage>();
        Assert.Single(orders.FindAll("tbody tr"));
        Assert.NotEmpty(orders.FindAll("td.act a"));
        var actor = (await Services.GetRequiredService<CurrentActor>().GetAsync(Cancel))!;
        Assert.True(actor.IsPreview);
        Assert.False(actor.May(Core.Permission.ManageStaff));
        Services.GetRequiredService<ViewAs>().Stop();
        Assert.Equal(2, Render<OrdersPage>().FindAll("tbody tr").Count);
    }

    [Fact]
    public async Task RolesPage_NewRole_StandsInTheMatrixAndCanBeChanged()
    {
        await SignInAsync(StaffRole.Owner, proven: true);
        var page = Render<RolesPage>();

        await Button(page, "Новая роль").ClickAsync(new());
        await page.Find(".editor").SubmitAsync();
        Assert.Contains("от 1 до 60 знаков", page.Markup, StringComparison.Ordinal);
        await page.Find("#role-name").InputAsync("Кассир");
        await page.FindAll(".group label").First(label => label.TextContent.Contains("Подтверждать", StringComparison.Ordinal)).QuerySelector("input")!.ChangeAsync(true);
        await page.Find(".editor").SubmitAsync();

        Assert.Contains("Роль сохранена", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Кассир", page.FindAll(".matrix thead th")[^1].TextContent, StringComparison.Ordinal);
        await page.Find("[aria-label='Изменить роль «Кассир»']").ClickAsync(new());
        await Button(page, "Удалить роль").ClickAsync(new());
        Assert.DoesNotContain("Кассир", page.Find(".matrix").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReviewPage_Sign_TakesThePersonOffTheList()
    {
        await AddAsync("Олег Общий", StaffRole.Operator, Shop);
        await SignInAsync(StaffRole.Owner, proven: true);
        var page = Render<ReviewPage>();
        Assert.Contains("Ждут проверки: 2", page.Markup, StringComparison.Ordinal);

        await page.Find("[aria-label='Подтвердить права: Олег Общий']").ClickAsync(new());

        Assert.Contains("Подписано: Олег Общий", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Ждут проверки: 1", page.Markup, StringComparison.Ordinal);
    }

    private static AngleSharp.Dom.IElement Button<T>(IRenderedComponent<T> page, string text)
        where T : Microsoft.AspNetCore.Components.IComponent =>
        page.FindAll("button").First(button => button.TextContent.Trim() == text);

    private IRenderedComponent<StaffMemberPage> Member(Guid id) => Render<StaffMemberPage>(page => page.Add(member => member.Id, id));
}
