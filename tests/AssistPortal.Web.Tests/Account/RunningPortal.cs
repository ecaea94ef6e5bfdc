using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.RegularExpressions;
using AssistPortal.Core.Data;
using AssistPortal.Core.Staff;
using AssistPortal.TestKit;
using AssistPortal.Web.Account;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AssistPortal.Web.Tests.Account;

/// <summary>The portal on a port of its own, with a gateway's address that leads nowhere and a clock the test moves.</summary>
public partial class RunningPortal : WebApplicationFactory<SignInDesk>, IAsyncLifetime
{
    public const string Password = "right-password-1";

    private readonly TempFolder _folder = new();
    private int _addresses;

    public RunningPortal() => UseKestrel(0);

    /// <summary>Whether people who move money need a second factor.</summary>
    protected virtual bool SecondFactorRequired => false;

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    /// <summary>Where the portal's letters go.</summary>
    public MailServer Mail { get; } = new();

    public Uri Url => ClientOptions.BaseAddress;

    public ValueTask InitializeAsync()
    {
        StartServer();
        return ValueTask.CompletedTask;
    }

    /// <summary>A browser at an address of its own, so that tests don't use up each other's tries. It doesn't follow redirects.</summary>
    public HttpClient OpenBrowser()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        return new HttpClient(handler)
        {
            BaseAddress = Url,
            DefaultRequestHeaders = { { "X-Forwarded-For", $"10.0.0.{Interlocked.Increment(ref _addresses)}" }, { "User-Agent", "tests" } },
        };
    }

    /// <summary>A stranger's browser with a cookie copied from another.</summary>
    public HttpClient OpenBrowser(string cookie)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        return new HttpClient(handler) { BaseAddress = Url, DefaultRequestHeaders = { { "Cookie", cookie } } };
    }

    /// <summary>The session's cookie as an answer set it.</summary>
    public static string SessionCookie(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Last(cookie => cookie.StartsWith("portal.session=", StringComparison.Ordinal)).Split(';')[0];

    /// <summary>Somebody of the staff; the e-mail.</summary>
    public Task<string> HireAsync(CancellationToken cancellationToken) => HireAsync(StaffRole.Operator, cancellationToken);

    /// <summary>Somebody of a role for the shop; the e-mail.</summary>
    public async Task<string> HireAsync(StaffRole role, CancellationToken cancellationToken)
    {
        var email = $"{Guid.CreateVersion7():N}@example.test";
        var made = await Services.GetRequiredService<CreateStaff>().RunAsync(new NewStaff(email, "Анна Петрова", role, [SandboxServer.Shop]), Password, cancellationToken);
        Assert.IsType<StaffCreation.Created>(made);
        return email;
    }

    public async Task DismissAsync(string email, CancellationToken cancellationToken)
    {
        await using var db = OpenDatabase();
        await db.Users.Where(user => user.Email == email).ExecuteUpdateAsync(set => set.SetProperty(user => user.IsDismissed, true), cancellationToken);
    }

    public PortalDbContext OpenDatabase() => Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext();

    /// <summary>Fills in the sign-in form and sends it.</summary>
    public static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string email, string password, CancellationToken cancellationToken, string? returnUrl = null)
    {
        var address = returnUrl is null ? FrameUrls.SignIn : FrameUrls.SignInFrom(returnUrl);
        return await SubmitAsync(browser, address, "signin", cancellationToken, ("Form.Email", email), ("Form.Password", password));
    }

    /// <summary>Opens a page and sends one of its forms.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string address, string form, CancellationToken cancellationToken, params (string Name, string Text)[] fields)
    {
        var page = await browser.GetStringAsync(address, cancellationToken);
        return await SendAsync(browser, page, address, form, cancellationToken, fields);
    }

    /// <summary>Sends a form of a page that was opened before.</summary>
    public static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string page, string address, string form, CancellationToken cancellationToken, params (string Name, string Text)[] fields)
    {
        using var content = new FormUrlEncodedContent(
        [
            new("_handler", form),
            new("__RequestVerificationToken", TokenOf(page)),
            .. fields.Select(field => KeyValuePair.Create(field.Name, field.Text)),
        ]);
        return await browser.PostAsync(address, content, cancellationToken);
    }

    /// <summary>The link in the next letter to the address, as path and query.</summary>
    public async Task<string> LinkAsync(string email, CancellationToken cancellationToken) =>
        LinkOf(await Mail.NextAsync(email, cancellationToken));

    /// <summary>The link in a letter, as path and query.</summary>
    public static string LinkOf(MimeKit.MimeMessage letter) => Link().Match(letter.TextBody!).Groups[1].Value;

    /// <summary>Posts as a page of the person would: with his cookie and the page's token.</summary>
    public async Task<HttpResponseMessage> PostAsync(string address, string cookie, string email, CancellationToken cancellationToken, params KeyValuePair<string, string>[] fields)
    {
        var tokens = await TokensAsync(email, cancellationToken);
        using var browser = OpenBrowser($"{cookie}; portal.antiforgery={tokens.CookieToken}");
        using var form = new FormUrlEncodedContent([new(tokens.FormFieldName, tokens.RequestToken!), .. fields]);
        return await browser.PostAsync(address, form, cancellationToken);
    }

    /// <summary>Asks as a script of the person's page would.</summary>
    public async Task<HttpResponseMessage> AskAsync(string address, string cookie, string email, object body, CancellationToken cancellationToken)
    {
        var tokens = await TokensAsync(email, cancellationToken);
        using var browser = OpenBrowser($"{cookie}; portal.antiforgery={tokens.CookieToken}");
        browser.DefaultRequestHeaders.Add(tokens.HeaderName!, tokens.RequestToken);
        return await browser.PostAsJsonAsync(address, body, cancellationToken);
    }

    /// <summary>The token of a page's form.</summary>
    public static string TokenOf(string page) => Token().Match(page).Groups[1].Value;

    /// <summary>What a page says, without what differs from one request to the next.</summary>
    public static async Task<string> WordsAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        Changing().Replace(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(cancellationToken)), "");

    private async Task<AntiforgeryTokenSet> TokensAsync(string email, CancellationToken cancellationToken)
    {
        await using var db = OpenDatabase();
        var id = await db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync(cancellationToken);
        await using var scope = Services.CreateAsyncScope();
        var person = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id.ToString())], "cookie"));
        return scope.ServiceProvider.GetRequiredService<IAntiforgery>().GetTokens(new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = person });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Mail.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // Development adds hints to some answers that users never see.
        builder.UseEnvironment("Staging");
        foreach (var (name, setting) in PortalDatabase.Sqlite(_folder).Settings)
        {
            builder.UseSetting(name, setting);
        }

        builder.UseSetting("Assist:Address", "http://127.0.0.1:1");
        builder.UseSetting("Assist:Merchants:0:Id", "900001");
        builder.UseSetting("Assist:Merchants:0:Name", "Лавка");
        builder.UseSetting("Assist:Merchants:0:Login", SandboxServer.Login);
        builder.UseSetting("Assist:Merchants:0:Password", SandboxServer.Password);
        builder.UseSetting("Assist:Merchants:0:SecretWord", SandboxServer.SecretWord);
        builder.UseSetting("Assist:Merchants:0:PushReply", "Xml");
        builder.UseSetting("Assist:Merchants:1:Id", "900002");
        builder.UseSetting("Assist:Merchants:1:Name", "Авиабилеты");
        builder.UseSetting("Assist:Merchants:1:Login", SandboxServer.Login);
        builder.UseSetting("Assist:Merchants:1:Password", SandboxServer.Password);
        builder.UseSetting("Proxy:Addresses:0", "127.0.0.1");
        builder.UseSetting("SecondFactor:Required", SecondFactorRequired ? "true" : "false");
        foreach (var (name, setting) in Mail.Settings)
        {
            builder.UseSetting(name, setting);
        }

        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();

    [GeneratedRegex("https://portal\\.test(/\\S+)")]
    private static partial Regex Link();

    [GeneratedRegex("""value="[^"]*"|<!--.*?-->""", RegexOptions.Singleline)]
    private static partial Regex Changing();
}
