using System.Reflection;
using AssistPortal.Core;
using AssistPortal.Core.Actions;
using AssistPortal.Core.Push;
using AssistPortal.Core.Staff;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Layout;
using AssistPortal.Web.Components.Pages.Actions;
using AssistPortal.Web.Components.Pages.Orders;
using AssistPortal.Web.Components.Pages.Pushes;
using AssistPortal.Web.Components.Pages.Security;
using AssistPortal.Web.Components.Pages.Staff;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AssistPortal.Web.Tests.Doors;

/// <summary>Every page × every role × a foreign merchant: nothing of the other shop is on it, whatever the address asks for. A page that isn't listed fails the test.</summary>
public sealed class PageWalkTests : PortalPages
{
    private const string ForeignBill = "5900000000000772";

    // What can be told of the foreign shop: its name, order, payer, clerk.
    private static readonly string[] Marks = ["Авиабилеты", "FOREIGN-77", "Чужаков", "foreign@example.test"];

    private static readonly Dictionary<Type, Func<PageWalkTests, string>> Pages = new()
    {
        [typeof(OrdersPage)] = walk => walk.At<OrdersPage>($"/orders?merchant={Airline}") + walk.At<OrdersPage>("/orders") + walk.At<OrdersPage>("/orders?customer=foreign%40example.test"),
        [typeof(OrderDetailPage)] = walk => walk.Part<OrderDetailPage>($"/orders/{ForeignBill}", page => page.Add(order => order.Billnumber, ForeignBill)),
        [typeof(ActionsPage)] = walk => walk.At<ActionsPage>($"/actions?all=true&merchant={Airline}") + walk.At<ActionsPage>("/actions"),
        [typeof(PushesPage)] = walk => walk.At<PushesPage>($"/pushes?merchant={Airline}") + walk.At<PushesPage>("/pushes") + walk.At<PushesPage>("/pushes?tab=gaps"),
        [typeof(PushDetailPage)] = walk => walk.Part<PushDetailPage>($"/pushes/{walk._push}", page => page.Add(push => push.Id, walk._push)),
        [typeof(StaffPage)] = walk => walk.At<StaffPage>("/staff"),
        [typeof(StaffMemberPage)] = walk => walk.Part<StaffMemberPage>($"/staff/{walk._clerk}", page => page.Add(member => member.Id, walk._clerk)),
        [typeof(InvitePage)] = walk => walk.At<InvitePage>("/staff/invite"),
        [typeof(RolesPage)] = walk => walk.At<RolesPage>("/staff/roles"),
        [typeof(ReviewPage)] = walk => walk.At<ReviewPage>("/staff/review"),
        [typeof(SecurityPage)] = walk => walk.At<SecurityPage>("/account/security"),
        // The frame stands around every page.
        [typeof(MerchantSwitch)] = walk => walk.At<MerchantSwitch>("/orders"),
        [typeof(SyncDot)] = walk => walk.At<SyncDot>("/orders"),
        [typeof(NavPane)] = walk => walk.At<NavPane>("/orders"),
    };

    // They know nothing of merchants, or are asked for over HTTP (EndpointWalkTests).
    private static readonly string[] Elsewhere = ["HomePage", "NotFoundPage", "ErrorPage", "StatusPage"];

    private Guid _push;
    private Guid _clerk;

    [Fact]
    public void EveryPage_IsListed()
    {
        var found = typeof(OrdersPage).Assembly.GetTypes()
            .Where(type => type.GetCustomAttributes<RouteAttribute>().Any() && type.Namespace?.Contains(".Pages", StringComparison.Ordinal) == true && !Elsewhere.Contains(type.Name));

        Assert.Equal(found.Select(type => type.Name).Order(StringComparer.Ordinal), Pages.Keys.Where(type => type.GetCustomAttributes<RouteAttribute>().Any()).Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(StaffRole.Owner)]
    [InlineData(StaffRole.Supervisor)]
    [InlineData(StaffRole.Operator)]
    [InlineData(StaffRole.Support)]
    [InlineData(StaffRole.Accountant)]
    [InlineData(StaffRole.Auditor)]
    [InlineData(StaffRole.Developer)]
    public async Task EveryPage_OfAPersonOfOneShop_TellsNothingOfAnother(StaffRole role)
    {
        Services.AddScoped<MerchantScope>().AddScoped<BrowserFrame>();
        _clerk = await SignInAsync(StaffRole.Operator, Airline);
        await WriteAsync(Paid("5900000000000771", "OWN-77", "10.00"));
        await WriteAsync(Paid(ForeignBill, "FOREIGN-77", "20.00") with { LastName = "Чужаков", Email = "foreign@example.test" }, Airline);
        var clerk = (await Services.GetRequiredService<CurrentActor>().GetAsync(Cancel))!;
        var asked = await Services.GetRequiredService<RequestAction>().CancelAsync(new CancelRequest(ForeignBill, new Money(100, "RUB"), CancelReason.Customer, null, 1), clerk, Cancel);
        Assert.IsType<Result<Guid>.Ok>(asked);
        await using (var db = OpenDatabase())
        {
            await db.Users.Where(user => user.Id == _clerk).ExecuteUpdateAsync(set => set.SetProperty(user => user.DisplayName, "Чужаков"), Cancel);
            var push = new PushDelivery
            {
                Id = Guid.CreateVersion7(), MerchantId = Airline, ReceivedAt = Clock.GetUtcNow(), BusinessDate = new DateOnly(2026, 11, 24), BodyHash = new string('0', 64), Billnumber = ForeignBill,
            };
            db.PushDeliveries.Add(push);
            await db.SaveChangesAsync(Cancel);
            _push = push.Id;
        }

        await SignInAsync(role, Shop);
        foreach (var (page, render) in Pages)
        {
            var markup = render(this);
            Assert.All(Marks, mark => Assert.False(markup.Contains(mark, StringComparison.OrdinalIgnoreCase), $"{page.Name} tells {role} '{mark}'"));
        }
    }

    private string At<TPage>(string address)
        where TPage : IComponent => Part<TPage>(address, _ => { });

    private string Part<TPage>(string address, Action<ComponentParameterCollectionBuilder<TPage>> parameters)
        where TPage : IComponent
    {
        Address.NavigateTo(address);
        // What the person typed into the address may stand on the page again.
        return Render(parameters).Markup.Replace("foreign%40example.test", "", StringComparison.Ordinal).Replace("value=\"foreign@example.test\"", "", StringComparison.Ordinal)
            .Replace("Покупатель: foreign@example.test", "", StringComparison.Ordinal);
    }
}
