namespace AssistPortal.Core.Staff;

/// <summary>A role a person holds for a merchant or for all; exactly one of <see cref="Role"/> and <see cref="OwnRoleId"/> is set. Instants are UTC.</summary>
public sealed class Assignment
{
    /// <summary>Number of its own, version 7.</summary>
    public Guid Id { get; set; }

    /// <summary>Who holds it.</summary>
    public Guid UserId { get; set; }

    /// <summary>The ready role.</summary>
    public StaffRole? Role { get; set; }

    /// <summary>The own role.</summary>
    public Guid? OwnRoleId { get; set; }

    /// <summary>The own role's row.</summary>
    public OwnRole? OwnRole { get; set; }

    /// <summary>Merchant_ID; <see langword="null"/> for every merchant, present and future.</summary>
    public int? MerchantId { get; set; }

    /// <summary>When it ends by itself; <see langword="null"/> for never. At this instant it gives nothing any more.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>Who gave it; <see langword="null"/> for whoever runs the portal.</summary>
    public Guid? GivenBy { get; set; }

    /// <summary>Since when.</summary>
    public DateTimeOffset GivenAt { get; set; }

    /// <summary>What it gives, over however long it lasts.</summary>
    public IReadOnlyCollection<Permission> Permissions => Role?.Permissions() ?? OwnRole?.Permissions ?? [];
}

/// <summary>A role the owner made himself.</summary>
public sealed class OwnRole
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxName = 60;

    /// <summary>Number, version 7.</summary>
    public Guid Id { get; set; }

    /// <summary>Name, unique, 1–60 characters.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it gives.</summary>
    public IReadOnlyCollection<Permission> Permissions { get; set; } = [];

    /// <summary>Changes with every change: of two people editing at once the second is told.</summary>
    public Guid Version { get; set; }
}

/// <summary>A role by name: a ready one, whose words the page knows, or an own one with the name its maker gave.</summary>
/// <param name="Ready">The ready role.</param>
/// <param name="Own">The own role's name.</param>
public sealed record RoleName(StaffRole? Ready, string? Own);
