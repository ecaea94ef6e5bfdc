using System.Globalization;
using System.Text;
using QRCoder;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>A QR code as one path of horizontal bars.</summary>
internal static class QrDrawing
{
    public static Html Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.L);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (rows[y][x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return Html.Of($"""<svg viewBox="0 0 {rows.Count} {rows.Count}" role="img" aria-label="QR" shape-rendering="crispEdges"><path d="{path.ToString()}"/></svg>""");
    }
}
