namespace AssistPortal.TestKit;

/// <summary>A folder of its own under the system's temporary folder, gone with its contents when disposed.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("assistportal-").FullName;

    /// <summary>Full name of a file or folder inside; nothing is created.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
