namespace AssistPortal.Core.Staff;

/// <summary>The ready roles.</summary>
public enum StaffRole
{
    /// <summary>Reads orders, actions and the audit log.</summary>
    Auditor = 0,

    /// <summary>Reads, exports, reconciles and closes periods; never moves money.</summary>
    Accountant = 1,

    /// <summary>Reads, confirms and cancels.</summary>
    Operator = 2,

    /// <summary>Everything.</summary>
    Owner = 3,

    /// <summary>An operator who also approves, works in bulk and can stop everything.</summary>
    Supervisor = 4,

    /// <summary>Answers the buyer: reads with masking and uncovers single orders.</summary>
    Support = 5,

    /// <summary>Looks after the shop's connection: pushes and the exchange with the gateway, no personal data, no money.</summary>
    Developer = 6,
}

/// <summary>Which permissions a ready role gives.</summary>
public static class StaffRoles
{
    private static readonly Dictionary<StaffRole, IReadOnlyList<Permission>> All = new()
    {
        [StaffRole.Owner] = Enum.GetValues<Permission>(),
        [StaffRole.Supervisor] =
        [
            Permission.View, Permission.PersonalData, Permission.Confirm, Permission.Cancel, Permission.Approve, Permission.Bulk, Permission.Export,
            Permission.Freeze, Permission.RepeatPush,
        ],
        [StaffRole.Operator] = [Permission.View, Permission.PersonalData, Permission.Confirm, Permission.Cancel, Permission.RepeatPush],
        [StaffRole.Support] = [Permission.View, Permission.Reveal],
        [StaffRole.Accountant] = [Permission.View, Permission.Reveal, Permission.Export, Permission.Reconcile, Permission.WriteOff, Permission.ClosePeriod],
        [StaffRole.Auditor] = [Permission.View, Permission.Reveal, Permission.GatewayLog, Permission.Audit],
        [StaffRole.Developer] = [Permission.View, Permission.GatewayLog, Permission.RepeatPush],
    };

    /// <summary>The roles in the order in which people meet them.</summary>
    public static IReadOnlyCollection<StaffRole> Ready => All.Keys;

    /// <summary>What the role gives; nothing for a value that is no role.</summary>
    public static IReadOnlyList<Permission> Permissions(this StaffRole role) => All.GetValueOrDefault(role, []);
}
