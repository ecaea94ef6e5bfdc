using System.Collections.Frozen;
using System.Globalization;

namespace AssistPortal.Protocol;

/// <summary>
/// The pair with which the gateway refuses a request it can't process (protocol §2): class and object. 0/0 is success. A declined
/// operation is no such error: it comes with 0/0 and a <see cref="ResponseCode"/>.
/// </summary>
/// <param name="First">firstcode: the class of the error.</param>
/// <param name="Second">secondcode: the parameter, object or operation it speaks of.</param>
public readonly record struct ErrorCode(int First, int Second)
{
    /// <summary>No error.</summary>
    public static readonly ErrorCode None = new(0, 0);

    /// <summary>Order not found, or no data in the period.</summary>
    public static readonly ErrorCode NoOrder = new(10, 201);

    /// <summary>Whether the pair says success.</summary>
    public bool IsNone => First == 0 && Second == 0;

    /// <summary>One sentence for a person: what was refused and about what.</summary>
    public LocalText Text
    {
        get
        {
            var first = Classes.GetValueOrDefault(First) ?? new LocalText($"неизвестный класс ошибки {First}", $"unknown class of error {First}");
            if (Second == 0)
            {
                return new(Capital(first.Ru), Capital(first.En));
            }

            var second = Objects.GetValueOrDefault(Second) ?? new LocalText($"неизвестный объект {Second}", $"unknown object {Second}");
            return new($"{Capital(first.Ru)}: {second.Ru}", $"{Capital(first.En)}: {second.En}");
        }
    }

    /// <summary>The pair as support asks for it: <c>10/201</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}/{Second}");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static readonly FrozenDictionary<int, LocalText> Classes = new Dictionary<int, LocalText>
    {
        [0] = new("успешно", "success"),
        [1] = new("ошибка", "error"),
        [2] = new("внутренняя ошибка шлюза", "internal error of the gateway"),
        [3] = new("не передан обязательный параметр", "a required parameter is missing"),
        [4] = new("неверный формат параметра", "wrong format of a parameter"),
        [5] = new("неверное значение параметра", "wrong value of a parameter"),
        [6] = new("неподходящая версия системы", "unsuitable system version"),
        [7] = new("шлюз не принял логин или пароль предприятия", "the gateway didn't accept the merchant's login or password"),
        [8] = new("у пользователя нет прав", "the user has no rights"),
        [9] = new("ошибка шифрования или подписи", "encryption or signature error"),
        [10] = new("объект не найден", "object not found"),
        [11] = new("объект уже есть", "duplicate object"),
        [12] = new("объект заблокирован", "object blocked"),
        [14] = new("объект недоступен", "object forbidden"),
        [15] = new("операция запрещена", "operation forbidden"),
        [16] = new("время операции истекло", "the operation's time expired"),
        [17] = new("превышен лимит", "limit exceeded"),
        [18] = new("подозрение на мошенничество", "suspicion of fraud"),
        [19] = new("доступ запрещён", "access denied"),
        [20] = new("ошибка авторизации 3-D Secure", "3-D Secure authorisation error"),
        [21] = new("операция отклонена", "operation rejected"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<int, LocalText> Objects = new Dictionary<int, LocalText>
    {
        [1] = new("непредвиденная ошибка", "unexpected error"),
        [2] = new("слишком большой ответ", "the generated document is too large"),
        [3] = new("слишком частые запросы", "requests come too often"),
        [4] = new("слишком большой интервал выборки", "the sampling interval is too large"),
        [5] = new("ошибка шифрования ключом", "key encryption error"),
        [6] = new("ошибка расшифровки ключом", "key decryption error"),
        [100] = new("Merchant_ID", "Merchant_ID"),
        [101] = new("логин", "login"),
        [102] = new("пароль", "password"),
        [103] = new("формат ответа", "answer format"),
        [104] = new("дата", "date"),
        [105] = new("валюта", "currency"),
        [106] = new("номер платёжного средства", "number of the payment means"),
        [107] = new("номер заказа", "order number"),
        [108] = new("сумма", "amount"),
        [109] = new("признак двустадийности", "two-stage flag"),
        [110] = new("комментарий", "comment"),
        [111] = new("тип платёжного средства", "type of the payment means"),
        [112] = new("месяц срока карты", "expiry month"),
        [113] = new("год срока карты", "expiry year"),
        [114] = new("держатель карты", "cardholder"),
        [115] = new("код проверки карты", "card verification code"),
        [116] = new("IP-адрес клиента", "client IP address"),
        [117] = new("фамилия", "last name"),
        [118] = new("имя", "first name"),
        [119] = new("отчество", "middle name"),
        [120] = new("e-mail", "e-mail"),
        [121] = new("адрес", "address"),
        [122] = new("телефон", "phone"),
        [123] = new("город", "city"),
        [124] = new("регион", "region"),
        [125] = new("почтовый индекс", "postal code"),
        [126] = new("тип лимита", "limit type"),
        [127] = new("язык", "language"),
        [128] = new("страна", "country"),
        [129] = new("начало периода", "start of the period"),
        [130] = new("конец периода", "end of the period"),
        [131] = new("признак успешности", "success flag"),
        [132] = new("признак сжатия", "zip flag"),
        [133] = new("заголовок", "header"),
        [134] = new("второй заголовок", "second header"),
        [135] = new("разделитель", "delimiter"),
        [136] = new("открывающий разделитель", "opening delimiter"),
        [137] = new("закрывающий разделитель", "closing delimiter"),
        [138] = new("разделитель строк", "row delimiter"),
        [139] = new("список полей", "list of fields"),
        [140] = new("SSL", "SSL"),
        [141] = new("логин или пароль", "login or password"),
        [142] = new("срок карты", "card expiry"),
        [143] = new("billnumber", "billnumber"),
        [144] = new("код защиты", "protect code"),
        [145] = new("тип операции", "operation type"),
        [146] = new("состояние операции", "operation state"),
        [147] = new("серия рекуррентного платежа", "series of the recurrent payment"),
        [148] = new("номер рекуррентного платежа", "number of the recurrent payment"),
        [149] = new("Assist ID", "Assist ID"),
        [150] = new("PIN", "PIN"),
        [153] = new("номер билета или PNR", "ticket number or PNR"),
        [154] = new("URL", "URL"),
        [155] = new("номер транзакции", "transaction number"),
        [156] = new("терминал", "terminal"),
        [157] = new("идентификатор точки", "merchant terminal id"),
        [158] = new("checkvalue", "checkvalue"),
        [159] = new("BIN карты", "card BIN"),
        [161] = new("номер для оплаты", "billing number"),
        [163] = new("состояние транзакции", "transaction state"),
        [164] = new("состояние заказа", "order state"),
        [165] = new("тип транзакции", "transaction type"),
        [167] = new("курс валюты", "currency rate"),
        [170] = new("код результата", "response code"),
        [173] = new("IP-адрес", "IP address"),
        [176] = new("PNR", "PNR"),
        [177] = new("способ оплаты", "payment mode"),
        [179] = new("чек", "cheque"),
        [185] = new("способ отправки счёта", "way of sending the bill"),
        [186] = new("тип хеша", "hash type"),
        [187] = new("номер счёта", "bill number"),
        [188] = new("шаблон номера счёта", "template of bill numbers"),
        [189] = new("идентификатор счёта", "bill id"),
        [190] = new("состояние счёта", "bill state"),
        [200] = new("предприятие", "merchant"),
        [201] = new("заказ", "order"),
        [202] = new("покупатель", "customer"),
        [203] = new("карта", "card"),
        [204] = new("банк", "bank"),
        [205] = new("процессинг", "processing"),
        [206] = new("терминал", "terminal"),
        [207] = new("страна", "country"),
        [208] = new("валюта", "currency"),
        [209] = new("курс валюты", "currency rate"),
        [210] = new("комиссия", "commission"),
        [211] = new("лимит", "limit"),
        [212] = new("параметр TestMode", "parameter TestMode"),
        [213] = new("параметр PaymentType", "parameter PaymentType"),
        [214] = new("шаблон", "template"),
        [215] = new("SOAP-пакет", "SOAP packet"),
        [216] = new("операция", "operation"),
        [217] = new("тип платёжного средства", "type of the payment means"),
        [218] = new("платёжное средство", "payment means"),
        [220] = new("транзакция", "transaction"),
        [221] = new("пользователь", "user"),
        [225] = new("юридическое лицо", "legal entity"),
        [226] = new("компания", "company"),
        [228] = new("счёт", "bill"),
        [300] = new("отмена авторизации", "cancellation of the authorisation"),
        [301] = new("возврат", "refund"),
        [302] = new("финансовое подтверждение", "financial confirmation"),
        [305] = new("отмена финансовой транзакции", "cancellation of the financial transaction"),
        [306] = new("оплата", "payment"),
        [307] = new("подтверждение оплаты", "confirmation of the payment"),
        [308] = new("отмена оплаты", "cancellation of the payment"),
        [309] = new("аннулирование счёта", "annulment of the bill"),
        [320] = new("рекуррентный платёж", "recurrent payment"),
        [350] = new("веб-сервис", "web service"),
        [400] = new("ошибка сервера аутентификации", "Directory Server error"),
        [402] = new("ожидание 3-D Secure", "waiting for 3-D Secure"),
        [403] = new("авторизация запрещена сервером аутентификации", "authorisation forbidden by the Directory Server"),
    }.ToFrozenDictionary();
}
