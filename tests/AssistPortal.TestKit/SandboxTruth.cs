using AssistPortal.Protocol;

namespace AssistPortal.TestKit;

/// <summary>What <c>POST /control/payments</c> answers.</summary>
/// <param name="Billnumber">The order's key.</param>
/// <param name="State">Its state.</param>
/// <param name="Responsecode">Code of the last attempt; <see langword="null"/> when the buyer left without one.</param>
public sealed record SandboxPayment(string Billnumber, string State, string? Responsecode);

/// <summary>An order as the sandbox keeps it (<c>GET /control/orders/{billnumber}</c>): what tests compare with.</summary>
/// <param name="Billnumber">Key.</param>
/// <param name="Ordernumber">The shop's number.</param>
/// <param name="State">State.</param>
/// <param name="AmountMinor">Original amount.</param>
/// <param name="Currency">Original currency.</param>
/// <param name="Operations">All operations in the order of their numbers.</param>
/// <param name="Transactions">What they sent to the processing centre.</param>
public sealed record SandboxTruth(
    string Billnumber,
    string Ordernumber,
    string State,
    long AmountMinor,
    string Currency,
    IReadOnlyList<SandboxOperation> Operations,
    IReadOnlyList<SandboxTransaction> Transactions)
{
    /// <summary>Operations of a type, failed ones included.</summary>
    public IReadOnlyList<SandboxOperation> Of(OperationType type) => [.. Operations.Where(operation => operation.Type == type.Code)];

    /// <summary>Successful operations of a type.</summary>
    public IReadOnlyList<SandboxOperation> Successful(OperationType type) =>
        [.. Of(type).Where(operation => operation.Responsecode == ResponseCode.Completed.Wire)];
}

/// <summary>An operation as the sandbox keeps it.</summary>
/// <param name="Number">Number within the order, from 1.</param>
/// <param name="Type">100, 200, 300, 500.</param>
/// <param name="State">N, P, S, F or T.</param>
/// <param name="AmountMinor">Amount.</param>
/// <param name="Currency">Currency.</param>
/// <param name="Responsecode">AS000 …</param>
/// <param name="ExternalRefundId">The id a cancellation came with.</param>
public sealed record SandboxOperation(int Number, int Type, string State, long AmountMinor, string Currency, string Responsecode, string? ExternalRefundId)
{
    /// <summary>Amount and currency.</summary>
    public Money Amount => new(AmountMinor, Currency);
}

/// <summary>A transaction of the sandbox's processing centre.</summary>
/// <param name="Operation">Number of the operation.</param>
/// <param name="Kind">authorization, financial, void, refund.</param>
/// <param name="State">queued, done, declined, withdrawn.</param>
/// <param name="AmountMinor">Amount.</param>
/// <param name="Currency">Currency.</param>
public sealed record SandboxTransaction(int Operation, string Kind, string State, long AmountMinor, string Currency);
