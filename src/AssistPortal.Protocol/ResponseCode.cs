namespace AssistPortal.Protocol;

/// <summary>What a response code says about the money of its operation.</summary>
public enum ResponseKind
{
    /// <summary>AS000: done.</summary>
    Completed,

    /// <summary>AS100–AS109: the bank, the payment system or a limit said no. No money moved.</summary>
    Declined,

    /// <summary>AS110: the buyer must pass 3-D Secure first; not final.</summary>
    AuthenticationNeeded,

    /// <summary>AS200, AS300: repeat or wait; the outcome isn't known yet.</summary>
    Pending,

    /// <summary>AS400, AS998 and every code the table doesn't know: says nothing certain about the money.</summary>
    Uncertain,
}

/// <summary>A response code of an operation (<c>AS000</c>, protocol §11.4). A code the table doesn't know is kept.</summary>
/// <param name="Wire">The wire's text, trimmed, upper case.</param>
public readonly record struct ResponseCode(string Wire)
{
    /// <summary>Operation completed.</summary>
    public static readonly ResponseCode Completed = new("AS000");

    /// <summary>Reads the wire's text; <see langword="null"/> and blank become the empty code, which is <see cref="ResponseKind.Uncertain"/>.</summary>
    public static ResponseCode FromWire(string? text) => new((text ?? "").Trim().ToUpperInvariant());

    /// <summary>What the code says about the money.</summary>
    public ResponseKind Kind => Wire switch
    {
        "AS000" => ResponseKind.Completed,
        "AS100" or "AS101" or "AS102" or "AS103" or "AS104" or "AS105" or "AS106" or "AS107" or "AS108" or "AS109" => ResponseKind.Declined,
        "AS110" => ResponseKind.AuthenticationNeeded,
        "AS200" or "AS300" => ResponseKind.Pending,
        _ => ResponseKind.Uncertain,
    };

    /// <summary>What the code means, for the merchant's staff.</summary>
    public LocalText Meaning => Texts(Wire).Meaning;

    /// <summary>What to tell the buyer and whether another attempt helps.</summary>
    public LocalText Advice => Texts(Wire).Advice;

    /// <summary>The wire's text.</summary>
    public override string ToString() => Wire;

    private static (LocalText Meaning, LocalText Advice) Texts(string code) => code switch
    {
        "AS000" => (new("Операция выполнена", "Operation completed"),
                    new("Ничего делать не нужно.", "Nothing to do.")),
        "AS100" => (new("Банк отказал в авторизации", "The bank declined the authorisation"),
                    new("Покупателю стоит обратиться в свой банк или заплатить другой картой.", "The buyer should ask the issuing bank or use another card.")),
        "AS101" => (new("Неверные реквизиты карты", "Wrong card details"),
                    new("Попросите проверить номер, срок и код карты и повторить попытку.", "Ask the buyer to check the number, expiry and code, then try again.")),
        "AS102" => (new("На карте не хватает средств", "Insufficient funds"),
                    new("Покупатель может пополнить карту или заплатить другой.", "The buyer can top up the card or use another one.")),
        "AS103" => (new("Авторизация отклонена", "Authorisation declined"),
                    new("Попросите заплатить другой картой.", "Ask the buyer to use another card.")),
        "AS104" => (new("Неверный срок действия карты", "Wrong expiry date of the card"),
                    new("Попросите проверить срок карты; с истёкшей картой повтор не поможет.", "Ask the buyer to check the expiry; an expired card won't pass again.")),
        "AS105" => (new("Превышен лимит операций по карте", "The card's limit is exceeded"),
                    new("Покупателю стоит поднять лимит в банке или заплатить другой картой.", "The buyer can raise the limit with the bank or use another card.")),
        "AS106" => (new("Неверный PIN", "Wrong PIN"),
                    new("Попросите повторить попытку с верным PIN.", "Ask the buyer to try again with the right PIN.")),
        "AS107" => (new("Ошибка приёма данных", "Data reception error"),
                    new("Ошибка временная: повтор через несколько минут может пройти.", "A passing fault: another attempt in a few minutes may pass.")),
        "AS108" => (new("Подозрение на мошенничество", "Suspicion of fraud"),
                    new("Не повторяйте платёж; проверьте заказ и покупателя.", "Don't repeat the payment; check the order and the buyer.")),
        "AS109" => (new("Превышен лимит операций АПК Ассист", "A limit of the gateway is exceeded"),
                    new("Повтор сейчас не поможет: уточните лимиты в поддержке шлюза.", "Another attempt won't help now: ask the gateway's support about limits.")),
        "AS110" => (new("Нужна аутентификация 3-D Secure", "3-D Secure authentication needed"),
                    new("Покупатель должен подтвердить платёж в банке.", "The buyer has to confirm the payment with the bank.")),
        "AS200" => (new("Требуется повторить авторизацию", "The authorisation has to be repeated"),
                    new("Исход пока не известен: портал уточнит его у шлюза.", "The outcome isn't known yet: the portal asks the gateway.")),
        "AS300" => (new("Операция выполняется", "Operation in process"),
                    new("Подождите: портал уточнит исход у шлюза.", "Wait: the portal asks the gateway for the outcome.")),
        "AS400" => (new("Платёж с такими параметрами не найден", "No payment with such parameters"),
                    new("Исход пока не известен: портал уточнит его у шлюза.", "The outcome isn't known yet: the portal asks the gateway.")),
        "AS998" => (new("Системная ошибка шлюза", "System error of the gateway"),
                    new("Исход не известен: портал уточнит его; если ошибка повторяется, обратитесь в поддержку шлюза.", "The outcome isn't known: the portal finds it out; if it happens again, ask the gateway's support.")),
        "" => (new("Код результата не передан", "No response code given"),
               new("Исход не известен: портал уточнит его у шлюза.", "The outcome isn't known: the portal asks the gateway.")),
        _ => (new($"Неизвестный код {code}", $"Unknown code {code}"),
              new("Смысл кода уточните в поддержке шлюза.", "Ask the gateway's support what the code means.")),
    };
}
