namespace AssistPortal.Web.Resources;

/// <summary>Texts of the account pages.</summary>
public sealed class AccountText;
