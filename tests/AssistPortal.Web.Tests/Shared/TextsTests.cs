using System.Globalization;
using System.Resources;
using AssistPortal.Core;
using AssistPortal.Core.Actions;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.Web.Components.Shared;
using AssistPortal.Web.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Xunit;

namespace AssistPortal.Web.Tests.Shared;

public sealed class TextsTests
{
    private static readonly IStringLocalizer<SharedText> Texts =
        new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider().GetRequiredService<IStringLocalizer<SharedText>>();

    [Theory]
    [InlineData(typeof(SharedText))]
    [InlineData(typeof(OrdersText))]
    [InlineData(typeof(ActionsText))]
    [InlineData(typeof(PushesText))]
    public void Texts_EachKey_StandsInBothLanguages(Type texts)
    {
        var resources = new ResourceManager(texts);
        Assert.Equal(Keys(resources, CultureInfo.InvariantCulture), Keys(resources, CultureInfo.GetCultureInfo("en")));
    }

    public static TheoryData<Problem> Problems =>
    [
        .. Enum.GetValues<Permission>().Select(permission => new Problem.Denied(permission)),
        .. Enum.GetValues<InvalidReason>().Select(reason => new Problem.Invalid(reason, new Money(8000, "RUB"))),
        new Problem.NotFound(), new Problem.OpenAction(Guid.Empty), new Problem.Changed(), new Problem.Gateway(new GatewayFailure.Unreadable("html")),
    ];

    [Theory]
    [MemberData(nameof(Problems), DisableDiscoveryEnumeration = true)]
    public void ProblemText_EveryProblem_HasASentence(Problem problem) => Assert.EndsWith(".", ProblemText.Of(problem, Texts), StringComparison.Ordinal);

    [Fact]
    public void ActionStates_Each_HaveAWordAndAnExplanation()
    {
        foreach (var state in Enum.GetValues<ActionState>())
        {
            Assert.False(Texts[$"Action{state}"].ResourceNotFound, state.ToString());
            Assert.False(Texts[$"Action{state}Title"].ResourceNotFound, state.ToString());
        }
    }

    [Fact]
    public void OrderStates_Known_HaveAWordAndUnknownAreShownAsTheyAre()
    {
        Assert.All(OrderState.All, state => Assert.False(Texts["State" + state.Wire.Replace(" ", "", StringComparison.Ordinal)].ResourceNotFound, state.Wire));
        Assert.Equal("Chargeback", StateText.Of(OrderState.FromWire("Chargeback"), Texts));
    }

    private static IEnumerable<string> Keys(ResourceManager resources, CultureInfo culture) =>
        resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<System.Collections.DictionaryEntry>().Select(entry => (string)entry.Key).Order(StringComparer.Ordinal);
}
