using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace AssistPortal.Web.Account;

/// <summary>
/// The merchant chosen in the top bar. The address of a list page holds it (<c>?merchant=900001</c>; none means all), so list pages just
/// read their query; on pages whose address doesn't speak of it the last choice is remembered.
/// </summary>
public sealed class MerchantScope(NavigationManager navigation)
{
    private static readonly string[] ListPages = [FrameUrls.Orders, FrameUrls.Actions, FrameUrls.Pushes];
    private int? _remembered;

    /// <summary>The chosen merchant; <see langword="null"/> for all.</summary>
    public int? Current
    {
        get
        {
            var address = new Uri(navigation.Uri);
            if (ListPages.Contains(address.AbsolutePath))
            {
                _remembered = QueryHelpers.ParseQuery(address.Query).TryGetValue(FrameUrls.MerchantParameter, out var text)
                    && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
            }

            return _remembered;
        }
    }

    /// <summary>A list page of the chosen merchant.</summary>
    public string Link(string listPage) => Link(listPage, Current);

    /// <summary>Shows another merchant: on a list page the rest of its filter stays, elsewhere the orders open.</summary>
    public void Choose(int? merchantId)
    {
        var onList = ListPages.Contains(new Uri(navigation.Uri).AbsolutePath);
        navigation.NavigateTo(onList
            ? navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [FrameUrls.MerchantParameter] = merchantId, ["page"] = null })
            : Link(FrameUrls.Orders, merchantId));
    }

    private static string Link(string listPage, int? merchantId) =>
        merchantId is { } id ? string.Create(CultureInfo.InvariantCulture, $"{listPage}?{FrameUrls.MerchantParameter}={id}") : listPage;
}
