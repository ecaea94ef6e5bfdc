using AssistPortal.Protocol;

namespace AssistPortal.Gateway;

/// <summary>Makes orders and operations of an answer's records, whichever service and format they came from.</summary>
/// <param name="merchantId">The merchant asked for; a record of another one is refused.</param>
/// <param name="secretWord">Secret word when the records must be sealed with it; otherwise <see langword="null"/> or empty.</param>
internal sealed class OrderReader(int merchantId, string? secretWord)
{
    private static readonly string[] OrderSections = ["customer", "checkdata"];
    private static readonly string[] RowSections = ["customer", "checkdata", "threedsdata"];
    private static readonly string[] OperationBlocks = ["operation", "operations"];

    /// <summary>An order with the operations inside it, in order of their numbers.</summary>
    /// <exception cref="AnswerRejectedException">Unreadable or mistrusted.</exception>
    public OrderSnapshot Order(Block record)
    {
        var fields = new FieldSet(record, OrderSections, OperationBlocks);
        var order = Order(fields);
        var operations = OperationsOf(record).Select(Operation).OrderBy(operation => operation.Billnumber.Operation).ToList();
        for (var i = 0; i < operations.Count; i++)
        {
            var number = operations[i].Billnumber;
            if (number.Operation is null || number.Plain != order.Billnumber || (i > 0 && operations[i - 1].Billnumber == number))
            {
                throw AnswerRejectedException.Unreadable("an operation's billnumber isn't a number of its own within the order");
            }
        }

        return order with { Operations = operations, UnknownFields = fields.Rest() };
    }

    /// <summary>A record that holds the order's fields and one operation's side by side: resultbydate, charge, cancel.</summary>
    /// <exception cref="AnswerRejectedException">Unreadable or mistrusted.</exception>
    public ResultByDateRow Row(Block record)
    {
        var fields = new FieldSet(record, RowSections);
        return new(Order(fields, out var billnumber), Operation(fields, billnumber));
    }

    /// <summary>As <see cref="Row"/>, for answers whose operations are told apart by their numbers.</summary>
    /// <exception cref="AnswerRejectedException">Unreadable, mistrusted or without the operation's number.</exception>
    public ResultByDateRow NumberedRow(Block record) => Row(record) is { Operation.Billnumber.Operation: not null } row
        ? row
        : throw AnswerRejectedException.Unreadable("an operation's billnumber has no operation number");

    /// <summary>Whether the record has operations inside.</summary>
    public static bool HasOperations(Block record) => OperationsOf(record).Any();

    private static IEnumerable<Block> OperationsOf(Block record) => record.Blocks
        .Where(block => OperationBlocks.Contains(block.Name))
        .SelectMany(block => block.Blocks.Exists(inner => inner.Name == "operation") ? block.Blocks.Where(inner => inner.Name == "operation") : [block]);

    private OrderSnapshot Order(FieldSet fields) => Order(fields, out _);

    private OrderSnapshot Order(FieldSet fields, out Billnumber billnumber)
    {
        billnumber = fields.DemandBillnumber();
        var number = fields.Demand("ordernumber");
        var amount = fields.DemandMoney("orderamount", "ordercurrency");
        var state = fields.Demand("orderstate");
        if (fields.Number("merchant_id") is { } merchant && merchant != merchantId)
        {
            throw AnswerRejectedException.Unreadable("a record belongs to another merchant");
        }

        // The seal covers the state as it was written, not as it is read.
        var seal = fields.Text("checkvalue");
        if (!string.IsNullOrEmpty(secretWord) && !Checkvalue.Fits(Checkvalue.OfAnswer(secretWord, merchantId, number, amount, new OrderState(state)), seal))
        {
            throw new AnswerRejectedException(new GatewayFailure.Mistrusted(number));
        }

        // A payment token is as good as a card; the seals have served their purpose.
        fields.Drop("signature", "token");
        return new OrderSnapshot
        {
            Billnumber = billnumber.Plain,
            OrderNumber = number,
            Amount = amount,
            State = OrderState.FromWire(state),
            OrderDate = fields.Date("orderdate"),
            TestMode = fields.Flag("testmode"),
            Comment = fields.Text("ordercomment"),
            FirstName = fields.Text("firstname"),
            LastName = fields.Text("lastname"),
            MiddleName = fields.Text("middlename"),
            Email = fields.Text("email"),
            PacketDate = fields.Date("packetdate"),
        };
    }

    private static OperationSnapshot Operation(Block record)
    {
        var fields = new FieldSet(record, RowSections);
        return Operation(fields, fields.DemandBillnumber());
    }

    private static OperationSnapshot Operation(FieldSet fields, Billnumber billnumber)
    {
        fields.Drop("token");
        var operation = new OperationSnapshot
        {
            Billnumber = billnumber,
            Type = fields.Number("operationtype") is { } type ? new OperationType(type) : throw AnswerRejectedException.Unreadable("operationtype isn't a number"),
            Amount = fields.DemandMoney("amount", "currency"),
            ResponseCode = ResponseCode.FromWire(fields.Text("responsecode")),
            StateText = fields.Text("operationstate"),
            Date = fields.Date("operationdate"),
            ClientIp = fields.Text("clientip"),
            PayerIp = fields.Text("ipaddress"),
            MeanTypeId = fields.Number("meantype_id"),
            MeanType = fields.Text("meantypename"),
            MeanSubtype = fields.Text("meansubtype"),
            MeanNumber = CardMask.Of(fields.Text("meannumber")),
            Cardholder = fields.Text("cardholder"),
            CardExpiry = fields.Text("cardexpirationdate"),
            IssuingBank = fields.Text("issuebank"),
            BankCountry = fields.Text("bankcountry"),
            Message = fields.Text("message"),
            CustomerMessage = fields.Text("customermessage"),
            Recommendation = fields.Text("recommendation"),
            ApprovalCode = fields.Text("approvalcode"),
            Protocol = fields.Text("protocoltypename"),
            Processing = fields.Text("processingname"),
            AuthResult = fields.Text("authresult"),
            AuthRequired = fields.Text("authrequired"),
            ThreeDsVersion = fields.Text("version"),
            Eci = fields.Text("eci"),
            Challenge = fields.Text("challenge"),
            SlipNumber = fields.Text("slipno"),
            Rrn = fields.Text("rrn"),
            ExternalRrn = fields.Text("extrrn"),
        };
        return operation with { UnknownFields = fields.Rest() };
    }
}
