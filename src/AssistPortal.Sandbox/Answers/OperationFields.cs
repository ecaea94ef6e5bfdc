using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.Answers;

/// <summary>The values of an operation under their names on the wire; a name that isn't an operation's is asked of its order.</summary>
internal sealed class OperationFields(OrderFields order, Operation operation, Language language)
{
    private bool Paid => operation.Type == OperationType.Payment;

    private bool Completed => operation.Status == OperationStatus.Completed;

    public OrderFields Order => order;

    public Operation Operation => operation;

    public string this[string name] => name switch
    {
        "billnumber" => new Billnumber(order.Order.Billnumber, operation.Number).ToString(),
        "operationtype" => operation.Type.ToString(),
        "operationstate" => StateText,
        "amount" => operation.Amount.ToWire(),
        "currency" => operation.Amount.Currency,
        "clientip" => operation.ClientIp,
        "meantype_id" => operation.Means.TypeId.ToString(CultureInfo.InvariantCulture),
        "meantypename" => operation.Means.TypeName,
        "meansubtype" => operation.Means.Subtype,
        "meannumber" => operation.Means.Mask,
        "cardholder" => operation.Means.Holder,
        "cardexpirationdate" => operation.Means.Expiry,
        "issuebank" => operation.Means.Bank,
        "bankcountry" => Country,
        "responsecode" => operation.ResponseCode.Wire,
        "message" or "customermessage" => Completed ? In("Завершено успешно.", "Completed.") : In(operation.ResponseCode.Meaning),
        "recommendation" => Completed ? "" : In(operation.ResponseCode.Advice),
        "approvalcode" => operation.ApprovalCode,
        "protocoltypename" => Paid && operation.Means.Mask.Length > 0 ? "NET" : "",
        "processingname" => "Fake",
        "operationdate" => WireTime.Format(operation.StartedAt),
        "authresult" => operation.AuthResult,
        "authrequired" => Challenged ? "1" : "",
        "slipno" => Completed ? operation.Id.ToString("D6", CultureInfo.InvariantCulture) : "",
        "rrn" => operation.Rrn,
        "extrrn" => "",
        "version" => Challenged ? "2.2.0" : "",
        "alphaauthresult" => operation.AuthResult,
        "challenge" => Challenged ? "C" : "",
        "eci" => Challenged && operation.AuthResult == "Y" ? "5" : "7",
        _ => order[name],
    };

    /// <summary>The state as wscancel words it: in the language asked for (protocol §8).</summary>
    public string LocalState => Completed ? In("Завершено успешно.", "Success") : language == Language.Ru ? In(operation.ResponseCode.Meaning) : StateText;

    private bool Challenged => Paid && operation.Means.Challenged;

    private string StateText => operation.Status switch
    {
        OperationStatus.Completed => "Success",
        OperationStatus.Failed => "Failed",
        OperationStatus.TimedOut => "Timeout",
        _ => "In Process",
    };

    private string Country => operation.Means.BankCountry switch
    {
        "RU" => In("Россия", "Russia"),
        "US" => In("США", "USA"),
        _ => "UNKNOWN",
    };

    private string In(LocalText text) => In(text.Ru, text.En);

    private string In(string ru, string en) => language == Language.Ru ? ru : en;
}
