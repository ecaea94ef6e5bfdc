using System.Data.Common;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Mail;

namespace AssistPortal.Web.Setup;

/// <summary>Relative paths in the settings are meant from the content root (the project's folder in development, the programme's when installed), not from where someone happened to start it.</summary>
internal static class DataFolder
{
    private const string AuditFolder = $"{AuditOptions.Section}:{nameof(AuditOptions.Folder)}";

    public static void Resolve(WebApplicationBuilder builder)
    {
        var root = builder.Environment.ContentRootPath;
        var configuration = builder.Configuration;
        if (!string.Equals(configuration["Database:Provider"], "Postgres", StringComparison.OrdinalIgnoreCase)
            && configuration["Database:ConnectionString"] is { Length: > 0 } text)
        {
            var connection = new DbConnectionStringBuilder { ConnectionString = text };
            if (connection.TryGetValue("Data Source", out var source) && source is string file && file != ":memory:" && !file.StartsWith("file:", StringComparison.Ordinal))
            {
                connection["Data Source"] = Absolute(root, file);
                configuration["Database:ConnectionString"] = connection.ConnectionString;

                // The audit log's anchors lie beside the database they speak of, unless somebody puts them on another disk.
                configuration[AuditFolder] ??= Path.GetDirectoryName(Absolute(root, file));
            }
        }

        foreach (var folder in new[] { $"{EmbeddedSandboxOptions.Section}:{nameof(EmbeddedSandboxOptions.DataDirectory)}", $"{MailOptions.Section}:{nameof(MailOptions.Folder)}", AuditFolder })
        {
            if (configuration[folder] is { Length: > 0 } path)
            {
                configuration[folder] = Absolute(root, path);
            }
        }
    }

    private static string Absolute(string root, string path) => Path.GetFullPath(path, root);
}
