using AssistPortal.Core.Push;
using AssistPortal.Gateway;
using AssistPortal.Web.Components.Shared;
using AssistPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Pages.Pushes;

/// <summary>How a step of a push's way ended.</summary>
public enum PushStepEnd
{
    Passed,
    Failed,
    Waiting,
    NotReached,
}

/// <summary>One step of a push's way, from its coming to the copy of the order.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="End">How it ended.</param>
/// <param name="Text">What was found.</param>
public sealed record PushStep(string Name, PushStepEnd End, string Text)
{
    /// <summary>The whole way, in the order it was gone.</summary>
    public static IReadOnlyList<PushStep> Of(PushDelivery push, TimeZoneInfo zone, IStringLocalizer<PushesText> texts, IStringLocalizer<SharedText> shared)
    {
        string At(DateTimeOffset instant) => LocalTimes.Text(instant, zone, null, seconds: true, shared);

        PushStep Check(string name, PushVerdict first, PushVerdict last, string passed) =>
            push.Verdict >= first && push.Verdict <= last ? new(texts[name], PushStepEnd.Failed, texts["Why" + push.Verdict])
            : push.Verdict == PushVerdict.Accepted || push.Verdict > last ? new(texts[name], PushStepEnd.Passed, passed)
            : new(texts[name], PushStepEnd.NotReached, texts["NotReached"]);

        return
        [
            new(texts["StepReceived"], PushStepEnd.Passed, texts["ReceivedText", At(push.ReceivedAt), push.Size, push.ContentType.Length > 0 ? push.ContentType : "—", push.Sender ?? "—"]),
            Check("StepRead", PushVerdict.Unreadable, PushVerdict.Unreadable, texts[push.Protocol == PushProtocol.Soap ? "ReadSoap" : "ReadPost"]),
            Check("StepMerchant", PushVerdict.OtherMerchant, PushVerdict.OtherMerchant, $"{push.MerchantId}"),
            Check("StepContent", PushVerdict.NoBillnumber, PushVerdict.NoPacketDate, texts["ContentText", push.OperationNumber is { } number ? $"{push.Billnumber}.{number}" : push.Billnumber ?? "—", push.OrderNumber ?? "—"]),
            Check("StepSeal", PushVerdict.NoSecretWord, PushVerdict.WrongCheckvalue, texts["SealText"]),
            new(texts["StepRepeats"], PushStepEnd.Passed, push.RepeatedAt is { } repeated ? texts["RepeatsText", push.Repeats, At(repeated)] : texts["NoRepeats"]),
            WorkOff(push, At, texts),
        ];
    }

    private static PushStep WorkOff(PushDelivery push, Func<DateTimeOffset, string> at, IStringLocalizer<PushesText> texts) => push.State switch
    {
        PushState.Rejected => new(texts["StepWorkOff"], PushStepEnd.NotReached, texts["NothingTriggered"]),
        PushState.Received when push.Tries > 0 => new(texts["StepWorkOff"], PushStepEnd.Waiting, texts["WaitsText", push.Tries, push.Trouble ?? "", at(push.NextTryAt)]),
        PushState.Received => new(texts["StepWorkOff"], PushStepEnd.Waiting, texts["AsksText"]),
        PushState.Failed => new(texts["StepWorkOff"], PushStepEnd.Failed, texts["FailedText", at(push.StateAt), push.Trouble ?? ""]),
        _ => new(texts["StepWorkOff"], PushStepEnd.Passed, texts["WorkedOffText", at(push.StateAt), texts["Effect" + push.Effect]]),
    };
}
