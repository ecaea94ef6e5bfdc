using AssistPortal.Core.Actions;
using AssistPortal.Protocol;
using AssistPortal.Web.Components.Shared;
using Bunit;
using Xunit;

namespace AssistPortal.Web.Tests.Shared;

public sealed class ChipTests : PortalPages
{
    [Theory]
    [InlineData("In Process", "В обработке", "blue")]
    [InlineData("Delayed", "Ждёт подтверждения", "amber")]
    [InlineData("Approved", "Оплачен", "green")]
    [InlineData("PartialApproved", "Оплачен частично", "green")]
    [InlineData("PartialDelayed", "Подтверждён частично", "amberoutline")]
    [InlineData("Canceled", "Отменён", "grey")]
    [InlineData("PartialCanceled", "Отменён частично", "greyviolet")]
    [InlineData("Declined", "Отклонён", "red")]
    [InlineData("Timeout", "Истекло время", "grey")]
    [InlineData("Chargeback", "Chargeback", "violet")]
    public void StateChip_State_HasItsWordColourAndIcon(string wire, string word, string tone)
    {
        var chip = Render<StateChip>(parameters => parameters.Add(chip => chip.State, OrderState.FromWire(wire))).Find(".chip");
        Assert.Contains(word, chip.TextContent, StringComparison.Ordinal);
        Assert.Contains(tone, chip.ClassList);
        Assert.NotNull(chip.QuerySelector("svg"));
    }

    [Fact]
    public void StateChip_Delayed_ShowsTheTimeLeft()
    {
        var chip = Render<StateChip>(parameters => parameters.Add(chip => chip.State, OrderState.Delayed).Add(chip => chip.TimeLeft, new TimeSpan(3, 4, 5, 0)));
        Assert.Contains("3 д 4 ч", chip.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ActionState.OutcomeUnknown, "violet")]
    [InlineData(ActionState.NeedsPerson, "violet")]
    [InlineData(ActionState.Succeeded, "green")]
    [InlineData(ActionState.Declined, "red")]
    [InlineData(ActionState.Queued, "blue")]
    public void ActionStateChip_State_HasItsColour(ActionState state, string tone) =>
        Assert.Contains(tone, Render<ActionStateChip>(parameters => parameters.Add(chip => chip.State, state)).Find(".chip").ClassList);

    [Fact]
    public void LocalTime_InLists_SaysTodayAndYesterdayOfTheMerchantsDay()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");
        string Shown(TimeSpan ago) => Render<LocalTime>(parameters => parameters.Add(time => time.Value, Clock.GetUtcNow() - ago).Add(time => time.Zone, zone).Add(time => time.Words, true)).Find("time").TextContent;
        Assert.Equal("сегодня 14:00", Shown(TimeSpan.Zero));
        Assert.Equal("сегодня 00:30", Shown(TimeSpan.FromHours(13.5)));
        Assert.Equal("вчера 23:30", Shown(TimeSpan.FromHours(14.5)));
        Assert.Equal("22.11.2026 14:00", Shown(TimeSpan.FromDays(2)));
    }
}
