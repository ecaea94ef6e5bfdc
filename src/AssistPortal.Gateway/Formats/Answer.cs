using System.Collections.Frozen;
using System.Globalization;
using AssistPortal.Protocol;

namespace AssistPortal.Gateway;

/// <summary>An answer taken apart as far as all services share it: the gateway's verdict on the request and the orders or operations inside.</summary>
/// <param name="Code">firstcode/secondcode; with anything but 0/0 there are no records.</param>
/// <param name="Records">Blocks that describe an order or an operation, in the answer's order.</param>
internal sealed record Answer(ErrorCode Code, IReadOnlyList<Block> Records)
{
    private static readonly FrozenSet<string> Containers = new[]
    {
        "order", "orders", "payment", "payments",
        Service.OrderState.Name, Service.OrderResult.Name, Service.ResultByDate.Name, Service.Charge.Name, Service.Cancel.Name, Service.WsCancel.Name,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Reads an answer by what it is, not by what was asked for or what its content type says: the gateway is known to answer errors in
    /// another format than asked, and calls XML text/html.
    /// </summary>
    /// <exception cref="AnswerRejectedException">The bytes aren't an answer of that service.</exception>
    public static Answer Read(Service service, ReadOnlyMemory<byte> body)
    {
        var text = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        var start = text.Span.IndexOfAnyExcept(" \t\r\n"u8);
        return start < 0
            ? throw AnswerRejectedException.Unreadable("the answer is empty")
            : text.Span[start] switch
            {
                (byte)'<' => FromXml(XmlAnswer.Read(text[start..])),
                (byte)'{' => FromJson(service, JsonAnswer.Read(text[start..])),
                _ when service == Service.ResultByDate => CsvAnswer.Read(text[start..]),
                _ => throw AnswerRejectedException.Unreadable("the answer is neither XML nor JSON"),
            };
    }

    private static Answer FromXml(Block root)
    {
        if (root.Name != "result")
        {
            throw AnswerRejectedException.Unreadable("the XML's root element isn't result");
        }

        var code = CodeOf(root);
        return Of(code ?? ErrorCode.None, root, isEmptyPlausible: code is not null && root.Text("count") is null or "" or "0");
    }

    private static Answer FromJson(Service service, Block root)
    {
        if (root.Blocks.Find(block => block.Name == "fault") is { } fault)
        {
            // A fault without codes says only that there was an error, which is what class 1 means.
            return new(CodeWithin(fault) ?? new ErrorCode(1, 0), []);
        }

        // Codes count only beside or right inside the service's section: a field deep in an operation refuses nothing.
        var section = root.Blocks.Find(block => block.Name == service.Name);
        var isService = section is not null || root.Text(service.Name) == "";
        var code = CodeOf(root) ?? (section is null ? null : CodeOf(section));
        return code is null or { IsNone: true } && !isService
            ? throw AnswerRejectedException.Unreadable("the JSON has neither the service's section nor an error")
            : Of(code ?? ErrorCode.None, root, isEmptyPlausible: true);
    }

    private static Answer Of(ErrorCode code, Block root, bool isEmptyPlausible)
    {
        var records = new List<Block>();
        Collect(root, records);
        return (code.IsNone, records.Count) switch
        {
            (false, > 0) => throw AnswerRejectedException.Unreadable("the answer refuses the request and yet shows what it did"),
            (true, 0) when !isEmptyPlausible => throw AnswerRejectedException.Unreadable("the answer should hold something but doesn't"),
            _ => new(code, records),
        };
    }

    private static void Collect(Block parent, List<Block> records)
    {
        foreach (var block in parent.Blocks.Where(block => Containers.Contains(block.Name)))
        {
            if (block.Text("billnumber") is null && block.Text("ordernumber") is null && block.Blocks.Exists(inner => Containers.Contains(inner.Name)))
            {
                Collect(block, records);
            }
            else if (block.Name is "order" or "payment" || block.Blocks.Count > 0 || block.Fields.Exists(field => field.Value.Length > 0 && !IsFrame(field.Key)))
            {
                // Also what has the place of a record but nothing of one: its reader says what is missing.
                records.Add(block);
            }
        }
    }

    private static bool IsFrame(string field) => field is "firstcode" or "secondcode" or "count";

    private static ErrorCode? CodeWithin(Block block) =>
        CodeOf(block) ?? block.Blocks.Select(CodeWithin).FirstOrDefault(code => code is { IsNone: false });

    private static ErrorCode? CodeOf(Block block) => block.Text("firstcode") is { } first
        ? new ErrorCode(Number(first), Number(block.Text("secondcode") ?? "0"))
        : null;

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw AnswerRejectedException.Unreadable("firstcode or secondcode isn't a number");

    /// <summary>The answer that a pair of codes as text makes.</summary>
    public static Answer Error(string first, string second) => new(new ErrorCode(Number(first), Number(second)), []);
}
