namespace AssistPortal.Core.Sync;

/// <summary>How far the copy of one merchant's orders reaches; one row a merchant. Instants are UTC.</summary>
public sealed class SyncState
{
    /// <summary>Merchant_ID.</summary>
    public int MerchantId { get; set; }

    /// <summary>Everything that ended before this instant is in the copy.</summary>
    public DateTimeOffset DoneUntil { get; set; }

    /// <summary>When the gateway last answered.</summary>
    public DateTimeOffset? LastSuccessAt { get; set; }

    /// <summary>When it was last asked.</summary>
    public DateTimeOffset? LastTryAt { get; set; }

    /// <summary>What went wrong at the last try, invariant and without secrets; <see langword="null"/> when nothing did.</summary>
    public string? LastFailure { get; set; }
}
