namespace AssistPortal.Web.Resources;

/// <summary>Texts of the list of actions.</summary>
public sealed class ActionsText;
