using System.Net;
using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using AssistPortal.Web.Tests.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AssistPortal.Web.Tests.Doors;

/// <summary>Every address the portal answers at: who may knock, and that a foreign merchant's order isn't behind it. An address that isn't listed fails the test.</summary>
public sealed class EndpointWalkTests(RunningPortal portal) : IClassFixture<RunningPortal>
{
    private const string ForeignBill = "5900000000000772";
    private const string Anyone = "anyone";
    private const string Staff = "staff";

    // What stands behind an address: anyone may ask, or the staff alone; which role sees what is the business of the pages (PageWalkTests) and the use cases.
    private static readonly Dictionary<string, string> Doors = new()
    {
        ["/"] = Staff,
        ["/orders"] = Staff,
        ["/orders/{Billnumber}"] = Staff,
        ["/orders/export"] = Staff,
        ["/actions"] = Staff,
        ["/pushes"] = Staff,
        ["/pushes/{Id:guid}"] = Staff,
        ["/staff"] = Staff,
        ["/staff/{Id:guid}"] = Staff,
        ["/staff/invite"] = Staff,
        ["/staff/roles"] = Staff,
        ["/staff/review"] = Staff,
        ["/account/security"] = Staff,
        ["/account/signin"] = Anyone,
        ["/account/signout"] = Anyone,
        ["/account/here"] = Staff,
        ["/account/denied"] = Anyone,
        ["/account/forgot"] = Anyone,
        ["/account/reset"] = Anyone,
        ["/account/invitation"] = Anyone,
        ["/account/password"] = Staff,
        ["/account/email"] = Staff,
        ["/account/email/confirm"] = Anyone,
        ["/account/second"] = Anyone,
        ["/account/authenticator"] = Anyone,
        ["/account/passkey/ask"] = Anyone,
        ["/account/passkey/prove"] = Staff,
        ["/account/passkey/make"] = Staff,
        ["/account/passkey/add"] = Staff,
        ["/culture"] = Anyone,
        ["/error"] = Anyone,
        ["/status/{Code:int}"] = Anyone,
        ["/not-found"] = Staff,
        ["/push/assist/{merchantId}"] = Anyone,
        ["/health/live"] = Anyone,
        ["/health/ready"] = Anyone,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void EveryEndpoint_IsListedWithItsDoor()
    {
        var found = Endpoints().ToDictionary(entry => entry.Pattern, entry => entry.IsOpen ? Anyone : Staff);

        Assert.Equal(
            Doors.OrderBy(door => door.Key, StringComparer.Ordinal).Select(door => $"{door.Key} {door.Value}"),
            found.OrderBy(door => door.Key, StringComparer.Ordinal).Select(door => $"{door.Key} {door.Value}"));
    }

    [Fact]
    public async Task EveryStaffDoor_ForAStranger_LeadsToTheSignInPage()
    {
        using var browser = portal.OpenBrowser();
        foreach (var address in Doors.Where(door => door.Value == Staff).Select(door => Filled(door.Key)))
        {
            using var answer = await browser.GetAsync(address, Token);

            Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.MethodNotAllowed, $"{address} answered a stranger {answer.StatusCode}");
            Assert.True(answer.StatusCode == HttpStatusCode.MethodNotAllowed || answer.Headers.Location!.ToString().Contains(FrameUrls.SignIn, StringComparison.Ordinal), address);
        }
    }

    [Theory]
    [InlineData(StaffRole.Owner)]
    [InlineData(StaffRole.Supervisor)]
    [InlineData(StaffRole.Operator)]
    [InlineData(StaffRole.Support)]
    [InlineData(StaffRole.Accountant)]
    [InlineData(StaffRole.Auditor)]
    [InlineData(StaffRole.Developer)]
    public async Task EveryDoor_OfAPersonOfOneShop_TellsNothingOfAnother(StaffRole role)
    {
        await portal.Services.GetRequiredService<OrderWriter>().WriteAsync(SandboxServer.Airline, [Foreign], true, portal.Clock.GetUtcNow(), Token);
        using var browser = portal.OpenBrowser();
        using var signedIn = await RunningPortal.SignInAsync(browser, await portal.HireAsync(role, Token), RunningPortal.Password, Token);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);

        foreach (var door in Doors.Keys.Where(door => door is not ("/account/signout" or "/account/here")))
        {
            using var answer = await browser.GetAsync($"{Filled(door)}?merchant={SandboxServer.Airline}&format=csv&number=%25", Token);
            var text = await answer.Content.ReadAsStringAsync(Token);

            Assert.True((int)answer.StatusCode < 500, $"{door} broke for {role}");
            Assert.All((string[])["FOREIGN-77", "Чужаков", "foreign@example.test"], mark => Assert.DoesNotContain(mark, text, StringComparison.OrdinalIgnoreCase));
            if (door == "/orders/export")
            {
                Assert.Equal(role.Permissions().Contains(Core.Permission.Export) ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
            }
        }
    }

    private static string Filled(string pattern) => pattern
        .Replace("{Billnumber}", ForeignBill, StringComparison.Ordinal)
        .Replace("{Id:guid}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
        .Replace("{Code:int}", "404", StringComparison.Ordinal)
        .Replace("{merchantId}", "900002", StringComparison.Ordinal);

    private OrderSnapshot Foreign => new()
    {
        Billnumber = new Billnumber(ForeignBill),
        OrderNumber = "FOREIGN-77",
        Amount = Money.Parse("10.00", "RUB"),
        State = OrderState.Approved,
        OrderDate = portal.Clock.GetUtcNow().AddMinutes(-5),
        LastName = "Чужаков",
        Email = "foreign@example.test",
        Operations = [],
    };

    // Files and the framework's own channel are no pages; the channel opens for whoever has a page's seal.
    private IEnumerable<(string Pattern, bool IsOpen)> Endpoints() => portal.Services.GetServices<EndpointDataSource>()
        .SelectMany(source => source.Endpoints)
        .OfType<RouteEndpoint>()
        .Select(endpoint => (Pattern: "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), IsOpen: endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null))
        .Where(entry => !Path.HasExtension(entry.Pattern) && !entry.Pattern.StartsWith("/_", StringComparison.Ordinal) && !entry.Pattern.Contains(":file", StringComparison.Ordinal))
        .DistinctBy(entry => entry.Pattern);
}
