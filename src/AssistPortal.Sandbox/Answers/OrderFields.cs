using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Merchants;

namespace AssistPortal.Sandbox.Answers;

/// <summary>The values of an order under their names on the wire.</summary>
internal sealed class OrderFields(Order order, string packetDate)
{
    private readonly Merchant _merchant = DemoMerchants.Get(order.MerchantId);

    public Order Order => order;

    public string this[string name] => name switch
    {
        "merchant_id" => order.MerchantId.ToString(System.Globalization.CultureInfo.InvariantCulture),
        "ordernumber" => order.Ordernumber,
        "billnumber" => order.Billnumber,
        "testmode" => "1",
        "ordercomment" => order.Comment,
        "orderamount" => order.Amount.ToWire(),
        "ordercurrency" => order.Amount.Currency,
        "rate" => order.Convert ? ExchangeRate.ToWire(order.Amount.Currency) : "1",
        "firstname" => order.Customer.Firstname,
        "lastname" => order.Customer.Lastname,
        "middlename" => order.Customer.Middlename,
        "email" => order.Customer.Email,
        "ipaddress" => order.PayerIp,
        "orderdate" => WireTime.Format(order.CreatedAt),
        "orderstate" => order.State.Wire,
        "packetdate" => packetDate,
        "signature" => "",
        "checkvalue" => Checkvalue.OfAnswer(_merchant.Company.SecretWord, order.MerchantId, order.Ordernumber, order.Amount, order.State),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such field of an order."),
    };
}
