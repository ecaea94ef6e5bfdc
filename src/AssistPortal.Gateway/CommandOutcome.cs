using AssistPortal.Protocol;

namespace AssistPortal.Gateway;

/// <summary>What is known of a command after its one sending.</summary>
public enum CommandVerdict
{
    /// <summary>AS000: the money moved.</summary>
    Succeeded,

    /// <summary>AS100–AS109: the operation was tried and declined; no money moved.</summary>
    Declined,

    /// <summary>The gateway refused the request with a class of error that is certain to have done nothing.</summary>
    Refused,

    /// <summary>No byte left the portal (name, connect or TLS failure): sending again is safe.</summary>
    NothingSent,

    /// <summary>Anything else: the command may or may not have been carried out.</summary>
    Unknown,
}

/// <summary>The result of sending a command once.</summary>
/// <param name="Verdict">What may be concluded.</param>
/// <param name="ResponseCode">Response code, when an answer gave one.</param>
/// <param name="Failure">Why there was no usable answer, when there was none.</param>
/// <param name="State">Order state the answer gave.</param>
/// <param name="Operations">Operations the answer gave; wscancel may give several.</param>
/// <param name="Duration">From sending to the answer or its loss.</param>
public sealed record CommandOutcome(
    CommandVerdict Verdict,
    ResponseCode? ResponseCode,
    GatewayFailure? Failure,
    OrderState? State,
    IReadOnlyList<OperationSnapshot> Operations,
    TimeSpan Duration);
