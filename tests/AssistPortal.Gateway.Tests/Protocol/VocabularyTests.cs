using System.Globalization;
using AssistPortal.Protocol;

namespace AssistPortal.Gateway.Tests.Protocol;

public sealed class VocabularyTests
{
    [Fact]
    public void OrderState_TheNine_ComeBackFromTheirWireTexts()
    {
        Assert.Equal(9, OrderState.All.Distinct().Count());
        Assert.All(OrderState.All, state => Assert.Equal(state, OrderState.FromWire(state.Wire)));
        Assert.All(OrderState.All, state => Assert.True(state.IsKnown));
    }

    [Theory]
    [InlineData("In Process", "In Process")]
    [InlineData(" inprocess ", "In Process")]
    [InlineData("CANCELED", "Canceled")]
    public void OrderState_OtherCaseOrBlanks_IsTheSameState(string text, string wire) => Assert.Equal(wire, OrderState.FromWire(text).Wire);

    [Theory]
    [InlineData("Cancelled", "Cancelled")]
    [InlineData(" Non-existent ", "Non-existent")]
    [InlineData(null, "")]
    public void OrderState_Unknown_IsKeptAsText(string? text, string wire)
    {
        Assert.Equal(wire, OrderState.FromWire(text).Wire);
        Assert.False(OrderState.FromWire(text).IsKnown);
    }

    [Theory]
    [InlineData("AS000", ResponseKind.Completed)]
    [InlineData(" as100 ", ResponseKind.Declined)]
    [InlineData("AS109", ResponseKind.Declined)]
    [InlineData("AS110", ResponseKind.AuthenticationNeeded)]
    [InlineData("AS200", ResponseKind.Pending)]
    [InlineData("AS300", ResponseKind.Pending)]
    [InlineData("AS400", ResponseKind.Uncertain)]
    [InlineData("AS998", ResponseKind.Uncertain)]
    [InlineData("AS001", ResponseKind.Uncertain)]
    [InlineData("AS1000", ResponseKind.Uncertain)]
    [InlineData(null, ResponseKind.Uncertain)]
    public void ResponseCode_Kind_FollowsTheTable(string? wire, ResponseKind kind) => Assert.Equal(kind, ResponseCode.FromWire(wire).Kind);

    [Fact]
    public void ResponseCode_EveryCode_HasMeaningAndAdviceInBothLanguages()
    {
        string[] codes = ["AS000", "AS100", "AS101", "AS102", "AS103", "AS104", "AS105", "AS106", "AS107", "AS108", "AS109", "AS110", "AS200", "AS300", "AS400", "AS998", "", "AS777"];
        foreach (var code in codes.Select(ResponseCode.FromWire))
        {
            Assert.All([code.Meaning.Ru, code.Advice.Ru], text => Assert.Contains(text, letter => letter is >= 'а' and <= 'я'));
            Assert.All([code.Meaning.En, code.Advice.En], text => Assert.DoesNotContain(text, letter => letter is >= 'а' and <= 'я'));
        }
    }

    [Theory]
    [InlineData(7, 141, "Шлюз не принял логин или пароль предприятия: логин или пароль", "The gateway didn't accept the merchant's login or password: login or password")]
    [InlineData(21, 0, "Операция отклонена", "Operation rejected")]
    [InlineData(13, 999, "Неизвестный класс ошибки 13: неизвестный объект 999", "Unknown class of error 13: unknown object 999")]
    public void ErrorCode_Text_NamesClassAndObject(int first, int second, string ru, string en)
    {
        var text = new ErrorCode(first, second).Text;

        Assert.Equal((ru, en), (text.For(CultureInfo.GetCultureInfo("ru-RU")), text.For(CultureInfo.GetCultureInfo("en-GB"))));
    }

    /// <summary>Every secondcode of the gateway's table.</summary>
    private static readonly int[] Secondcodes =
    [
        .. Enumerable.Range(1, 6), .. Enumerable.Range(100, 51), .. Enumerable.Range(153, 7), 161, 163, 164, 165, 167, 170, 173, 176, 177, 179, .. Enumerable.Range(185, 6),
        .. Enumerable.Range(200, 19), 220, 221, 225, 226, 228, 300, 301, 302, .. Enumerable.Range(305, 5), 320, 350, 400, 402, 403,
    ];

    [Fact]
    public void ErrorCode_EveryCodeOfTheTable_HasAText()
    {
        foreach (var first in Enumerable.Range(0, 22).Where(first => first != 13))
        {
            Assert.DoesNotContain("nknown", new ErrorCode(first, 0).Text.En, StringComparison.Ordinal);
        }

        foreach (var second in Secondcodes)
        {
            Assert.DoesNotContain("nknown", new ErrorCode(1, second).Text.En, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ErrorCode_NothingAtAll_IsSuccess()
    {
        Assert.True(ErrorCode.None.IsNone);
        Assert.False(new ErrorCode(0, 1).IsNone);
        Assert.Equal("10/201", ErrorCode.NoOrder.ToString());
    }

    [Fact]
    public void OperationType_OnlyTheFour_AreKnown()
    {
        Assert.Equal([100, 200, 300, 500], Enumerable.Range(0, 1000).Where(code => new OperationType(code).IsKnown));
        Assert.Equal("300", OperationType.Cancellation.ToString());
    }
}
