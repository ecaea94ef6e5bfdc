using AssistPortal.Protocol;

namespace AssistPortal.Gateway;

/// <summary>
/// A push as it was read (protocol §13). It is forgeable even when accepted (its seal covers neither the billnumber nor the boundaries of
/// its fields), so it says which order to ask for and nothing more.
/// </summary>
public sealed record PushNotice
{
    /// <summary>How it came.</summary>
    public required PushProtocol Protocol { get; init; }

    /// <summary>Whether it may trigger anything.</summary>
    public required PushVerdict Verdict { get; init; }

    /// <summary>The order, with the operation's number where the push gives it; <see langword="null"/> when it names none.</summary>
    public Billnumber? Billnumber { get; init; }

    /// <summary>The merchant's order number as the push says it, without control characters; at most 128 characters.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>The order's date as the push says it, UTC; <see langword="null"/> when missing or broken.</summary>
    public DateTimeOffset? OrderDate { get; init; }

    /// <summary>packetdate as it was written, for the echo; <see langword="null"/> when it is no instant.</summary>
    public string? PacketDate { get; init; }

    /// <summary>The documented fields in the order they came, masked and cut: card, names, e-mail and seals can't be read from them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];
}
