namespace AssistPortal.Sandbox.Store;

/// <summary>Single values that outlive a restart.</summary>
internal static class Settings
{
    public static string? Get(Session session, string key) =>
        session.Query("SELECT value FROM setting WHERE key = $1", row => row.GetString(0), key).SingleOrDefault();

    public static void Set(Session session, string key, string value) =>
        session.Execute("INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value);
}
