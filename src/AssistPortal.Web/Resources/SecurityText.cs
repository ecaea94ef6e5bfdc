namespace AssistPortal.Web.Resources;

/// <summary>Texts of a person's own security: sessions, second factor, passkeys.</summary>
public sealed class SecurityText;
