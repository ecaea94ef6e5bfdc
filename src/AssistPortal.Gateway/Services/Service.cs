namespace AssistPortal.Gateway;

/// <summary>A web service of the gateway.</summary>
/// <param name="Name">The name it has in JSON answers, logs and metrics.</param>
/// <param name="Path">Path below the gateway's address.</param>
internal sealed record Service(string Name, string Path)
{
    public static readonly Service OrderState = new("orderstate", "orderstate/orderstate.cfm");
    public static readonly Service OrderResult = new("orderresult", "orderresult/orderresult.cfm");
    public static readonly Service ResultByDate = new("resultbydate", "resultbydate/resultbydate.cfm");
    public static readonly Service Charge = new("charge", "charge/charge.cfm");
    public static readonly Service Cancel = new("cancel", "cancel/cancel.cfm");
    public static readonly Service WsCancel = new("wscancel", "cancel/wscancel.cfm");
}
