using AssistPortal.Gateway;

namespace AssistPortal.Core.Push;

/// <summary>How a push stands.</summary>
public enum PushState
{
    /// <summary>Accepted and stored; its order is to be asked for, or is being asked for.</summary>
    Received = 0,

    /// <summary>The order was asked for and the copy says what the gateway says.</summary>
    WorkedOff = 1,

    /// <summary>Not accepted; it triggers nothing.</summary>
    Rejected = 2,

    /// <summary>The gateway doesn't know the order, or didn't answer for a day.</summary>
    Failed = 3,
}

/// <summary>What working a push off did to the copy.</summary>
public enum PushEffect
{
    /// <summary>The copy said it already.</summary>
    Nothing = 0,

    /// <summary>The copy of the order changed.</summary>
    Changed = 1,

    /// <summary>The order was new to the portal.</summary>
    NewOrder = 2,
}

/// <summary>
/// A push as it came, with what became of it. It is never believed: it only says which order to ask for. The same body again counts up
/// and makes no second row. Instants are UTC.
/// </summary>
public sealed class PushDelivery
{
    /// <summary>Key, ascending with time.</summary>
    public Guid Id { get; set; }

    /// <summary>Merchant_ID of the address it came to.</summary>
    public int MerchantId { get; set; }

    /// <summary>When it first came.</summary>
    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>Business date of <see cref="ReceivedAt"/> in the merchant's zone.</summary>
    public DateOnly BusinessDate { get; set; }

    /// <summary>How it came.</summary>
    public PushProtocol Protocol { get; set; }

    /// <summary>Media type as the request said it, cut.</summary>
    public string ContentType { get; set; } = "";

    /// <summary>Size of the body in bytes.</summary>
    public int Size { get; set; }

    /// <summary>Address it first came from.</summary>
    public string? Sender { get; set; }

    /// <summary>SHA-256 of the body, hex; unique with the merchant.</summary>
    public string BodyHash { get; set; } = "";

    /// <summary>How often the same body came again.</summary>
    public int Repeats { get; set; }

    /// <summary>When it last came again.</summary>
    public DateTimeOffset? RepeatedAt { get; set; }

    /// <summary>How it was judged.</summary>
    public PushVerdict Verdict { get; set; }

    /// <summary>The order it speaks of, plain.</summary>
    public string? Billnumber { get; set; }

    /// <summary>The operation it speaks of; <see langword="null"/> when it names the order alone.</summary>
    public int? OperationNumber { get; set; }

    /// <summary>The order number it speaks of.</summary>
    public string? OrderNumber { get; set; }

    /// <summary>Order number in upper case, for searches that don't mind the case.</summary>
    public string? OrderNumberSearch { get; set; }

    /// <summary>The order's date as it says it: used as the period of the query when the copy doesn't know the order.</summary>
    public DateTimeOffset? OrderDate { get; set; }

    /// <summary>Its documented fields, masked, as a JSON array of name and text.</summary>
    public string Fields { get; set; } = "[]";

    /// <summary>How it stands.</summary>
    public PushState State { get; set; }

    /// <summary>Since when it stands so.</summary>
    public DateTimeOffset StateAt { get; set; }

    /// <summary>What working it off did; <see langword="null"/> until then.</summary>
    public PushEffect? Effect { get; set; }

    /// <summary>How often its order was asked for in vain since <see cref="StateAt"/>.</summary>
    public int Tries { get; set; }

    /// <summary>Why the last try was in vain, invariant and without secrets.</summary>
    public string? Trouble { get; set; }

    /// <summary>When the worker takes it next; meaningless unless <see cref="PushState.Received"/>.</summary>
    public DateTimeOffset NextTryAt { get; set; }

    /// <summary>The worker that has it.</summary>
    public Guid? Lease { get; set; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>To be worked off as soon as a worker is free.</summary>
    /// <param name="now">UTC.</param>
    internal void Accept(DateTimeOffset now)
    {
        (State, StateAt, Effect) = (PushState.Received, now, null);
        (Tries, Trouble, NextTryAt, Lease, LeaseUntil) = (0, null, now, null, null);
    }

    /// <summary>The order was asked for.</summary>
    internal void Finish(PushEffect effect, DateTimeOffset now)
    {
        (State, StateAt, Effect) = (PushState.WorkedOff, now, effect);
        (Trouble, Lease, LeaseUntil) = (null, null, null);
    }

    /// <summary>There is no use in asking again.</summary>
    internal void Fail(string trouble, DateTimeOffset now)
    {
        (State, StateAt, Trouble) = (PushState.Failed, now, trouble);
        (Lease, LeaseUntil) = (null, null);
    }

    /// <summary>The gateway gave no usable answer; it is asked again later.</summary>
    internal void Wait(string trouble, DateTimeOffset next)
    {
        (Tries, Trouble, NextTryAt) = (Tries + 1, trouble, next);
        (Lease, LeaseUntil) = (null, null);
    }
}
