namespace AssistPortal.Sandbox.PayPages;

/// <summary>Pages run no script, load nothing from elsewhere, stand in nobody's frame, stay in no cache and tell no other site their address.</summary>
internal static class PageHeaders
{
    public static void Write(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
