using AssistPortal.Protocol;
using AssistPortal.Sandbox.Cheques;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>A request for payment, read and checked: the order to make and how its pages behave.</summary>
/// <param name="Draft">The order.</param>
/// <param name="Means">Means offered.</param>
/// <param name="Language">Language of the pages.</param>
/// <param name="Forced">Response code that every authorisation gets.</param>
/// <param name="ReturnOk">Where a buyer who paid goes.</param>
/// <param name="ReturnNo">Where a buyer who didn't pay goes.</param>
internal sealed record PayOrder(
    OrderDraft Draft, PayMeans Means, Language Language, ResponseCode? Forced, string? ReturnOk, string? ReturnNo)
{
    /// <returns>The error, or nothing.</returns>
    public static ErrorCode? Read(WireRequest request, out PayOrder order)
    {
        order = null!;
        if (request.Error is { } unreadable)
        {
            return unreadable;
        }

        if (ReadMerchant(request, out var merchant) is { } noMerchant)
        {
            return noMerchant;
        }

        if (request["OrderNumber"] is not { } ordernumber)
        {
            return new ErrorCode(3, 107);
        }

        if (ReadAmount(request, merchant, out var amount) is { } noAmount)
        {
            return noAmount;
        }

        return RequestSeal.Check(request, merchant, amount.Currency) ?? ReadManner(request, merchant, ordernumber, amount, out order);
    }

    private static ErrorCode? ReadManner(WireRequest request, Merchant merchant, string ordernumber, Money amount, out PayOrder order)
    {
        order = null!;
        if (Flag(request, "Delay", 109, merchant.TwoStageByDefault, out var twoStage) is { } delay)
        {
            return delay;
        }

        if (Flag(request, "TestMode", 212, true, out _) is { } testMode)
        {
            return testMode;
        }

        if (Flag(request, "RecurringIndicator", 320, false, out var recurring) is { } indicator)
        {
            return indicator;
        }

        if (recurring)
        {
            return new ErrorCode(15, 320);
        }

        if (ReadLanguage(request, out var language) is { } noLanguage)
        {
            return noLanguage;
        }

        if (PayMeansFlags.Read(request, twoStage, out var means) is { } noMeans)
        {
            return noMeans;
        }

        ResponseCode? forced = request["DemoResult"] is { } demo ? ResponseCode.FromWire(demo) : null;
        if (forced is { Kind: not (ResponseKind.Completed or ResponseKind.Declined) })
        {
            return new ErrorCode(5, 170);
        }

        if (request["Email"] is { } email && !CustomerEntry.IsEmail(email))
        {
            return new ErrorCode(4, 120);
        }

        if (ReadReturn(request, "URL_RETURN", out var returnAlways) is { } always)
        {
            return always;
        }

        if (ReadReturn(request, "URL_RETURN_OK", out var returnOk) is { } ok)
        {
            return ok;
        }

        if (ReadReturn(request, "URL_RETURN_NO", out var returnNo) is { } no)
        {
            return no;
        }

        if (ReadExtras(request, amount, out var maxPoints, out var convert) is { } extras)
        {
            return extras;
        }

        if (Cheque.Read(request, out var cheque) is { } noCheque)
        {
            return noCheque;
        }

        if (Cheque.Differs(cheque?.Json, amount) is { } otherSum)
        {
            return otherSum;
        }

        var customer = new Customer(
            request["Lastname"] ?? "", request["Firstname"] ?? "", request["Middlename"] ?? "", request["Email"] ?? "");
        order = new PayOrder(
            new OrderDraft(merchant, ordernumber, amount, twoStage, customer, request["OrderComment"] ?? "", request.RemoteIp)
            {
                MaxPoints = maxPoints,
                Convert = convert,
                Cheque = cheque?.Json,
            },
            means, language, forced, returnOk ?? returnAlways, returnNo ?? returnAlways);
        return null;
    }

    public static ErrorCode? ReadLanguage(WireRequest request, out Language language)
    {
        var text = request["Language"]?.ToUpperInvariant();
        language = text == "EN" ? Language.En : Language.Ru;
        return text is null or "RU" or "EN" ? null : new ErrorCode(5, 127);
    }

    private static ErrorCode? ReadMerchant(WireRequest request, out Merchant merchant)
    {
        merchant = null!;
        if (request["Merchant_ID"] is not { } id)
        {
            return new ErrorCode(3, 100);
        }

        if (!FieldLengths.TryReadInteger(id, out var number))
        {
            return new ErrorCode(4, 100);
        }

        if (DemoMerchants.Find(number) is not { } found)
        {
            return new ErrorCode(14, 200);
        }

        merchant = found;
        return null;
    }

    private static ErrorCode? ReadAmount(WireRequest request, Merchant merchant, out Money amount)
    {
        amount = default;
        var currency = request["OrderCurrency"]?.ToUpperInvariant() ?? Merchant.Currency;
        if (!merchant.Currencies.Contains(currency))
        {
            return new ErrorCode(5, 105);
        }

        if (request["OrderAmount"] is not { } text)
        {
            return new ErrorCode(3, 108);
        }

        if (!Money.TryParse(text, currency, out amount))
        {
            return new ErrorCode(4, 108);
        }

        return amount.Minor is > 0 and <= MostMinor ? null : new ErrorCode(5, 108);
    }

    /// <summary>A larger sum couldn't be told apart from a slip of the hand, nor converted within 64 bits.</summary>
    private const long MostMinor = 100_000_000_000_000;

    private static ErrorCode? Flag(WireRequest request, string name, int code, bool otherwise, out bool value)
    {
        var text = request[name];
        value = text is null ? otherwise : text == "1";
        return text is null or "0" or "1" ? null : new ErrorCode(5, code);
    }

    private static ErrorCode? ReadReturn(WireRequest request, string name, out string? address)
    {
        address = null;
        if (request[name] is { } text)
        {
            if (!ReturnAddress.TryRead(text, out var read))
            {
                return new ErrorCode(5, 154);
            }

            address = read;
        }

        return null;
    }

    private static ErrorCode? ReadExtras(WireRequest request, Money amount, out Money maxPoints, out bool convert)
    {
        (maxPoints, convert) = (Money.Zero(Merchant.Currency), true);
        if (request["OrderMaxPoints"] is { } points)
        {
            if (!Money.TryParse(points, Merchant.Currency, out maxPoints))
            {
                return new ErrorCode(4, 108);
            }
        }

        if (request["isConvert"] is { } conversion)
        {
            if (conversion is not ("0" or "1" or "2" or "3" or "4"))
            {
                return new ErrorCode(5, 209);
            }

            convert = conversion != "0" || amount.Currency == Merchant.Currency;
        }

        return null;
    }
}
