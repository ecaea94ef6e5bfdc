using AssistPortal.Core.Staff;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Layout;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AssistPortal.Web.Tests.Layout;

public sealed class MerchantSwitchTests : FramePages
{
    [Fact]
    public async Task Switch_OneMerchantGranted_IsItsNameAlone()
    {
        await SignInAsync(StaffRole.Operator, Airline);

        var shown = Render<MerchantSwitch>();

        await shown.WaitForAssertionAsync(() => Assert.Contains("Авиабилеты · 900002", shown.Markup, StringComparison.Ordinal));
        Assert.Empty(shown.FindAll("select"));
        Assert.DoesNotContain("Лавка", shown.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switch_OnAList_KeepsItsFilterAndLeavesItsPage()
    {
        await SignInAsync(StaffRole.Owner);
        Address.NavigateTo("/orders?state=Delayed&page=3");
        var shown = Render<MerchantSwitch>();
        await shown.WaitForElementAsync("select");

        await shown.Find("select").ChangeAsync(new() { Value = "900002" });

        Assert.EndsWith("/orders?state=Delayed&merchant=900002", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switch_OnAnOrder_OpensTheOrdersOfTheMerchant()
    {
        await SignInAsync(StaffRole.Owner);
        Address.NavigateTo("/orders/5900000000000001");
        var shown = Render<MerchantSwitch>();
        await shown.WaitForElementAsync("select");

        await shown.Find("select").ChangeAsync(new() { Value = "900001" });

        Assert.EndsWith("/orders?merchant=900001", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Scope_ChosenOnAList_IsRememberedOnAnOrder()
    {
        var scope = Services.GetRequiredService<MerchantScope>();
        Address.NavigateTo("/orders?merchant=900001");
        Assert.Equal(900001, scope.Current);

        Address.NavigateTo("/orders/5900000000000001");

        Assert.Equal("/actions?merchant=900001", scope.Link("/actions"));
    }
}
