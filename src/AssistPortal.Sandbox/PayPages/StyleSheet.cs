namespace AssistPortal.Sandbox.PayPages;

/// <summary>Style sheets that travel inside the assembly.</summary>
internal static class StyleSheet
{
    public static string Read(string name)
    {
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
