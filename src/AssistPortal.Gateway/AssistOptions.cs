namespace AssistPortal.Gateway;

/// <summary>Where the gateway is and as whom the portal speaks to it; configuration section <c>Assist</c>.</summary>
public sealed class AssistOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Assist";

    /// <summary>Root address of the gateway, for example <c>https://payments.paysecure.ru</c>. Redirects away from it are never followed.</summary>
    public Uri? Address { get; set; }

    /// <summary>How long one try of a query may take; 1–120 s.</summary>
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a command may wait for its answer before its outcome counts as unknown; 1–300 s.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The merchants the portal works for.</summary>
    public IList<AssistMerchant> Merchants { get; set; } = [];
}

/// <summary>The credentials of one merchant. Values come from the environment or a protected file; they are never stored, shown or logged.</summary>
public sealed class AssistMerchant
{
    /// <summary>Merchant_ID.</summary>
    public int Id { get; set; }

    /// <summary>Login of a gateway user with rights on the web services.</summary>
    public string Login { get; set; } = "";

    /// <summary>Its password.</summary>
    public string Password { get; set; } = "";

    /// <summary>Secret word of the checkvalue; <see langword="null"/> or empty when the merchant has none, and answers are then taken unproven.</summary>
    public string? SecretWord { get; set; }

    /// <summary>Whether the merchant is in the gateway's test mode (<c>TestMode</c> of resultbydate).</summary>
    public bool TestMode { get; set; }

    /// <summary>Whether the gateway's pushes are taken, and the answer it expects to them. A merchant without a secret word accepts none.</summary>
    public PushReply PushReply { get; set; }
}
