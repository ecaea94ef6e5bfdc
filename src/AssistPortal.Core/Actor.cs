using AssistPortal.Core.Staff;

namespace AssistPortal.Core;

/// <summary>Rights a use case asks for.</summary>
public enum Permission
{
    /// <summary>See orders, operations and actions of the granted merchants.</summary>
    View,

    /// <summary>Confirm two-stage payments.</summary>
    Confirm,

    /// <summary>Cancel payments.</summary>
    Cancel,

    /// <summary>Take orders out of the portal as a file.</summary>
    Export,

    /// <summary>Read the audit log.</summary>
    Audit,

    /// <summary>Manage staff and settings.</summary>
    Manage,

    /// <summary>Have a gateway notification worked off again.</summary>
    RepeatPush,
}

/// <summary>Who asks, from where, and what he may do; read from the database for each use, never kept over time.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Name">Name to show and to write down.</param>
/// <param name="Role">Role, from which the permissions follow.</param>
/// <param name="MerchantIds">Merchants granted.</param>
/// <param name="Ip">Address the person came from, if known.</param>
/// <param name="UserAgent">Browser the person came with, if known; at most 256 characters.</param>
public sealed record Actor(Guid UserId, string Name, StaffRole Role, IReadOnlySet<int> MerchantIds, string? Ip = null, string? UserAgent = null)
{
    /// <summary>Whether the role gives the permission.</summary>
    public bool May(Permission permission) => Role.Gives(permission);

    /// <summary>Whether the merchant is granted.</summary>
    public bool Sees(int merchantId) => MerchantIds.Contains(merchantId);
}
