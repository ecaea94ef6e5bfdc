using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace AssistPortal.Sandbox.Tests.Services;

public sealed class BadInputTests
{
    private const string Credentials = "Merchant_ID=900001&Login=sandbox_ws&Password=Sandbox2026";
    private const string Form = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("text/plain", Credentials, "error;4;0;\n")]
    [InlineData("application/octet-stream", "\u0000\u0001", "error;4;0;\n")]
    [InlineData("multipart/form-data", "x", "error;4;0;\n")]
    [InlineData("multipart/form-data; boundary=abc", "--abc\r\nContent-Disposition: form-data; name=\"Login\"\r\n\r\nsandb", "error;4;0;\n")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", Credentials, "error;4;0;\n")]
    [InlineData("application/x-www-form-urlencoded; charset=klingon", Credentials, "error;3;143;\n")]
    [InlineData(Form, "", "error;3;100;\n")]
    [InlineData(Form, "%&=%%&&&=;%ZZ", "error;3;100;\n")]
    [InlineData(Form, Credentials + "&Billnumber=%FF%FE", "error;4;143;\n")]
    [InlineData(Form, Credentials + "&Billnumber=5900001595918494&Billnumber=5900001595918494", "error;4;143;\n")]
    [InlineData(Form, Credentials + "&Billnumber=5900001595918494&ClientIP=nowhere", "error;4;116;\n")]
    [InlineData(Form, Credentials + "&Billnumber=5900001595918494&Amount=1e2&Currency=RUB", "error;10;201;\n")]
    public async Task Form_ThatIsBroken_IsToldInTheDefaultFormat(string contentType, string body, string expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        using var response = await sandbox.PostAsync("charge", body, contentType);

        Assert.Equal((HttpStatusCode.OK, expected), (response.StatusCode, await TextAsync(response)));
    }

    [Theory]
    [InlineData("OrderNumber", 129, 107)]
    [InlineData("Login", 21, 101)]
    [InlineData("Password", 31, 102)]
    [InlineData("Currency", 4, 105)]
    [InlineData("ClientIP", 46, 116)]
    [InlineData("Comment", 4001, 110)]
    [InlineData("pnr", 16, 176)]
    public async Task Field_LongerThanItMayBe_IsRefusedByItsName(string name, int length, int second)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        Assert.Equal($"error;4;{second};\n", await sandbox.AskAsync("charge", RunningSandbox.OneStage, (name, new string('7', length))));
    }

    [Theory]
    [InlineData("2147483648")]
    [InlineData("0000000000900001")]
    [InlineData("-900001")]
    [InlineData("900001.0")]
    [InlineData("٩٠٠٠٠١")]
    public async Task Integer_BeyondItsLimits_IsRefused(string merchant)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        using var response = await sandbox.SendFormAsync("charge", ("Merchant_ID", merchant), ("Login", "sandbox_ws"), ("Password", "Sandbox2026"));

        Assert.Equal("error;4;100;\n", await TextAsync(response));
    }

    [Theory]
    [InlineData("""{"merchant":{"merchant_id":900001,"login":"sandbox_ws","password":"Sandbox2026"},"ordernumber":"\ud800"}""")]
    [InlineData("\"text\"")]
    [InlineData("{\"a\":1}}")]
    [InlineData("{'a':1}")]
    public async Task Json_ThatCannotBeRead_IsRefusedInJson(string body)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        using var response = await sandbox.PostAsync("orderresult", body, "application/json");

        Assert.Equal("""{"firstcode":4,"secondcode":0}""", await TextAsync(response));
    }

    [Fact]
    public async Task Json_NestedWithoutEnd_IsRefused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        using var response = await sandbox.PostAsync("orderresult", string.Concat(Enumerable.Repeat("{\"a\":", 100_000)), "application/json");

        Assert.Equal("""{"firstcode":4,"secondcode":0}""", await TextAsync(response));
    }

    [Fact]
    public async Task Json_InAnotherEncodingThanUtf8_IsRefused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes("{\"ordernumber\":\"\u00e9\"}"));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await sandbox.Http.PostAsync(RunningSandbox.PathOf("orderstate"), content, TestContext.Current.CancellationToken);

        Assert.Equal("""{"firstcode":4,"secondcode":0}""", await TextAsync(response));
    }

    [Fact]
    public async Task Json_WithAListForAnAmount_IsAWrongAmountAndMovesNothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);

        Assert.Equal(
            """{"firstcode":4,"secondcode":108}""",
            await sandbox.AskWithJsonAsync("wscancel", RunningSandbox.OneStage, new { billnumber, amount = Array.Empty<int>(), currency = "RUB" }));
        ChargeTests.MoneyIs(await sandbox.TruthAsync(billnumber), held: 10000, presented: 10000);
    }

    [Theory]
    [InlineData("application/json", "{\"firstcode\":4,\"secondcode\":0}")]
    [InlineData("text/xml", "<firstcode>4</firstcode><secondcode>215</secondcode>")]
    [InlineData(Form, "error;4;0;\n")]
    public async Task Body_LargerThanTheServerTakes_IsRefusedInItsFormat(string contentType, string expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var content = new StringContent(new string('x', (1024 * 1024) + 1));
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);

        using var response = await sandbox.Http.PostAsync(RunningSandbox.PathOf("charge"), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(expected, await TextAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "error;3;100;\n")]
    [InlineData("?Merchant_ID=900001&Login=sandbox_ws&Password=Sandbox2026&Format=5", "{\"firstcode\":4,\"secondcode\":102}")]
    public async Task Get_OfAService_IsRefusedInTheFormatAskedFor(string query, string expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        Assert.Equal(expected, await sandbox.Http.GetStringAsync(RunningSandbox.PathOf("charge") + query, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Put_OfAMoneyCommand_DoesNothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);
        using var content = new StringContent($"{Credentials}&Billnumber={billnumber}", Encoding.UTF8, Form);

        using var response = await sandbox.Http.PutAsync(RunningSandbox.PathOf("cancel"), content, TestContext.Current.CancellationToken);

        Assert.Equal("error;3;100;\n", await TextAsync(response));
        ChargeTests.MoneyIs(await sandbox.TruthAsync(billnumber), held: 10000, presented: 10000);
    }

    [Theory]
    [InlineData("application/json", "{}", "{\"firstcode\":10,\"secondcode\":350}")]
    [InlineData(Form, "Format=5", "{\"firstcode\":10,\"secondcode\":350}")]
    [InlineData(Form, "Format=3", "<result firstcode='10' secondcode='350' count='0'> </result>")]
    [InlineData(Form, "Login=x", "error;10;350;\n")]
    [InlineData("text/xml", "<Envelope/>", "<firstcode>10</firstcode><secondcode>350</secondcode>")]
    public async Task Service_ThatIsNotThere_IsToldInTheFormatAskedFor(string contentType, string body, string expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        using var response = await sandbox.PostAsync("nosuchservice", body, contentType);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(expected, await TextAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/xml")]
    public async Task CriticalParameter_InTheQueryOfAnyShape_IsRefused(string contentType)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var content = new StringContent(contentType == "text/xml" ? "<Envelope><Body><charge/></Body></Envelope>" : "{}");
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);

        using var response = await sandbox.Http.PostAsync("/charge/charge.cfm?PassWord=x&format=1", content, TestContext.Current.CancellationToken);

        Assert.Equal("error;4;102;\n", await TextAsync(response));
    }

    [Fact]
    public async Task Header_LargerThanTheServerTakes_IsRefusedByTheServer()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(sandbox.Address.Host, sandbox.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST /charge/charge.cfm HTTP/1.1\r\nHost: localhost\r\nX-Long: {new string('x', 40_000)}\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);

        Assert.StartsWith("HTTP/1.1 431", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
