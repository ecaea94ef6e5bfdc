using Microsoft.AspNetCore.Identity;

namespace AssistPortal.Core.Data;

/// <summary>
/// Identity shapes its tables by the host's options. They are fixed here, so that no host gets a model that the migrations don't know.
/// Version 3 has the table of passkeys.
/// </summary>
internal static class IdentitySchema
{
    public static void Fix(IdentityOptions options)
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.Stores.MaxLengthForKeys = 128;
    }
}
