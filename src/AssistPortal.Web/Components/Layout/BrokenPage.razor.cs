using Microsoft.AspNetCore.Components;

namespace AssistPortal.Web.Components.Layout;

/// <summary>What stands where a page broke: what that means for the money, and the number to give to the administrator.</summary>
public sealed partial class BrokenPage
{
    private string _number = "";

    [Parameter, EditorRequired] public required Exception Exception { get; set; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required ILogger<BrokenPage> Logger { get; init; }

    protected override void OnInitialized()
    {
        _number = Guid.CreateVersion7().ToString("N")[^12..];
        Log(Logger, Exception, _number, new Uri(Navigation.Uri).AbsolutePath);
    }

    private void Reload() => Navigation.Refresh(forceReload: true);

    [LoggerMessage(Level = LogLevel.Error, Message = "The page {Path} broke, error number {ErrorNumber}")]
    private static partial void Log(ILogger logger, Exception exception, string errorNumber, string path);
}
