namespace AssistPortal.Core.Staff;

/// <summary>The ready roles.</summary>
public enum StaffRole
{
    /// <summary>Reads orders, actions and the audit log.</summary>
    Auditor = 0,

    /// <summary>Reads and exports; never moves money.</summary>
    Accountant = 1,

    /// <summary>Reads, confirms and cancels.</summary>
    Operator = 2,

    /// <summary>Everything, for every merchant.</summary>
    Administrator = 3,
}

/// <summary>Which permissions a role gives.</summary>
public static class StaffRoles
{
    /// <summary>Whether the role gives the permission.</summary>
    public static bool Gives(this StaffRole role, Permission permission) => role switch
    {
        StaffRole.Administrator => true,
        StaffRole.Operator => permission is Permission.View or Permission.Confirm or Permission.Cancel or Permission.RepeatPush,
        StaffRole.Accountant => permission is Permission.View or Permission.Export,
        StaffRole.Auditor => permission is Permission.View or Permission.Audit,
        _ => false,
    };
}
