using AssistPortal.EndToEnd.Tests.Browser;

namespace AssistPortal.EndToEnd.Tests;

/// <summary>A test that walks the portal in a browser. It fails on any error of page, browser console or portal that it doesn't provoke on purpose.</summary>
public abstract class Journey(Chromium chromium, Portal portal) : IAsyncLifetime
{
    protected const string Administrator = "admin@demo.local";
    protected const string Operator = "operator@demo.local";
    protected const string Accountant = "accountant@demo.local";
    protected const string Auditor = "auditor@demo.local";
    protected const string ShopOperator = "operator900001@demo.local";

    private readonly List<Visit> _visits = [];

    private protected Portal Portal => portal;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        var test = TestContext.Current;
        var failed = test.TestState?.Result == TestResult.Failed ? test.Test?.TestDisplayName : null;
        List<string> troubles = [];
        foreach (var visit in _visits)
        {
            troubles.AddRange(await visit.CloseAsync(failed));
        }

        troubles.AddRange(portal.NewErrors());
        Assert.True(troubles.Count == 0, string.Join(Environment.NewLine, troubles));
        GC.SuppressFinalize(this);
    }

    /// <summary>A person at a browser who has signed in before.</summary>
    private protected async Task<Visit> EnterAsync(string email, VisitOptions? options = null) => Keep(await Visit.OpenAsync(chromium.Browser, portal.Url, await portal.StateAsync(chromium, email), options ?? new()));

    /// <summary>A browser that hasn't.</summary>
    private protected async Task<Visit> ArriveAsync(VisitOptions? options = null) => Keep(await Visit.OpenAsync(chromium.Browser, portal.Url, null, options ?? new()));

    private Visit Keep(Visit visit)
    {
        _visits.Add(visit);
        return visit;
    }
}
