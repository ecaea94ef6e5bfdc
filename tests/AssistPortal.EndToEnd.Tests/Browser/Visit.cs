using System.Collections.Concurrent;
using AssistPortal.EndToEnd.Tests.Pages;
using Microsoft.AspNetCore.Localization;
using Microsoft.Playwright;

namespace AssistPortal.EndToEnd.Tests.Browser;

/// <summary>How a person's browser is set up.</summary>
internal sealed record VisitOptions
{
    public Words Words { get; init; } = Words.Ru;

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 900;

    /// <summary>By name instead of by number: browsers keep passkeys for names only.</summary>
    public bool ByName { get; init; }

    /// <summary>light or dark, as the person once chose.</summary>
    public string? Theme { get; init; }
}

/// <summary>One person at one browser: cookies of his own, any number of tabs. Notes everything that goes wrong in it.</summary>
internal sealed class Visit
{
    private static readonly string Artifacts = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "e2e"));

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _troubles = new();
    private readonly ConcurrentBag<string> _tolerated = [];

    private Visit(IBrowserContext context, IPage page, VisitOptions options)
    {
        _context = context;
        Page = page;
        Words = options.Words;
    }

    /// <summary>The first tab.</summary>
    public IPage Page { get; }

    public Words Words { get; }

    public OrdersGrid Orders => new(Page, Words);

    public OrderPage Order => new(Page, Words);

    public SignInForm SignIn => new(Page, Words);

    /// <summary>Requests with the person's cookies, past the pages.</summary>
    public IAPIRequestContext Http => _context.APIRequest;

    public static async Task<Visit> OpenAsync(IBrowser browser, Uri portal, string? state, VisitOptions options)
    {
        portal = options.ByName ? new UriBuilder(portal) { Host = "localhost" }.Uri : portal;
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = portal.ToString(),
            Locale = "ru-RU",
            TimezoneId = "Europe/Minsk",
            ViewportSize = new() { Width = options.Width, Height = options.Height },
            ReducedMotion = ReducedMotion.Reduce,
            StorageState = state,
            AcceptDownloads = true,
        });
        if (options.Theme is { } theme)
        {
            await context.AddCookiesAsync([new() { Name = "portal.theme", Value = theme, Url = portal.ToString() }]);
        }

        if (options.Words == Words.En)
        {
            var english = CookieRequestCultureProvider.MakeCookieValue(new RequestCulture("en-US"));
            await context.AddCookiesAsync([new() { Name = CookieRequestCultureProvider.DefaultCookieName, Value = Uri.EscapeDataString(english), Url = portal.ToString() }]);
        }

        await context.Tracing.StartAsync(new() { Snapshots = true });
        var visit = new Visit(context, await context.NewPageAsync(), options);
        context.Console += (_, message) => visit.Note(message.Type == "error", $"console: {message.Text} {message.Location}");
        context.WebError += (_, error) => visit.Note(true, $"page error: {error.Error}");
        return visit;
    }

    /// <summary>Another tab of the same person.</summary>
    public Task<IPage> NewTabAsync() => _context.NewPageAsync();

    /// <summary>The cookies, to come back as the same person.</summary>
    public Task<string> StateAsync() => _context.StorageStateAsync();

    /// <summary>What this test provokes on purpose: messages that hold the text are no trouble.</summary>
    public void Tolerate(string text) => _tolerated.Add(text);

    /// <summary>Ends the visit.</summary>
    /// <param name="failed">The name of the test when it failed: then pictures and a trace are kept.</param>
    /// <returns>What went wrong on the way.</returns>
    public async Task<IReadOnlyList<string>> CloseAsync(string? failed)
    {
        foreach (var page in _context.Pages)
        {
            Note(await page.Locator("#blazor-error-ui").IsVisibleAsync(), $"the circuit of {page.Url} broke");
            Note(await page.Locator(".broken").IsVisibleAsync(), $"something broke on {page.Url}");
        }

        IReadOnlyList<string> troubles = [.. _troubles.Where(trouble => !_tolerated.Any(text => trouble.Contains(text, StringComparison.Ordinal)))];
        if (failed is not null || troubles.Count > 0)
        {
            await KeepAsync(failed ?? "troubled");
        }
        else
        {
            await _context.Tracing.StopAsync();
        }

        await _context.CloseAsync();
        return troubles;
    }

    private async Task KeepAsync(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Artifacts, string.Concat(name.Select(sign => Path.GetInvalidFileNameChars().Contains(sign) ? '_' : sign)))).FullName;
        var run = Guid.CreateVersion7();
        foreach (var (index, page) in _context.Pages.Index())
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{run:N}-{index}.png") });
        }

        await _context.Tracing.StopAsync(new() { Path = Path.Combine(folder, $"{run:N}.zip") });
    }

    private void Note(bool isTrouble, string trouble)
    {
        if (isTrouble)
        {
            _troubles.Enqueue(trouble);
        }
    }
}
