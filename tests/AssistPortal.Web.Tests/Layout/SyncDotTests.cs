using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using AssistPortal.TestKit;
using AssistPortal.Web.Components.Layout;
using Bunit;
using Xunit;

namespace AssistPortal.Web.Tests.Layout;

public sealed class SyncDotTests : FramePages
{
    [Theory]
    [InlineData(20, "fresh", "Данные свежие")]
    [InlineData(120, "behind", "Данные отстают на 2 мин")]
    [InlineData(3 * 3600, "stale", "Шлюз не отвечает, данные отстают на 3 ч")]
    public async Task Dot_ByTheMerchantFurthestBehind_TellsHowFresh(int seconds, string level, string words)
    {
        await SignInAsync(StaffRole.Operator, Shop, Airline);
        await ExchangedAsync(Shop, TimeSpan.FromSeconds(1));
        await ExchangedAsync(Airline, TimeSpan.FromSeconds(seconds));

        var dot = Render<SyncDot>();

        await dot.WaitForAssertionAsync(() => Assert.Contains(level, dot.Find(".sync").ClassList));
        Assert.Equal(words, dot.Find(".sync").TextContent.Trim());
    }

    [Fact]
    public async Task Dot_MerchantOfOthersIsBehind_StaysGreen()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        await ExchangedAsync(Shop, TimeSpan.FromSeconds(1));
        await ExchangedAsync(Airline, TimeSpan.FromHours(3));

        var dot = Render<SyncDot>();

        await dot.WaitForAssertionAsync(() => Assert.Contains("fresh", dot.Find(".sync").ClassList));
    }

    [Fact]
    public async Task Dot_HistoryIsStillComingIn_DoesNotBlameTheGateway()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        await ExchangedAsync(Shop, TimeSpan.FromHours(10), answered: TimeSpan.FromSeconds(2));

        var dot = Render<SyncDot>();

        await dot.WaitForAssertionAsync(() => Assert.Contains("behind", dot.Find(".sync").ClassList));
        Assert.Equal("Загружаем историю, осталось 10 ч", dot.Find(".sync").TextContent.Trim());
    }

    [Fact]
    public async Task Dot_GatewayNeverAnswered_SaysSo()
    {
        await SignInAsync(StaffRole.Operator, Shop);

        var dot = Render<SyncDot>();

        await dot.WaitForAssertionAsync(() => Assert.Contains("Шлюз ещё не ответил", dot.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dot_TimePassesWithoutAnswer_TurnsByItself()
    {
        await SignInAsync(StaffRole.Operator, Shop);
        await ExchangedAsync(Shop, TimeSpan.FromSeconds(1));
        var dot = Render<SyncDot>();
        await dot.WaitForAssertionAsync(() => Assert.Contains("fresh", dot.Find(".sync").ClassList));

        await Until.Async(
            "the dot turns red",
            _ =>
            {
                Clock.Advance(TimeSpan.FromSeconds(20));
                return Task.FromResult(dot.Find(".sync").ClassList.Contains("stale"));
            },
            Cancel);
    }

    private async Task ExchangedAsync(int merchant, TimeSpan ago, TimeSpan? answered = null)
    {
        await using var db = OpenDatabase();
        var then = Clock.GetUtcNow() - (answered ?? ago);
        db.SyncStates.Add(new SyncState { MerchantId = merchant, DoneUntil = Clock.GetUtcNow() - ago, LastSuccessAt = then, LastTryAt = then });
        await db.SaveChangesAsync(Cancel);
    }
}
