namespace AssistPortal.Web.Resources;

/// <summary>Texts of states, problems, times and what else several pages say.</summary>
public sealed class SharedText;
