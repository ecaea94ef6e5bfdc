namespace AssistPortal.Web.Resources;

/// <summary>Texts of the staff pages.</summary>
public sealed class StaffText;
