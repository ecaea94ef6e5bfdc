namespace AssistPortal.Web.Resources;

/// <summary>Texts of the frame: navigation, top bar, connection, errors.</summary>
public sealed class FrameText;
