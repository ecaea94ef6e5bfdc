using AssistPortal.Core.Staff;

namespace AssistPortal.Core;

/// <summary>Who asks, from where, and what he may do; read from the database for each use, never kept over time.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Name">Name to show and to write down.</param>
/// <param name="Rights">Permissions × merchants.</param>
/// <param name="Roles">Roles they come from, for the eye only.</param>
/// <param name="Ip">Address the person came from, if known.</param>
/// <param name="UserAgent">Browser the person came with, if known; at most 256 characters.</param>
public sealed record Actor(Guid UserId, string Name, Rights Rights, IReadOnlyList<RoleName> Roles, string? Ip = null, string? UserAgent = null)
{
    /// <summary>The session the person acts in.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>When the person last proved to be himself in this session, beyond the password.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>Whether somebody looks with another's eyes: he sees what the rights show and changes nothing.</summary>
    public bool IsPreview { get; init; }

    /// <summary>Whether the permission is held for at least one merchant.</summary>
    public bool May(Permission permission) => Rights.MerchantsOf(permission).Count > 0;

    /// <summary>Whether the permission is held for the merchant.</summary>
    public bool May(Permission permission, int merchantId) => Rights.MerchantsOf(permission).Contains(merchantId);

    /// <summary>Whether the person knows the merchant at all.</summary>
    public bool Sees(int merchantId) => May(Permission.View, merchantId);
}
