using AssistPortal.Protocol;

namespace AssistPortal.Gateway;

/// <summary>What a query brought: an answer or the reason there is none.</summary>
/// <typeparam name="T">What the answer holds.</typeparam>
public abstract record GatewayResult<T>
{
    private GatewayResult()
    {
    }

    /// <summary>The gateway answered and the answer could be read and, where it is sealed, trusted.</summary>
    public sealed record Answered(T Value) : GatewayResult<T>;

    /// <summary>No usable answer.</summary>
    public sealed record Failed(GatewayFailure Failure) : GatewayResult<T>;
}

/// <summary>Every way in which the gateway gives no usable answer.</summary>
public abstract record GatewayFailure
{
    private GatewayFailure()
    {
    }

    /// <summary>One or two sentences for a person: what happened and what to do.</summary>
    public abstract LocalText Text { get; }

    /// <summary>The cause in a few invariant words without secrets, the same for the same cause; for logs and the record of an exchange.</summary>
    public abstract string Brief { get; }

    /// <summary>The gateway understood and refused the request (firstcode/secondcode).</summary>
    public sealed record Refused(ErrorCode Code) : GatewayFailure
    {
        /// <inheritdoc/>
        public override LocalText Text => Code.Text;

        /// <inheritdoc/>
        public override string Brief => $"refused with {Code}";
    }

    /// <summary>No answer came: address, connection, TLS, time-out, a closed connection, or an HTTP status other than 200.</summary>
    /// <param name="NothingSent">Whether it is certain that no byte of the request left (name, connect or TLS failure).</param>
    /// <param name="HttpStatus">The status when one came.</param>
    /// <param name="Detail">Technical cause without secrets, invariant.</param>
    public sealed record Transport(bool NothingSent, int? HttpStatus, string Detail) : GatewayFailure
    {
        /// <inheritdoc/>
        public override string Brief => HttpStatus is { } status ? FormattableString.Invariant($"HTTP status {status}") : NothingSent ? "no connection" : "no answer";

        /// <inheritdoc/>
        public override LocalText Text => new(
            "Шлюз не ответил. Данные портала могут отставать; запрос повторится сам.",
            "The gateway didn't answer. The portal's data may be behind; the request is repeated by itself.");
    }

    /// <summary>An answer came that isn't what the protocol promises (HTML, cut off, an amount that is no amount …).</summary>
    /// <param name="Reason">What was wrong, without contents, invariant.</param>
    public sealed record Unreadable(string Reason) : GatewayFailure
    {
        /// <inheritdoc/>
        public override string Brief => "unreadable answer";

        /// <inheritdoc/>
        public override LocalText Text => new(
            "Шлюз ответил непонятно. Ответ не использован; если повторяется, обратитесь в поддержку шлюза.",
            "The gateway's answer can't be read. It wasn't used; if it happens again, ask the gateway's support.");
    }

    /// <summary>The checkvalue is missing or wrong although the merchant has a secret word: an alarm, the answer isn't used.</summary>
    /// <param name="OrderNumber">Order number of the mistrusted answer.</param>
    public sealed record Mistrusted(string OrderNumber) : GatewayFailure
    {
        /// <inheritdoc/>
        public override string Brief => "the answer's checkvalue is wrong";

        /// <inheritdoc/>
        public override LocalText Text => new(
            "Подпись ответа шлюза не сошлась, ответ не использован. Проверьте секретное слово предприятия и сообщите администратору.",
            "The seal of the gateway's answer is wrong, the answer wasn't used. Check the merchant's secret word and tell the administrator.");
    }
}
