using System.Net;
using AssistPortal.Core;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Sessions;
using AssistPortal.Core.Staff;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AssistPortal.Web.Tests.Account;

/// <summary>From the invitation to the first page, over real HTTP, with the link out of the letter that came.</summary>
public sealed class InvitationTests(RunningPortal portal) : IClassFixture<RunningPortal>
{
    private const string Chosen = "plum tractor singing";
    private const int Shop = SandboxServer.Shop;
    private const int Airline = SandboxServer.Airline;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accept_LinkOfTheLetter_SetsThePasswordAndSignsIn()
    {
        var (email, id) = await InvitedAsync(await ManagerAsync(StaffRole.Owner));
        var letter = await portal.Mail.NextAsync(email, Cancel);
        var link = RunningPortal.LinkOf(letter);
        using var browser = portal.OpenBrowser();

        using var page = await browser.GetAsync(link, Cancel);
        using var entered = await SetAsync(browser, link, Chosen);
        using var orders = await browser.GetAsync("/orders", Cancel);
        using var again = await browser.GetAsync(link, Cancel);

        Assert.Contains("Хозяин приглашает вас", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("Вера Новикова, задайте пароль", await RunningPortal.WordsAsync(page, Cancel), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, "/"), (entered.StatusCode, new Uri(portal.Url, entered.Headers.Location!).AbsolutePath));
        Assert.Equal(HttpStatusCode.OK, orders.StatusCode);
        Assert.Contains("уже воспользовались", await RunningPortal.WordsAsync(again, Cancel), StringComparison.Ordinal);
        await using var db = portal.OpenDatabase();
        var person = await db.Users.Include(user => user.Assignments).SingleAsync(user => user.Id == id, Cancel);
        Assert.Equal((false, true), (person.IsInvited, person.EmailConfirmed));
        Assert.Equal((StaffRole.Operator, Shop), (person.Assignments.Single().Role!.Value, person.Assignments.Single().MerchantId!.Value));
        Assert.Single(await db.Audit.Where(entry => entry.UserId == id && entry.Event == AuditEvents.InvitationAccepted && entry.Outcome == AuditOutcome.Done).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Invited_BeforeAccepting_SignsInNowhereAndGetsNoResetLink()
    {
        var (email, id) = await InvitedAsync(await ManagerAsync(StaffRole.Owner));
        await portal.LinkAsync(email, Cancel);
        using var browser = portal.OpenBrowser();

        using var tried = await RunningPortal.SignInAsync(browser, email, "", Cancel);
        using var guessed = await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel);
        using var forgot = await RunningPortal.SubmitAsync(browser, FrameUrls.Forgot, "forgot", Cancel, ("Form.Email", email));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (tried.StatusCode, guessed.StatusCode));
        Assert.Contains("Войти не получилось", await RunningPortal.WordsAsync(guessed, Cancel), StringComparison.Ordinal);
        Assert.Contains("письмо придёт", await RunningPortal.WordsAsync(forgot, Cancel), StringComparison.Ordinal);
        await using var db = portal.OpenDatabase();
        Assert.Single(await db.StaffLinks.Where(link => link.UserId == id).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Accept_PasswordWontDo_SaysWhyAndNothingIsHalfDone()
    {
        var (email, id) = await InvitedAsync(await ManagerAsync(StaffRole.Owner));
        var link = await portal.LinkAsync(email, Cancel);
        using var browser = portal.OpenBrowser();

        using var refused = await SetAsync(browser, link, "новикова-2026");
        await using (var db = portal.OpenDatabase())
        {
            var person = await db.Users.SingleAsync(user => user.Id == id, Cancel);
            Assert.Equal((true, null), (person.IsInvited, person.PasswordHash));
        }

        using var entered = await SetAsync(browser, link, Chosen);

        Assert.Contains("почти целиком состоит", await RunningPortal.WordsAsync(refused, Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
    }

    [Fact]
    public async Task Accept_ThreeDaysLater_IsExpiredAndSentAgainWorks()
    {
        var manager = await ManagerAsync(StaffRole.Owner);
        var (email, id) = await InvitedAsync(manager);
        var first = await portal.LinkAsync(email, Cancel);
        using var browser = portal.OpenBrowser();
        var form = await browser.GetStringAsync(first, Cancel);
        await ExpireAsync(id);

        using var page = await browser.GetAsync(first, Cancel);
        using var sent = await RunningPortal.SendAsync(browser, form, first, "set-password", Cancel, ("Form.Password", Chosen), ("Form.Again", Chosen));
        Assert.IsType<Result<Guid>.Ok>(await portal.Services.GetRequiredService<InviteStaff>().ResendAsync(id, manager, Cancel));
        var second = await portal.LinkAsync(email, Cancel);
        using var entered = await SetAsync(browser, second, Chosen);

        Assert.Contains("Срок действия ссылки истёк", await RunningPortal.WordsAsync(page, Cancel), StringComparison.Ordinal);
        Assert.Contains("Срок действия ссылки истёк", await RunningPortal.WordsAsync(sent, Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
    }

    [Fact]
    public async Task Resend_OlderLink_IsVoid()
    {
        var manager = await ManagerAsync(StaffRole.Owner);
        var (email, id) = await InvitedAsync(manager);
        var first = await portal.LinkAsync(email, Cancel);
        Assert.IsType<Result<Guid>.Ok>(await portal.Services.GetRequiredService<InviteStaff>().ResendAsync(id, manager, Cancel));
        using var browser = portal.OpenBrowser();

        using var page = await browser.GetAsync(first, Cancel);

        Assert.Contains("Ссылка недействительна", await RunningPortal.WordsAsync(page, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdraw_Invitation_RemovesThePersonAndTheLinkIsVoid()
    {
        var manager = await ManagerAsync(StaffRole.Owner);
        var (email, id) = await InvitedAsync(manager);
        var link = await portal.LinkAsync(email, Cancel);

        Assert.IsType<Result<Guid>.Ok>(await portal.Services.GetRequiredService<InviteStaff>().WithdrawAsync(id, manager, Cancel));

        using var browser = portal.OpenBrowser();
        using var page = await browser.GetAsync(link, Cancel);
        Assert.Contains("Ссылка недействительна", await RunningPortal.WordsAsync(page, Cancel), StringComparison.Ordinal);
        await using var db = portal.OpenDatabase();
        Assert.False(await db.Users.AnyAsync(user => user.Id == id, Cancel));
        Assert.False(await db.Assignments.AnyAsync(held => held.UserId == id, Cancel));
    }

    [Fact]
    public async Task Accept_TwoBrowsersAtOnce_OneWins()
    {
        var (email, _) = await InvitedAsync(await ManagerAsync(StaffRole.Owner));
        var link = await portal.LinkAsync(email, Cancel);
        using var one = portal.OpenBrowser();
        using var other = portal.OpenBrowser();
        var pages = await Task.WhenAll(one.GetStringAsync(link, Cancel), other.GetStringAsync(link, Cancel));

        var answers = await Task.WhenAll(
            RunningPortal.SendAsync(one, pages[0], link, "set-password", Cancel, ("Form.Password", Chosen), ("Form.Again", Chosen)),
            RunningPortal.SendAsync(other, pages[1], link, "set-password", Cancel, ("Form.Password", "copper lantern walks"), ("Form.Again", "copper lantern walks")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        var lost = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Contains("уже воспользовались", await RunningPortal.WordsAsync(lost, Cancel), StringComparison.Ordinal);
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task Link_OfAnotherKind_OpensNothing()
    {
        var (email, _) = await InvitedAsync(await ManagerAsync(StaffRole.Owner));
        var token = (await portal.LinkAsync(email, Cancel)).Split("token=")[1];
        using var browser = portal.OpenBrowser();

        using var reset = await browser.GetAsync($"{FrameUrls.Reset}?token={token}", Cancel);
        using var confirm = await browser.GetAsync($"/account/email/confirm?token={token}", Cancel);

        Assert.Contains("Ссылка недействительна", await RunningPortal.WordsAsync(reset, Cancel), StringComparison.Ordinal);
        Assert.Contains("Ссылка недействительна", await RunningPortal.WordsAsync(confirm, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invite_BeyondOnesOwnRights_IsRefusedAndNobodyIsMade()
    {
        var manager = await ManagerAsync(StaffRole.Owner, Shop);
        var invite = portal.Services.GetRequiredService<InviteStaff>();
        var before = await CountAsync();

        var everywhere = await invite.InviteAsync(Of("x@example.test", "X", RoleGrant.Of(StaffRole.Operator, null)), manager, Cancel);
        var foreign = await invite.InviteAsync(Of("x@example.test", "X", RoleGrant.Of(StaffRole.Operator, Airline)), manager, Cancel);

        Assert.IsType<Problem.NotYours>(Assert.IsType<Result<Guid>.Failed>(everywhere).Problem);
        Assert.IsType<Problem.NotFound>(Assert.IsType<Result<Guid>.Failed>(foreign).Problem);
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Invite_WithoutTheRightOrAFreshProof_IsRefused()
    {
        var invite = portal.Services.GetRequiredService<InviteStaff>();

        var clerk = await invite.InviteAsync(Of("x@example.test", "X"), await ManagerAsync(StaffRole.Operator, Shop), Cancel);
        var stale = await invite.InviteAsync(Of("x@example.test", "X"), await ManagerAsync(StaffRole.Owner, proven: false), Cancel);

        Assert.IsType<Problem.Denied>(Assert.IsType<Result<Guid>.Failed>(clerk).Problem);
        Assert.IsType<Problem.StepUp>(Assert.IsType<Result<Guid>.Failed>(stale).Problem);
    }

    [Theory]
    [InlineData("no address", "Анна", InvalidReason.EmailWrong)]
    [InlineData("anna@example.test\r\nBcc: evil@example.test", "Анна", InvalidReason.EmailWrong)]
    [InlineData("Anna <anna@example.test>", "Анна", InvalidReason.EmailWrong)]
    [InlineData("anna@example.test,evil@example.test", "Анна", InvalidReason.EmailWrong)]
    [InlineData("anna@example.test", "", InvalidReason.PersonName)]
    [InlineData("anna@example.test", "Анна\r\nBcc: evil@example.test", InvalidReason.PersonName)]
    public async Task Invite_WrongField_IsNamedAndNothingIsSent(string email, string name, InvalidReason reason)
    {
        var manager = await ManagerAsync(StaffRole.Owner);
        var before = await CountAsync();

        var refused = await portal.Services.GetRequiredService<InviteStaff>().InviteAsync(Of(email, name), manager, Cancel);

        Assert.Equal(new Problem.Invalid(reason), Assert.IsType<Result<Guid>.Failed>(refused).Problem);
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Invite_EmailOfTheStaff_IsRefused()
    {
        var taken = await portal.HireAsync(Cancel);

        var refused = await portal.Services.GetRequiredService<InviteStaff>().InviteAsync(Of(taken.ToUpperInvariant(), "Анна"), await ManagerAsync(StaffRole.Owner), Cancel);

        Assert.Equal(new Problem.Invalid(InvalidReason.EmailTaken), Assert.IsType<Result<Guid>.Failed>(refused).Problem);
    }

    private static Invitation Of(string email, string name, params RoleGrant[] grants) =>
        new(email, name, "ru", grants.Length == 0 ? [RoleGrant.Of(StaffRole.Operator, Shop)] : grants);

    private async Task<(string Email, Guid Id)> InvitedAsync(Actor manager)
    {
        var email = $"{Guid.CreateVersion7():N}@example.test";
        var result = await portal.Services.GetRequiredService<InviteStaff>().InviteAsync(Of(email, "Вера Новикова"), manager, Cancel);
        return (email, Assert.IsType<Result<Guid>.Ok>(result).Value);
    }

    /// <summary>Somebody signed in, who has proved himself just now.</summary>
    private async Task<Actor> ManagerAsync(StaffRole role, int? merchant = null, bool proven = true)
    {
        int[] merchants = merchant is { } id ? [id] : [];
        var made = await portal.Services.GetRequiredService<CreateStaff>().RunAsync(
            new NewStaff($"{Guid.CreateVersion7():N}@example.test", "Хозяин", role, merchants), RunningPortal.Password, Cancel);
        var user = Assert.IsType<StaffCreation.Created>(made).UserId;
        var session = await portal.Services.GetRequiredService<StaffSessions>().BeginAsync(user, "10.9.9.9", "tests", proven, null, Cancel);
        var actor = await portal.Services.GetRequiredService<StaffDirectory>().ActorAsync(user, session, "10.9.9.9", "tests", Cancel);
        return actor ?? throw new InvalidOperationException("The manager isn't one of the staff.");
    }

    private async Task<(int People, int Letters)> CountAsync()
    {
        await using var db = portal.OpenDatabase();
        return (await db.Users.CountAsync(Cancel), await db.Letters.CountAsync(Cancel));
    }

    private async Task ExpireAsync(Guid userId)
    {
        await using var db = portal.OpenDatabase();
        var link = await db.StaffLinks.SingleAsync(row => row.UserId == userId, Cancel);
        link.ExpiresAt -= InviteStaff.Lifetime;
        await db.SaveChangesAsync(Cancel);
    }

    private static Task<HttpResponseMessage> SetAsync(HttpClient browser, string link, string password) =>
        RunningPortal.SubmitAsync(browser, link, "set-password", Cancel, ("Form.Password", password), ("Form.Again", password));
}
