using System.Globalization;
using System.Security.Claims;
using AssistPortal.Core;
using AssistPortal.Core.Data;
using AssistPortal.Core.Sessions;
using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Shared;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace AssistPortal.Web.Tests;

/// <summary>
/// Pages over the real use cases and a real SQLite file. The gateway's address leads nowhere and nothing works in the background: what
/// the sync and the worker would do, a test does itself.
/// </summary>
public abstract class PortalPages : BunitContext
{
    protected const int Shop = SandboxServer.Shop;
    protected const int Airline = SandboxServer.Airline;

    private readonly TempFolder _folder = new();

    protected PortalPages(string culture = "ru-RU")
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            .. PortalDatabase.Sqlite(_folder).Settings,
            new("Assist:Address", "http://127.0.0.1:1"),
            .. Merchant(0, Shop, "Лавка"),
            .. Merchant(1, Airline, "Авиабилеты"),
            new("Assist:Merchants:0:PushReply", "Xml"),
            new("Assist:Merchants:0:SecretWord", SandboxServer.SecretWord),
        ]).Build();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddLogging();
        Services.AddAssistGateway(configuration).AddPortalCore(configuration);
        Services.AddLocalization();
        Services.AddMudServices(mud => mud.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddScoped<CircuitVisit>().AddScoped<ViewAs>().AddScoped<CurrentActor>().AddScoped<PasskeyScript>().AddSingleton<AntiforgeryStateProvider, NoToken>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        SignedIn = AddAuthorization();
    }

    /// <summary>24.11.2026 14:00 in Moscow.</summary>
    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 11, 0, 0, TimeSpan.Zero));

    protected BunitAuthorizationContext SignedIn { get; }

    protected static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    protected BunitNavigationManager Address => Services.GetRequiredService<BunitNavigationManager>();

    /// <summary>Makes the database and signs somebody of a role in.</summary>
    /// <returns>That person.</returns>
    protected Task<Guid> SignInAsync(StaffRole role, params int[] merchants) => SignInAsync(role, proven: false, merchants);

    /// <summary>As <see cref="SignInAsync(StaffRole, int[])"/>, by somebody who has just shown a second factor, or not.</summary>
    protected async Task<Guid> SignInAsync(StaffRole role, bool proven, params int[] merchants)
    {
        var id = await AddAsync("Анна Петрова", role, merchants);
        var session = await Services.GetRequiredService<StaffSessions>().BeginAsync(id, "127.0.0.1", "tests", proven, before: null, Cancel);
        SignedIn.SetAuthorized(role.ToString()).SetClaims(new Claim(ClaimTypes.NameIdentifier, id.ToString()), SessionClaims.Of(session));
        return id;
    }

    /// <summary>Makes the database and somebody of a role for the merchants, for all of them when none is named.</summary>
    protected async Task<Guid> AddAsync(string name, StaffRole role, params int[] merchants)
    {
        await using var db = OpenDatabase();
        await db.Database.MigrateAsync(Cancel);
        var id = Guid.CreateVersion7();
        var user = new PortalUser { Id = id, UserName = id.ToString(), NormalizedUserName = id.ToString(), DisplayName = name };
        user.Give(role, Clock.GetUtcNow(), merchants);
        db.Users.Add(user);
        await db.SaveChangesAsync(Cancel);
        return id;
    }

    protected PortalDbContext OpenDatabase() => Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext();

    /// <summary>An order the gateway told of, whole and just now.</summary>
    protected Task WriteAsync(OrderSnapshot order, int merchant = Shop) =>
        Services.GetRequiredService<OrderWriter>().WriteAsync(merchant, [order], whole: true, Clock.GetUtcNow(), Cancel);

    /// <summary>Lets the pages take what the feed told.</summary>
    protected void LetFeedArrive() => Clock.Advance(TimeSpan.FromSeconds(1));

    protected OrderSnapshot Paid(string billnumber, string number, string amount, OrderState? state = null, string currency = "RUB", TimeSpan age = default) => new()
    {
        Billnumber = new Billnumber(billnumber),
        OrderNumber = number,
        Amount = Money.Parse(amount, currency),
        State = state ?? OrderState.Approved,
        OrderDate = Clock.GetUtcNow() - age - TimeSpan.FromMinutes(5),
        TestMode = true,
        FirstName = "Иван",
        LastName = "Сидоров",
        Email = "ivan@example.test",
        Operations = [Operation(billnumber, 1, OperationType.Payment, amount, currency: currency)],
    };

    protected OperationSnapshot Operation(string billnumber, int number, OperationType type, string amount, string code = "AS000", string currency = "RUB") => new()
    {
        Billnumber = new Billnumber(billnumber, number),
        Type = type,
        Amount = Money.Parse(amount, currency),
        ResponseCode = ResponseCode.FromWire(code),
        Date = Clock.GetUtcNow() - TimeSpan.FromMinutes(4),
        MeanType = "VISA",
        MeanNumber = "411111****1111",
        ApprovalCode = "A12345",
        UnknownFields = new Dictionary<string, string> { ["newfield"] = "news" },
    };

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static IEnumerable<KeyValuePair<string, string?>> Merchant(int index, int id, string name) =>
    [
        new($"Assist:Merchants:{index}:Id", id.ToString(CultureInfo.InvariantCulture)),
        new($"Assist:Merchants:{index}:Name", name),
        new($"Assist:Merchants:{index}:Login", SandboxServer.Login),
        new($"Assist:Merchants:{index}:Password", SandboxServer.Password),
        new($"Assist:Merchants:{index}:TestMode", "true"),
    ];

    private sealed class NoToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
