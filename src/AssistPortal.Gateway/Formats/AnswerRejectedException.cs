namespace AssistPortal.Gateway;

/// <summary>
/// Ends the reading of an answer from any depth; <see cref="AssistClient"/> turns it into the failure it carries. It never leaves the assembly.
/// </summary>
internal sealed class AnswerRejectedException(GatewayFailure failure) : Exception
{
    public GatewayFailure Failure { get; } = failure;

    /// <summary>An answer that can't be read.</summary>
    /// <param name="reason">What was wrong, without any content of the answer.</param>
    public static AnswerRejectedException Unreadable(string reason) => new(new GatewayFailure.Unreadable(reason));
}
