using AssistPortal.Core.Access;
using Xunit;

namespace AssistPortal.Core.Tests.Access;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("короткий-11", InvalidReason.PasswordTooShort)]
    [InlineData("", InvalidReason.PasswordTooShort)]
    [InlineData("aaaaaaaaaaaaaa", InvalidReason.PasswordSimple)]
    [InlineData("abcabcabcabcab", InvalidReason.PasswordSimple)]
    [InlineData("passwordpassword", InvalidReason.PasswordSimple)]
    [InlineData("123456789012", InvalidReason.PasswordSimple)]
    [InlineData("qwertyuiop123", InvalidReason.PasswordSimple)]
    [InlineData("йцукенгшщзхъ", InvalidReason.PasswordSimple)]
    [InlineData("1qaz2wsx3edc", InvalidReason.PasswordSimple)]
    [InlineData("zyxwvutsrqponm", InvalidReason.PasswordSimple)]
    [InlineData("Password2026!", InvalidReason.PasswordCommon)]
    [InlineData("P@ssw0rd-2026", InvalidReason.PasswordCommon)]
    [InlineData("2026-Sunshine", InvalidReason.PasswordCommon)]
    [InlineData("finalfantasy", InvalidReason.PasswordCommon)]
    [InlineData("a.petrova-2026", InvalidReason.PasswordLikePerson)]
    [InlineData("a.petrova@shop.test", InvalidReason.PasswordLikePerson)]
    [InlineData("ПетроваАнна1990", InvalidReason.PasswordLikePerson)]
    [InlineData("AssistPortal-1", InvalidReason.PasswordLikePerson)]
    [InlineData("portal2026portal", InvalidReason.PasswordLikePerson)]
    [InlineData("right-password-1", null)]
    [InlineData("Long enough 2026", null)]
    [InlineData("portal-demo-2026", null)]
    [InlineData("синий чайник поёт", null)]
    [InlineData("Wq7 vN2 kR9 xT4", null)]
    public void Judge_Password_SaysTheFirstThingWrong(string password, InvalidReason? reason) =>
        Assert.Equal(reason, PasswordRules.Judge(password, "a.petrova@shop.test", "Анна Петрова"));

    [Fact]
    public void Judge_Length_GoesFrom12To256()
    {
        var long256 = string.Concat(Enumerable.Range(0, 64).Select(number => $"{number:00}q!"));

        Assert.Null(PasswordRules.Judge("plum-tractor"[..12], "x@y.test", "X"));
        Assert.Null(PasswordRules.Judge(long256, "x@y.test", "X"));
        Assert.Equal(InvalidReason.PasswordTooLong, PasswordRules.Judge($"{long256}z", "x@y.test", "X"));
    }
}
