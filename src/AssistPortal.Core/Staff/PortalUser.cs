using Microsoft.AspNetCore.Identity;

namespace AssistPortal.Core.Staff;

/// <summary>A member of the staff; signs in with the e-mail.</summary>
public sealed class PortalUser : IdentityUser<Guid>
{
    /// <summary>Name to show and to write down, at most 100 characters.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Role.</summary>
    public StaffRole Role { get; set; }

    /// <summary>Dismissed: may not sign in, and a session that is open ends.</summary>
    public bool IsDismissed { get; set; }

    /// <summary>Merchants granted; an administrator sees all without a grant.</summary>
    public ICollection<MerchantGrant> Grants { get; } = [];
}

/// <summary>A merchant a person may see.</summary>
public sealed class MerchantGrant
{
    /// <summary>The person.</summary>
    public Guid UserId { get; set; }

    /// <summary>Merchant_ID.</summary>
    public int MerchantId { get; set; }
}
