using AssistPortal.Protocol;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>A refused authorisation in a buyer's words: what happened and what to do.</summary>
internal static class DeclineText
{
    /// <summary>3-D Secure wasn't passed.</summary>
    public static readonly (LocalText What, LocalText Advice) NotConfirmed = (
        new("Банк не подтвердил, что платите вы", "The bank didn't confirm it's you"),
        new("Попробуйте ещё раз и введите код из сообщения банка.", "Try again and enter the code your bank sends."));

    public static (LocalText What, LocalText Advice) Of(ResponseCode code) => code.Wire switch
    {
        "AS101" => (new("Неверные данные карты", "Wrong card details"),
                    new("Проверьте номер, срок и код, попробуйте ещё раз.", "Check the number, expiry and code, then try again.")),
        "AS102" => (new("На карте не хватает средств", "Insufficient funds"),
                    new("Пополните карту или возьмите другую.", "Top up the card or use another one.")),
        "AS104" => (new("Срок карты истёк", "The card has expired"),
                    new("Проверьте срок или возьмите другую карту.", "Check the expiry or use another card.")),
        "AS105" => (new("Превышен лимит по карте", "The card's limit is exceeded"),
                    new("Поднимите лимит в банке или возьмите другую карту.", "Raise the limit with your bank or use another card.")),
        "AS107" => (new("Банк не принял данные", "The bank couldn't take the data"),
                    new("Это временно: попробуйте ещё раз через минуту.", "This will pass: try again in a minute.")),
        "AS108" => (new("Платёж остановлен защитой от мошенничества", "Stopped by fraud protection"),
                    new("Позвоните в банк или возьмите другую карту.", "Call your bank or use another card.")),
        _ => (new("Банк отклонил платёж", "The bank declined the payment"),
              new("Причину знает банк. Возьмите другую карту или позвоните в банк.", "Your bank knows why. Use another card or call the bank.")),
    };
}
