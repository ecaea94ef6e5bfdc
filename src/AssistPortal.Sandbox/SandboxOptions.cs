namespace AssistPortal.Sandbox;

/// <summary>What the sandbox starts with.</summary>
public enum SandboxSeed
{
    /// <summary>Merchants and some hundreds of orders of the last 30 days.</summary>
    Demo,

    /// <summary>Merchants alone.</summary>
    None,
}

/// <summary>How one sandbox runs. Several may run in one process, each with its own folder and address.</summary>
public sealed record SandboxOptions
{
    /// <summary>Address to listen on. A free port: <c>http://127.0.0.1:0</c>; the real one stands in <c>app.Urls</c> after the start.</summary>
    public string Url { get; init; } = "http://localhost:5180";

    /// <summary>Folder of <c>sandbox.db</c>; created when missing.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary>What to fill an empty database with; a database that has orders is left as it is.</summary>
    public SandboxSeed Seed { get; init; } = SandboxSeed.Demo;

    /// <summary>New payments a minute made up by the sandbox; 0 for none.</summary>
    public double TrafficPerMinute { get; init; }

    /// <summary>Requests a minute that resultbydate and orderresult take from one merchant, each; 0 for no limit.</summary>
    public int RateLimitPerMinute { get; init; }

    /// <summary>
    /// Where the results of the demo enterprise's merchants are pushed to, for example <c>http://localhost:5080/push/assist/{merchant}</c>;
    /// <c>{merchant}</c> stands for the Merchant_ID. It is set at the start for each of them that has no push setting of its own.
    /// </summary>
    public string? PushUrl { get; init; }
}
