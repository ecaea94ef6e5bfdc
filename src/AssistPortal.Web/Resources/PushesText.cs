namespace AssistPortal.Web.Resources;

/// <summary>Texts of the gateway's notifications.</summary>
public sealed class PushesText;
