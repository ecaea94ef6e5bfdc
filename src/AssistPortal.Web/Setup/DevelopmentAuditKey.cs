using System.Security.Cryptography;
using AssistPortal.Core.Audit;
using Microsoft.Extensions.Options;

namespace AssistPortal.Web.Setup;

/// <summary>In Development the key of the audit log makes itself, beside the data it seals and readable by its owner alone. Anywhere else it is given, or the portal doesn't start.</summary>
internal sealed class DevelopmentAuditKey(IHostEnvironment environment) : IPostConfigureOptions<AuditOptions>
{
    public void PostConfigure(string? name, AuditOptions options)
    {
        if (options.Key.Length == 0 && environment.IsDevelopment())
        {
            options.Key = ReadOrMake(Path.GetFullPath(Path.Combine(options.Folder, "audit.key")));
        }
    }

    private static string ReadOrMake(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (!File.Exists(file))
        {
            // Written aside and then given its name: whoever starts at the same time finds a whole key or none.
            var draft = $"{file}.{Guid.CreateVersion7():N}";
            Write(draft, Convert.ToBase64String(RandomNumberGenerator.GetBytes(AuditOptions.MinKeyLength)));
            try
            {
                File.Move(draft, file, overwrite: false);
            }
            catch (IOException) when (File.Exists(file))
            {
                File.Delete(draft);
            }
        }

        return File.ReadAllText(file).Trim();
    }

    private static void Write(string file, string key)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(file, options);
        writer.Write(key);
    }
}
