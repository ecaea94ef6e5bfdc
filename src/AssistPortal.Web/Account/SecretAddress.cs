namespace AssistPortal.Web.Account;

/// <summary>For pages whose address opens an account: no other page learns it. What they show is kept in no cache, as with every form.</summary>
internal static class SecretAddress
{
    public static void Guard(HttpContext context) => context.Response.Headers["Referrer-Policy"] = "no-referrer";
}
