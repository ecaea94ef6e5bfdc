using System.Globalization;
using System.Text.Json;

namespace AssistPortal.Sandbox.Tests.Services;

public sealed class ResultByDateTests
{
    private const string Header =
        "merchant_id;ordernumber;billnumber;testmode;ordercomment;orderamount;ordercurrency;amount;currency;rate;firstname;lastname;middlename;email;clientip;ipaddress;meantype_id;meantypename;meansubtype;meannumber;cardholder;cardexpirationdate;issuebank;bankcountry;orderdate;orderstate;responsecode;message;customermessage;recommendation;approvalcode;protocoltypename;processingname;operationtype;operationstate;operationdate;authresult;authrequired;slipno;rrn;extrrn;packetdate;signature;checkvalue;\n";

    private static readonly string[] FailedThenMasterCard = ["4000000000000002", "5555555555554444"];

    [Fact]
    public async Task ResultByDate_WithoutFormat_IsCsvWithOneRowAnOperation()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PayAsync(new { merchant = RunningSandbox.OneStage, amount = "4.00", ordernumber = "100", comment = "a;\"b\"\nc" });

        var answer = await sandbox.AskAsync("resultbydate", RunningSandbox.OneStage, ("TestMode", "1"));

        Assert.Equal(
            Header
            + "900001;100;5900001595918494.1;1;\"a;\"\"b\"\"\nc\";4.00;RUB;4.00;RUB;1;Тест;Тестов;;test@example.com;198.51.100.7;198.51.100.7;1;VISA;Classic;411111****1111;TEST TESTOV;12/30;New Assist Bank;Russia;[second];Approved;AS000;Completed.;Completed.;;X18494;NET;Fake;100;Success;[second];;;000001;[rrn];;[second];;DA34F1BAA82E063B48DEBACA7B140379;\n",
            RunningSandbox.WithoutDates(answer));
    }

    [Fact]
    public async Task ResultByDate_InXmlSoapAndJson_HasThePaymentsOfTheDocumentation()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage, "4.00", "100");
        Task<string> Ask(string format) => sandbox.AskAsync("resultbydate", RunningSandbox.OneStage, ("TestMode", "1"), ("Format", format));

        Assert.Contains("<!ELEMENT result (payment*)>", await Ask("3"), StringComparison.Ordinal);
        Assert.Contains("<result firstcode='0' secondcode='0' count='1'><payment><merchant_id>900001</merchant_id><ordernumber>100</ordernumber><billnumber>5900001595918494.1</billnumber>", await Ask("3"), StringComparison.Ordinal);
        Assert.Contains("<ws:resultbydateResponse><resultbydate><payment><merchant_id>900001</merchant_id>", await Ask("4"), StringComparison.Ordinal);
        var payment = JsonElement.Parse(await Ask("5")).GetProperty("resultbydate").GetProperty("payment")[0];
        Assert.Equal("4", payment.GetProperty("orderamount").GetRawText());
        Assert.Equal(100, payment.GetProperty("operationtype").GetInt32());
        Assert.Equal("DA34F1BAA82E063B48DEBACA7B140379", payment.GetProperty("checkvalue").GetString());
    }

    [Fact]
    public async Task ResultByDate_AskedWithJsonAndFormat3_AnswersXml()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage);
        var start = sandbox.Clock.GetUtcNow().AddMinutes(-5);

        var answer = await sandbox.AskWithJsonAsync("resultbydate", RunningSandbox.OneStage, new
        {
            testmode = "1",
            startyear = Text(start.Year),
            startmonth = Text(start.Month),
            startday = Text(start.Day),
            starthour = Text(start.Hour),
            startmin = Text(start.Minute),
            format = 3,
        });

        Assert.Contains("count='1'><payment>", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResultByDate_WithoutTestMode_FindsNothingOfATestMerchant()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage);

        Assert.Equal("error;10;201;\n", await sandbox.AskAsync("resultbydate", RunningSandbox.OneStage));
    }

    [Fact]
    public async Task ResultByDate_OfOrdersWithoutOperations_IsEmpty()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PayAsync(new { merchant = RunningSandbox.OneStage, amount = "4.00", abandon = true });

        Assert.Equal("error;10;201;\n", await sandbox.AskAsync("resultbydate", RunningSandbox.OneStage, ("TestMode", "1")));
    }

    [Fact]
    public async Task ResultByDate_ByEachDate_LooksAtOrderStartAndEndOfOperation()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var paidAt = sandbox.Clock.GetUtcNow();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        sandbox.Clock.Advance(TimeSpan.FromHours(10));
        await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber));
        var now = sandbox.Clock.GetUtcNow();

        async Task<string> Numbers(string mode, DateTimeOffset from) => await NumbersAsync(sandbox, RunningSandbox.TwoStage, [("DateTimeMode", mode), .. Edge("Start", from)]);

        Assert.Equal("1,2", await Numbers("0", paidAt));
        Assert.Equal("", await Numbers("0", now.AddMinutes(-2)));
        Assert.Equal("2", await Numbers("1", now.AddMinutes(-2)));
        Assert.Equal("2", await Numbers("2", now.AddMinutes(-2)));
        Assert.Equal("1,2", await Numbers("2", paidAt));
    }

    [Fact]
    public async Task ResultByDate_OfAnOperationInProcess_HasItByStartButNotByEnd()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PayAsync(new { merchant = RunningSandbox.OneStage, amount = "4.00", card = "4000000000000341" });

        Assert.Equal("1", await NumbersAsync(sandbox, RunningSandbox.OneStage, [("DateTimeMode", "1"), ("Operationstate", "P")]));
        Assert.Equal("", await NumbersAsync(sandbox, RunningSandbox.OneStage, [("DateTimeMode", "2")]));
        sandbox.Clock.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal("1", await NumbersAsync(sandbox, RunningSandbox.OneStage, [("DateTimeMode", "2"), ("Operationstate", "S")]));
    }

    [Fact]
    public async Task ResultByDate_WithFilters_KeepsStateTypeAndMeans()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = (await sandbox.PayAsync(new
        {
            merchant = RunningSandbox.TwoStage,
            amount = "9",
            cards = FailedThenMasterCard,
        })).GetProperty("billnumber").GetString()!;
        await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber));
        await sandbox.AskAsync("wscancel", RunningSandbox.TwoStage, ("Billnumber", billnumber));

        Task<string> Numbers(string name, string value) => NumbersAsync(sandbox, RunningSandbox.TwoStage, [(name, value)]);

        Assert.Equal("1", await Numbers("Operationstate", "F"));
        Assert.Equal("2,3,4", await Numbers("Operationstate", "S"));
        Assert.Equal("1,2", await Numbers("Operationtype", "A"));
        Assert.Equal("3", await Numbers("Operationtype", "C"));
        Assert.Equal("4", await Numbers("Operationtype", "R"));
        Assert.Equal("2,3,4", await Numbers("MeanType_ID", "2"));
        Assert.Equal("error;5;145;\n", await sandbox.AskAsync("resultbydate", RunningSandbox.TwoStage, ("Operationtype", "a")));
        Assert.Equal("error;5;146;\n", await sandbox.AskAsync("resultbydate", RunningSandbox.TwoStage, ("Operationstate", "s")));
    }

    [Theory]
    [InlineData(-25, null)]
    [InlineData(1, null)]
    [InlineData(-2, -2.5)]
    [InlineData(-30.0, -5.0)]
    public async Task ResultByDate_WithAPeriodTooLongOrWrong_SilentlyTakesTheLastThreeHours(double startHours, double? endHours)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage, ordernumber: "old");
        sandbox.Clock.Advance(TimeSpan.FromHours(4));
        await sandbox.PaidAsync(RunningSandbox.OneStage, ordernumber: "new");
        var now = sandbox.Clock.GetUtcNow();

        var answer = await sandbox.AskJsonAsync(
            "resultbydate", RunningSandbox.OneStage,
            [("TestMode", "1"), .. Edge("Start", now.AddHours(startHours)), .. endHours is { } end ? Edge("End", now.AddHours(end)) : []]);

        Assert.Equal(["new"], answer.GetProperty("resultbydate").GetProperty("payment").EnumerateArray().Select(row => row.GetProperty("ordernumber").GetString()));
    }

    [Fact]
    public async Task ResultByDate_WithinTwentyFourHours_IncludesBothMinutes()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage);
        var paid = sandbox.Clock.GetUtcNow();
        sandbox.Clock.Advance(TimeSpan.FromHours(12));

        Task<string> Numbers(DateTimeOffset from, DateTimeOffset to) =>
            NumbersAsync(sandbox, RunningSandbox.OneStage, [.. Edge("Start", from), .. Edge("End", to)]);

        Assert.Equal("1", await Numbers(paid.AddMinutes(-1), paid));
        Assert.Equal("1", await Numbers(paid.AddHours(-24), paid));
        Assert.Equal("", await Numbers(paid.AddMinutes(1), paid.AddMinutes(30)));
        Assert.Equal("", await Numbers(paid.AddMinutes(-30), paid.AddMinutes(-1)));
    }

    [Fact]
    public async Task ResultByDate_OfTheNeighbour_IsForbidden()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(900009);

        Assert.Equal("error;14;200;\n", await sandbox.AskAsync("resultbydate", 900009, ("TestMode", "1")));
        Assert.Equal("error;14;200;\n", await sandbox.AskAsync("resultbydate", 123456, ("TestMode", "1")));
    }

    [Fact]
    public async Task ResultByDate_MoreOftenThanTheLimit_IsRefusedUntilTheNextMinute()
    {
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { RateLimitPerMinute = 2 });
        await sandbox.PaidAsync(RunningSandbox.OneStage);
        Task<string> Ask(int merchant) => sandbox.AskAsync("resultbydate", merchant, ("TestMode", "1"));
        sandbox.Clock.Advance(TimeSpan.FromSeconds(61 - sandbox.Clock.GetUtcNow().Second));

        Assert.StartsWith(Header, await Ask(RunningSandbox.OneStage), StringComparison.Ordinal);
        Assert.StartsWith(Header, await Ask(RunningSandbox.OneStage), StringComparison.Ordinal);
        Assert.Equal("error;17;3;\n", await Ask(RunningSandbox.OneStage));
        Assert.Equal("error;10;201;\n", await Ask(RunningSandbox.TwoStage));
        sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.StartsWith(Header, await Ask(RunningSandbox.OneStage), StringComparison.Ordinal);
    }

    private static (string, string)[] Edge(string edge, DateTimeOffset at) =>
    [
        (edge + "Year", Text(at.Year)), (edge + "Month", Text(at.Month)), (edge + "Day", Text(at.Day)),
        (edge + "Hour", Text(at.Hour)), (edge + "Min", Text(at.Minute)),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Numbers of the operations found.</summary>
    private static async Task<string> NumbersAsync(RunningSandbox sandbox, int merchant, (string, string)[] parameters)
    {
        var answer = await sandbox.AskJsonAsync("resultbydate", merchant, [("TestMode", "1"), .. parameters]);
        return answer.TryGetProperty("resultbydate", out var result)
            ? string.Join(',', result.GetProperty("payment").EnumerateArray().Select(row => row.GetProperty("billnumber").GetString()![17..]))
            : "";
    }
}
