using AssistPortal.TestKit;
using Xunit;

namespace AssistPortal.Web.Tests.Setup;

/// <summary>The built program as an administrator meets it on the command line.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_SeveralSectionsWrong_NamesEverythingAtOnce()
    {
        await using var portal = Portal(
            "Development",
            new("Assist:Address", "http://payments.example.com"),
            new("Assist:Merchants:0:Password", ""),
            new("Sync:BackfillDays", "0"),
            new("Actions:MaxParallel", "0"),
            new("Proxy:Addresses:0", "the proxy"));

        var exitCode = await portal.RunAsync([], Cancel);

        Assert.Equal(1, exitCode);
        Assert.Contains("Assist:Address must be https", portal.Output, StringComparison.Ordinal);
        Assert.Contains("Password is missing", portal.Output, StringComparison.Ordinal);
        Assert.Contains("Sync:BackfillDays", portal.Output, StringComparison.Ordinal);
        Assert.Contains("Proxy:Addresses holds \"the proxy\"", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SettingOfAnotherType_IsASentence()
    {
        await using var portal = Portal("Development", KeyValuePair.Create("Sync:Interval", (string?)"often"));

        var exitCode = await portal.RunAsync([], Cancel);

        Assert.Equal(1, exitCode);
        Assert.Contains("Sync:Interval", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DemoThingsInProduction_AreRefused()
    {
        await using var portal = Portal("Production", new("Sandbox:Enabled", "true"), new("Demo:Staff", "true"));

        var exitCode = await portal.RunAsync([], Cancel);

        Assert.Equal(1, exitCode);
        Assert.Contains("Sandbox:Enabled is true in Production", portal.Output, StringComparison.Ordinal);
        Assert.Contains("Demo:Staff is true in Production", portal.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", "")]
    [InlineData("Staging", "")]
    [InlineData("Development", "c2hvcnQ=")]
    public async Task Start_WithoutAKeyForTheAuditLog_IsRefused(string environment, string key)
    {
        await using var portal = Portal(environment, KeyValuePair.Create("Audit:Key", (string?)key));

        var exitCode = await portal.RunAsync([], Cancel);

        Assert.Equal(1, exitCode);
        Assert.Contains("Audit:Key must be a base64 text of at least 32 bytes", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdminCreate_InDevelopment_MakesItsOwnKeyForTheAuditLog()
    {
        var key = KeyValuePair.Create("Audit:Key", (string?)"");
        await using var first = Portal("Development", key);
        await using var second = Portal("Development", key);

        Assert.Equal(0, await first.RunAsync(["admin", "create", "--email", "boss@example.test"], Cancel));
        Assert.Equal(0, await second.RunAsync(["admin", "create", "--email", "chief@example.test"], Cancel));

        var file = new FileInfo(_folder.At("audit.key"));
        Assert.Equal(32, Convert.FromBase64String(await File.ReadAllTextAsync(file.FullName, Cancel)).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
        }
    }

    [Fact]
    public async Task Command_Unknown_ShowsTheUsage()
    {
        await using var portal = Portal("Development");

        var exitCode = await portal.RunAsync(["make", "money"], Cancel);

        Assert.Equal(2, exitCode);
        Assert.Contains("Usage:", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdminCreate_FirstAndAgain_MakesOneAndRefusesTheOther()
    {
        await using var first = Portal("Development");
        await using var second = Portal("Development");

        var made = await first.RunAsync(["admin", "create", "--email", "boss@example.test"], Cancel);
        var again = await second.RunAsync(["admin", "create", "--email", "boss@example.test"], Cancel);

        Assert.Equal(0, made);
        Assert.Contains("Password, shown once: ", first.Output, StringComparison.Ordinal);
        Assert.Equal(1, again);
        Assert.DoesNotContain("Password, shown once: ", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GatewayCheck_RightSettings_SaysOkForEachMerchant()
    {
        await using var gateway = await SandboxServer.StartAsync(Cancel);
        await using var portal = Portal("Development", [.. gateway.Settings]);

        var exitCode = await portal.RunAsync(["gateway", "check"], Cancel);

        Assert.Equal(0, exitCode);
        Assert.Contains("900001", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("FAIL", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GatewayCheck_WrongPassword_FailsWithoutShowingIt()
    {
        await using var gateway = await SandboxServer.StartAsync(Cancel);
        await using var portal = Portal("Development", [.. gateway.Settings, new("Assist:Merchants:1:Password", "not-the-password")]);

        var exitCode = await portal.RunAsync(["gateway", "check"], Cancel);

        Assert.Equal(1, exitCode);
        Assert.Contains("doesn't accept Login or Password", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-password", portal.Output, StringComparison.Ordinal);
    }

    private PortalProcess Portal(string environment, params KeyValuePair<string, string?>[] settings)
    {
        var all = new Dictionary<string, string?>([.. PortalDatabase.Sqlite(_folder).Settings, new("Sandbox:Enabled", "false"), new("Demo:Staff", "false")]);
        foreach (var (name, setting) in settings)
        {
            all[name] = setting;
        }

        return new PortalProcess(all, environment);
    }
}
