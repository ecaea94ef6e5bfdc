using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Audit;

/// <summary>
/// The anchors outside the database: <c>audit-anchors.txt</c> in <see cref="AuditOptions.Folder"/>, only ever appended to, a line a day:
/// the day, the number of the last entry and its seal, each after a space.
/// </summary>
public sealed class AnchorFile(IOptions<AuditOptions> options)
{
    /// <summary>Full name of the file.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(options.Value.Folder, "audit-anchors.txt"));

    /// <summary>What the file holds, in its order; nothing when there is none.</summary>
    public async Task<AnchorLines> ReadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Path))
        {
            return new AnchorLines([], 0);
        }

        List<AuditAnchor> anchors = [];
        var unreadable = 0;
        await foreach (var line in File.ReadLinesAsync(Path, cancellationToken))
        {
            if (Read(line) is { } anchor)
            {
                anchors.Add(anchor);
            }
            else
            {
                unreadable++;
            }
        }

        return new AnchorLines(anchors, unreadable);
    }

    /// <summary>Appends anchors; they are on the disk when it returns.</summary>
    public async Task AppendAsync(IEnumerable<AuditAnchor> anchors, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        await using var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.Read);
        await file.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(anchors.Select(anchor => Line(anchor) + "\n"))), cancellationToken);
        file.Flush(flushToDisk: true);
    }

    /// <summary>An anchor as the file and the log have it.</summary>
    public static string Line(AuditAnchor anchor) => string.Create(CultureInfo.InvariantCulture, $"{anchor.Day:yyyy-MM-dd} {anchor.Seq} {Convert.ToHexStringLower(anchor.Hash)}");

    private static AuditAnchor? Read(string line) =>
        line.Split(' ') is [var day, var seq, { Length: AuditKeys.HashLength * 2 } hash]
        && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && hash.All(char.IsAsciiHexDigit)
            ? new AuditAnchor { Day = date, Seq = number, Hash = Convert.FromHexString(hash) }
            : null;
}

/// <summary>The anchor file's content.</summary>
/// <param name="Anchors">Anchors in the order of the lines.</param>
/// <param name="Unreadable">Lines that hold none.</param>
public sealed record AnchorLines(IReadOnlyList<AuditAnchor> Anchors, int Unreadable);
