using AssistPortal.Protocol;

namespace AssistPortal.Gateway;

/// <summary>
/// The verdict table: what may be concluded after a command was sent once. Whatever isn't certain is <see cref="CommandVerdict.Unknown"/>,
/// because a wrong certainty moves money twice or loses it.
/// </summary>
internal static class CommandVerdicts
{
    /// <summary>The verdict of an answer or of its lack.</summary>
    /// <param name="failure">Why there is no usable answer; <see langword="null"/> when there is one.</param>
    /// <param name="codes">Response codes of the operations that carry out the command; wscancel may have several.</param>
    public static CommandVerdict Of(GatewayFailure? failure, IReadOnlyCollection<ResponseCode> codes) => failure switch
    {
        GatewayFailure.Transport { NothingSent: true } => CommandVerdict.NothingSent,
        GatewayFailure.Refused refused when DidNothing(refused.Code.First) => CommandVerdict.Refused,
        not null => CommandVerdict.Unknown,
        null when codes.Count > 0 && codes.All(code => code.Kind == ResponseKind.Completed) => CommandVerdict.Succeeded,
        null when codes.Count > 0 && codes.All(code => code.Kind == ResponseKind.Declined) => CommandVerdict.Declined,
        null => CommandVerdict.Unknown,
    };

    /// <summary>Whether a class of error is certain to come before anything is done.</summary>
    private static bool DidNothing(int firstcode) => firstcode switch
    {
        3 => true, // a required parameter is missing
        4 => true, // format of a parameter
        5 => true, // value of a parameter
        7 => true, // authentication
        8 => true, // authorisation of the user
        10 => true, // object missing
        12 => true, // object blocked
        14 => true, // forbidden object
        15 => true, // forbidden operation
        17 => true, // limits
        19 => true, // access denied
        _ => false,
    };
}
