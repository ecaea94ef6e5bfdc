using System.Globalization;
using System.Text;
using QRCoder;

namespace AssistPortal.Web.Components.Account;

/// <summary>A QR code as one path of unit squares.</summary>
/// <param name="Size">Squares along an edge, with the quiet border.</param>
/// <param name="Path">The dark squares, as the data of an SVG path.</param>
internal sealed record QrDrawing(int Size, string Path)
{
    public static readonly QrDrawing Empty = new(0, "");

    public static QrDrawing Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
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

        return new QrDrawing(rows.Count, path.ToString());
    }
}
