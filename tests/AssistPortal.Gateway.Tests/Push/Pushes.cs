using System.Net;
using System.Text;
using AssistPortal.Protocol;
using Microsoft.Extensions.Options;

namespace AssistPortal.Gateway.Tests.Push;

/// <summary>Pushes as the gateway's log shows them (protocol §13.2, §13.3), sealed with the word the reader knows.</summary>
internal static class Pushes
{
    public const int Merchant = 732614;
    public const string Secret = "secret";
    public const string FormType = "application/x-www-form-urlencoded";

    private static readonly (string Name, string Text)[] Sample =
    [
        ("merchant_id", "732614"), ("ordernumber", "2022.07.11-5"), ("billnumber", "5732614256223415.2"), ("testmode", "0"), ("ordercomment", ""), ("orderamount", "100.00"),
        ("ordercurrency", "BYN"), ("amount", "10.00"), ("currency", "BYN"), ("rate", "1"), ("firstname", "Test"), ("lastname", "Testov"), ("middlename", "T."),
        ("email", "null@assist.by"), ("clientip", "81.211.118.98"), ("ipaddress", "0.0.0.0"), ("meantype_id", "21"), ("meantypename", "Discount"), ("meansubtype", ""),
        ("meannumber", ""), ("cardholder", ""), ("cardexpirationdate", ""), ("issuebank", "UNKNOWN"), ("bankcountry", "UNKNOWN"), ("orderdate", "11.07.2022 07:15:46"),
        ("orderstate", "Approved"), ("responsecode", "AS000"), ("message", ""), ("customermessage", ""), ("recommendation", "SUCCESSFUL AUTHORIZATION"), ("approvalcode", ""),
        ("protocoltypename", ""), ("processingname", "Discount"), ("operationtype", "100"), ("operationdate", "11.07.2022 07:15:51"), ("authresult", ""), ("authrequired", ""),
        ("slipno", ""), ("packetdate", "11.07.2022 07:15:55"), ("signature", ""), ("checkvalue", ""), ("token", ""), ("version", ""), ("alphaauthresult", ""), ("challenge", ""),
        ("eci", "7"),
    ];

    public static PushReader Reader(string? secretWord = Secret, int merchant = Merchant, PushReply reply = PushReply.Xml) =>
        new(Options.Create(new AssistOptions { Merchants = [new AssistMerchant { Id = merchant, SecretWord = secretWord, PushReply = reply }] }));

    public static PushNotice Read(string body, string type = FormType, int merchant = Merchant) =>
        Reader(merchant: type == FormType ? merchant : 744015).Read(type == FormType ? merchant : 744015, type, Encoding.UTF8.GetBytes(body));

    /// <summary>The sample with fields set, added or (with <see langword="null"/>) left out; what is sealed is sealed as it then stands.</summary>
    public static string Form(params (string Name, string? Text)[] changes) => Form(changes, seal: true);

    public static string Form((string Name, string? Text)[] changes, bool seal)
    {
        var fields = Sample.ToDictionary(field => field.Name, field => (string?)field.Text);
        fields["checkvalue"] = Seal(fields);
        foreach (var (name, text) in changes)
        {
            fields[name] = text;
        }

        if (seal && !changes.Any(change => change.Name == "checkvalue"))
        {
            fields["checkvalue"] = Seal(fields);
        }

        return string.Join('&', fields.Where(field => field.Value is not null).Select(field => $"{field.Key}={WebUtility.UrlEncode(field.Value)}"));
    }

    public static string Soap(int operations = 1)
    {
        var seal = Checkvalue.Of(Secret, "744015A-73740.85RUBApproved");
        var inner = string.Concat(Enumerable.Range(1, operations).Select(number =>
            $"<operation><billnumber>5744015100953130.{number}</billnumber><operationtype>100</operationtype><operationstate>Success</operationstate><amount>{(number == operations ? "3740.85" : "1.00")}</amount>"
            + "<currency>RUB</currency><meantypename>VISA</meantypename><meannumber>411111****1111</meannumber><cardholder>TEST</cardholder></operation>"));
        return "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:ws=\"http://www.paysecure.ru/ws/\"><soapenv:Header/><soapenv:Body><ws:PushPaymentResult><order>"
            + "<merchant_id>744015</merchant_id><ordernumber>A-7</ordernumber><billnumber>5744015100953130</billnumber><testmode>1</testmode><orderamount>3740.85</orderamount>"
            + $"<ordercurrency>RUB</ordercurrency><orderdate>11.07.2022 07:15:46</orderdate><orderstate>Approved</orderstate>{inner}<packetdate>11.07.2022 07:15:55</packetdate>"
            + $"<signature/><checkvalue>{seal}</checkvalue></order></ws:PushPaymentResult></soapenv:Body></soapenv:Envelope>";
    }

    private static string Seal(Dictionary<string, string?> fields) =>
        Checkvalue.Of(Secret, $"{fields["merchant_id"]}{fields["ordernumber"]}{fields["amount"]}{fields["currency"]}{fields["orderstate"]}");
}
