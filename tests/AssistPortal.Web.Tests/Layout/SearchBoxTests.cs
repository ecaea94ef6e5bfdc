using AssistPortal.Web.Components.Layout;
using Bunit;
using Xunit;

namespace AssistPortal.Web.Tests.Layout;

public sealed class SearchBoxTests : FramePages
{
    [Theory]
    [InlineData(" L-10423 ", "/orders?number=L-10423")]
    [InlineData("59000010873600", "/orders?number=59000010873600")]
    [InlineData("5900001087360012", "/orders?bill=5900001087360012")]
    [InlineData("5900001087360012.2", "/orders?bill=5900001087360012.2")]
    public async Task Search_NumberOfEitherKind_LeadsToTheOrdersItFits(string typed, string address)
    {
        var box = Render<SearchBox>();

        await box.Find("input").InputAsync(new() { Value = typed });
        await box.Find("form").SubmitAsync();

        Assert.EndsWith(address, Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_Nothing_GoesNowhere()
    {
        var box = Render<SearchBox>();
        var before = Address.Uri;

        await box.Find("form").SubmitAsync();

        Assert.Equal(before, Address.Uri);
    }
}
