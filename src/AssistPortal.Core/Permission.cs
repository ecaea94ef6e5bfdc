namespace AssistPortal.Core;

/// <summary>Rights a use case asks for; each is held for certain merchants. The names are kept in the database: never rename one.</summary>
public enum Permission
{
    /// <summary>See orders, operations, actions and pushes; e-mail, phone and names are masked.</summary>
    View = 0,

    /// <summary>See e-mail, phone and names of payers unmasked.</summary>
    PersonalData = 1,

    /// <summary>Uncover the masked data of one order, with a reason that is written down.</summary>
    Reveal = 2,

    /// <summary>Confirm two-stage payments.</summary>
    Confirm = 3,

    /// <summary>Cancel payments.</summary>
    Cancel = 4,

    /// <summary>Be the second person for an action that needs two.</summary>
    Approve = 5,

    /// <summary>Confirm or cancel many orders at once.</summary>
    Bulk = 6,

    /// <summary>Take data out of the portal as a file.</summary>
    Export = 7,

    /// <summary>Compare the orders with registries of the gateway and the bank.</summary>
    Reconcile = 8,

    /// <summary>Write off a difference.</summary>
    WriteOff = 9,

    /// <summary>Close a period, and open it again.</summary>
    ClosePeriod = 10,

    /// <summary>Invite and dismiss people and give them rights.</summary>
    ManageStaff = 11,

    /// <summary>Change limits and rules.</summary>
    ManagePolicies = 12,

    /// <summary>Read the exchange with the gateway.</summary>
    GatewayLog = 13,

    /// <summary>Stop money actions of a merchant or a person.</summary>
    Freeze = 14,

    /// <summary>Read the audit log and verify it.</summary>
    Audit = 15,

    /// <summary>Have a gateway notification worked off again.</summary>
    RepeatPush = 16,
}
