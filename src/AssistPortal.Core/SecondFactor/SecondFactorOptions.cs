namespace AssistPortal.Core.SecondFactor;

/// <summary>Who needs a second factor; configuration section <c>SecondFactor</c>.</summary>
public sealed class SecondFactorOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "SecondFactor";

    /// <summary>Whether people who move money or manage the portal must have one.</summary>
    public bool Required { get; set; } = true;

    /// <summary>What authenticator apps and passkeys call the portal.</summary>
    public string Issuer { get; set; } = "AssistPortal";

    /// <summary>Domain that passkeys are bound to; empty for the host name of each request. Passkeys made for one domain are lost with another.</summary>
    public string? Domain { get; set; }
}

/// <summary>Whose second factor is required.</summary>
internal static class SecondFactorRule
{
    /// <summary>Rights that do harm in a stranger's hands: money, people, rules.</summary>
    private static readonly Permission[] Guarded =
    [
        Permission.Confirm, Permission.Cancel, Permission.Approve, Permission.Bulk, Permission.WriteOff, Permission.ClosePeriod, Permission.ManageStaff, Permission.ManagePolicies, Permission.Freeze,
    ];

    public static bool Covers(Rights rights) => Guarded.Any(permission => rights.Everywhere(permission) || rights.MerchantsOf(permission).Count > 0);
}
