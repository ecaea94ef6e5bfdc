namespace AssistPortal.Protocol;

/// <summary>
/// The state of an order as the wire says it (protocol §11.1). A text the table doesn't know is kept and shown as it is.
/// </summary>
/// <param name="Wire">The wire's text, trimmed, for example <c>In Process</c>.</param>
public readonly record struct OrderState(string Wire)
{
    /// <summary>Created, not finished.</summary>
    public static readonly OrderState InProcess = new("In Process");

    /// <summary>Two-stage: authorised, waits for confirmation.</summary>
    public static readonly OrderState Delayed = new("Delayed");

    /// <summary>Paid: one-stage, or two-stage confirmed in full.</summary>
    public static readonly OrderState Approved = new("Approved");

    /// <summary>Paid for a part of the order amount; documented as not used.</summary>
    public static readonly OrderState PartialApproved = new("PartialApproved");

    /// <summary>Confirmed for a part of the authorised amount.</summary>
    public static readonly OrderState PartialDelayed = new("PartialDelayed");

    /// <summary>Cancelled for the full amount.</summary>
    public static readonly OrderState Canceled = new("Canceled");

    /// <summary>Cancelled for a part.</summary>
    public static readonly OrderState PartialCanceled = new("PartialCanceled");

    /// <summary>The payment failed.</summary>
    public static readonly OrderState Declined = new("Declined");

    /// <summary>Closed by time-out.</summary>
    public static readonly OrderState Timeout = new("Timeout");

    /// <summary>The nine states of the table, in the order they are listed on screen.</summary>
    public static readonly IReadOnlyList<OrderState> All =
        [InProcess, Delayed, Approved, PartialApproved, PartialDelayed, Canceled, PartialCanceled, Declined, Timeout];

    /// <summary>Whether the state is one of the nine.</summary>
    public bool IsKnown => All.Contains(this);

    /// <summary>Reads the wire's text: trimmed, and matched to the table without regard to case or inner blanks.</summary>
    public static OrderState FromWire(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        foreach (var state in All)
        {
            if (string.Equals(Squeeze(state.Wire), Squeeze(trimmed), StringComparison.OrdinalIgnoreCase))
            {
                return state;
            }
        }

        return new OrderState(trimmed);
    }

    /// <summary>The wire's text.</summary>
    public override string ToString() => Wire;

    private static string Squeeze(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}
