using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Layout;
using Microsoft.Extensions.DependencyInjection;

namespace AssistPortal.Web.Tests.Layout;

/// <summary>Parts of the frame over the real use cases.</summary>
public abstract class FramePages : PortalPages
{
    protected FramePages(string culture = "ru-RU")
        : base(culture) =>
        Services.AddScoped<MerchantScope>().AddScoped<BrowserFrame>();
}
