namespace AssistPortal.Sandbox.PayPages;

/// <summary>Where the buyer goes back to: an address of the web and nothing else, with the order's numbers added.</summary>
internal static class ReturnAddress
{
    /// <summary>Relative addresses, other schemes and addresses with a user name in front of the host are refused.</summary>
    public static bool TryRead(string text, out string address)
    {
        var web = Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri.UserInfo.Length == 0;
        address = web ? uri!.AbsoluteUri : "";
        return web;
    }

    /// <summary>The address with <c>billnumber</c> and <c>ordernumber</c> behind whatever query it has.</summary>
    public static string For(string address, string billnumber, string ordernumber)
    {
        var uri = new Uri(address);
        var query = uri.Query.Length > 1 ? uri.Query + "&" : "?";
        return $"{uri.GetLeftPart(UriPartial.Path)}{query}billnumber={Uri.EscapeDataString(billnumber)}&ordernumber={Uri.EscapeDataString(ordernumber)}{uri.Fragment}";
    }

    public static string HostOf(string address) => new Uri(address).Host;
}
