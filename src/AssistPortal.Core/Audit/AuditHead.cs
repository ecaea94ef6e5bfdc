namespace AssistPortal.Core.Audit;

/// <summary>The end of the chain. One row; whoever seals entries holds it, as the last lock of the transaction.</summary>
public sealed class AuditHead
{
    /// <summary>Always 1.</summary>
    public int Id { get; set; } = 1;

    /// <summary><see cref="AuditEntry.Seq"/> of the last entry; 0 when there is none.</summary>
    public long Seq { get; set; }

    /// <summary>Its <see cref="AuditEntry.Hash"/>; zeros before the first sealed one.</summary>
    public byte[] Hash { get; set; } = new byte[AuditKeys.HashLength];

    /// <summary>Which <see cref="AuditOptions.Key"/> seals, see <see cref="AuditKeys.Id"/>; <see langword="null"/> before the first sealed entry.</summary>
    public string? KeyId { get; set; }
}

/// <summary>The head as it stood on a day, kept a second time outside the database: whoever cuts the log back can't cut back both.</summary>
public sealed class AuditAnchor
{
    /// <summary>UTC day on which it was taken.</summary>
    public DateOnly Day { get; set; }

    /// <summary><see cref="AuditHead.Seq"/>, which is also the number of entries.</summary>
    public long Seq { get; set; }

    /// <summary><see cref="AuditHead.Hash"/>.</summary>
    public byte[] Hash { get; set; } = [];
}
