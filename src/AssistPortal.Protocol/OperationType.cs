namespace AssistPortal.Protocol;

/// <summary>The type of an operation as the wire numbers it (protocol §11.2). A number the table doesn't know is kept.</summary>
/// <param name="Code">The wire's number.</param>
public readonly record struct OperationType(int Code)
{
    /// <summary>Payment; in two-stage orders the authorisation.</summary>
    public static readonly OperationType Payment = new(100);

    /// <summary>Confirmation of a two-stage payment (<c>charge</c>).</summary>
    public static readonly OperationType Confirmation = new(200);

    /// <summary>Cancellation: void or refund, the gateway picks.</summary>
    public static readonly OperationType Cancellation = new(300);

    /// <summary>Accrual of bonus points; no money of the order.</summary>
    public static readonly OperationType Accrual = new(500);

    /// <summary>Whether the number is one of the table.</summary>
    public bool IsKnown => this == Payment || this == Confirmation || this == Cancellation || this == Accrual;

    /// <summary>The wire's number.</summary>
    public override string ToString() => Code.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
