using System.Text.Json;
using System.Xml.Linq;

namespace AssistPortal.Sandbox.Tests.Services;

public sealed class ChequeTests
{
    private const string Kept =
        """{"items":[{"id":1,"product":"123460176","name":"Чай «Ассам»","price":20.50,"quantity":2.000,"amount":41.00,"tax":"vat10","fpmode":1,"marking_code_group":"7"},{"id":2,"name":"Сахар","price":59,"quantity":1,"amount":59,"tax":"novat"}]}""";

    [Fact]
    public async Task Cheque_InAForm_IsKeptWithTheOperation()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);

        await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber), ("ChequeItems", Kept));

        Assert.Equal(Kept, await ChequeOfAsync(sandbox, billnumber));
    }

    [Fact]
    public async Task Cheque_InJsonWithNumbersAsTextAndNamesInAnyCase_IsTheSame()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);

        await sandbox.AskWithJsonAsync("charge", RunningSandbox.TwoStage, new
        {
            billnumber,
            chequeitem = new object[]
            {
                new
                {
                    Id = "1", Product = 123460176, name = "Чай «Ассам»", PRICE = "20.50", quantity = "2.000", amount = "41.00", tax = "vat10", fpmode = "1",
                    marking_code_group = "7",
                },
                new { id = 2, name = "Сахар", price = 59, quantity = 1, amount = "59", tax = "novat", hscode = "" },
            },
        });

        Assert.Equal(Kept, await ChequeOfAsync(sandbox, billnumber));
    }

    [Fact]
    public async Task Cheque_InSoap_IsTheSame()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);

        await sandbox.AskWithSoapAsync(
            "charge", RunningSandbox.TwoStage,
            $"<billnumber>{billnumber}</billnumber>"
            + "<chequeitem><id>1</id><product>123460176</product><name>Чай «Ассам»</name><price>20.50</price><quantity>2.000</quantity><amount>41.00</amount><tax>vat10</tax><fpmode>1</fpmode><marking_code_group>7</marking_code_group></chequeitem>"
            + "<ChequeItem><id>2</id><name>Сахар</name><price>59</price><quantity>1</quantity><amount>59</amount><tax>novat</tax></ChequeItem>",
            "ChargeRequestParams");

        Assert.Equal(Kept, await ChequeOfAsync(sandbox, billnumber));
    }

    [Theory]
    [InlineData("""{"items":[]}""", "3/179")]
    [InlineData("""{"items":[{"id":1,"price":100,"quantity":1,"amount":100}]}""", "3/179")]
    [InlineData("""{"items":[{"name":"a","price":100,"quantity":1,"amount":100}]}""", "3/179")]
    [InlineData("""{"items":[{"id":1,"name":"a","price":null,"quantity":1,"amount":100}]}""", "3/179")]
    [InlineData("""{"items":[{"id":1,"name":"a","price":100,"quantity":1,"amount":""}]}""", "3/179")]
    [InlineData("""{"items":""", "4/179")]
    [InlineData("""[]""", "4/179")]
    [InlineData("""{"item":[]}""", "4/179")]
    [InlineData("""{"items":[1]}""", "4/179")]
    [InlineData("""{"items":[{"id":1,"name":"\udc00","price":100,"quantity":1,"amount":100}]}""", "4/179")]
    [InlineData("""{"items":[{"id":1,"name":"a","note":"\udc00","price":100,"quantity":1,"amount":100}]}""", "4/179")]
    [InlineData("""{"items":[{"id":1,"name":["a"],"price":100,"quantity":1,"amount":100}]}""", "4/179")]
    [InlineData("""{"items":[{"id":1,"name":"a","price":1e2,"quantity":1,"amount":100}]}""", "4/179")]
    [InlineData("""{"items":[{"id":1,"name":"a","price":"100,00","quantity":1,"amount":100}]}""", "4/179")]
    [InlineData("""{"items":[{"id":1,"name":"a","price":100,"quantity":1,"amount":99.99}]}""", "5/179")]
    [InlineData("""{"items":[{"id":1,"name":"a","price":100,"quantity":1,"amount":100.001}]}""", "5/179")]
    [InlineData("""{"items":[{"id":1,"name":"a","price":100,"quantity":0,"amount":100}]}""", "5/179")]
    [InlineData("""{"items":[{"id":1,"name":"a","price":-1,"quantity":1,"amount":100}]}""", "5/179")]
    [InlineData("""{"items":[{"id":1.5,"name":"a","price":100,"quantity":1,"amount":100}]}""", "5/179")]
    [InlineData("""{"items":[{"id":1,"name":"a","price":100,"quantity":1,"amount":100,"tax":"vat18"}]}""", "5/179")]
    [InlineData("""{"items":[{"id":1,"name":"a","price":100,"quantity":1,"amount":100,"fpmode":8}]}""", "5/179")]
    [InlineData("""{"items":[{"id":1,"name":"a","price":50,"quantity":1,"amount":50},{"id":"1","name":"b","price":50,"quantity":1,"amount":50}]}""", "5/179")]
    public async Task Cheque_ThatIsWrong_IsRefusedAndMovesNothing(string cheque, string expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);

        var answer = await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber), ("ChequeItems", cheque));

        Assert.Equal($"error;{expected.Replace('/', ';')};\n", answer);
        ChargeTests.MoneyIs(await sandbox.TruthAsync(billnumber), held: 10000);
    }

    [Theory]
    [InlineData("60.00", "5/179")]
    [InlineData("100.00", null)]
    public async Task Cheque_OfAPart_MustComeToThePart(string amount, string? refusal)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);

        var answer = await sandbox.AskAsync(
            "cancel", RunningSandbox.OneStage, ("Billnumber", billnumber), ("Amount", amount), ("Currency", "RUB"), ("ChequeItems", Kept));

        Assert.Contains(refusal is null ? "responsecode: AS000" : $"error;{refusal.Replace('/', ';')};", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_WithAnEmptyListOfItems_HasNoCheque()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);

        var answer = await sandbox.AskWithJsonAsync("charge", RunningSandbox.TwoStage, new { billnumber, chequeitem = Array.Empty<object>() });

        Assert.Contains("AS000", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrderResult_OfAnOperationWithACheque_ListsItsItems()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber), ("ChequeItems", Kept.Replace("\"7\"}", "\"7\",\"no element\":1}", StringComparison.Ordinal)));

        var xml = XDocument.Parse(await sandbox.AskAsync("orderresult", RunningSandbox.TwoStage, ("Billnumber", billnumber)));
        var json = await sandbox.AskJsonAsync("orderresult", RunningSandbox.TwoStage, ("Billnumber", billnumber));

        var operations = xml.Root!.Element("order")!.Elements("operation").ToList();
        Assert.Null(operations[0].Element("chequeitems"));
        var items = operations[1].Element("chequeitems")!.Elements("chequeitem").ToList();
        Assert.Equal(["Чай «Ассам»", "Сахар"], items.Select(item => item.Element("name")!.Value));
        Assert.Equal("41.00", items[0].Element("amount")!.Value);
        Assert.Equal("7", items[0].Element("marking_code_group")!.Value);
        var operation = json.GetProperty("orderresult").GetProperty("orders")[0].GetProperty("operations")[1];
        Assert.Equal(2, operation.GetProperty("chequeitems").GetProperty("chequeitem")[1].GetProperty("id").GetInt32());
    }

    private static async Task<string?> ChequeOfAsync(RunningSandbox sandbox, string billnumber)
    {
        var cheque = (await sandbox.TruthAsync(billnumber)).GetProperty("operations").EnumerateArray().Last().GetProperty("cheque");
        return cheque.ValueKind == JsonValueKind.Null ? null : cheque.GetString();
    }
}
