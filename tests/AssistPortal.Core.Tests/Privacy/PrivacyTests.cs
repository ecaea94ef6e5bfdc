using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Privacy;
using AssistPortal.Core.Reports;
using AssistPortal.Core.Staff;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Core.Tests.Privacy;

/// <summary>Names, e-mails and addresses of payers: who sees them, and what is written down about it.</summary>
public sealed class PrivacyTests(PostgresServer postgres)
{
    private const string Billnumber = "5900000000000001";
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Secrets = ["Сидоров", "Иван", "Петрович", "ivan", "example", "IVAN SIDOROV", "203.0.113.9", "+7 900", "позвоните Ивану"];

    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Сидоров Иван", "С••• И•••")]
    [InlineData("  ", "  ")]
    [InlineData(null, null)]
    [InlineData("𝒜lice", "𝒜•••")]
    public void Name_Masked_KeepsTheFirstLetters(string? name, string? masked) => Assert.Equal(masked, PersonalData.Name(name));

    [Theory]
    [InlineData("ivan@example.test", "i•••@e•••")]
    [InlineData("no-address", "n•••")]
    [InlineData("@", "•••@•••")]
    public void Email_Masked_KeepsTheFirstLetters(string email, string masked) => Assert.Equal(masked, PersonalData.Email(email));

    [Theory]
    [InlineData(StaffRole.Support)]
    [InlineData(StaffRole.Accountant)]
    [InlineData(StaffRole.Auditor)]
    [InlineData(StaffRole.Developer)]
    public async Task Everywhere_WithoutTheRight_DataAreMasked(StaffRole role)
    {
        await using var bench = await BenchAsync(DatabaseKind.Sqlite);
        var actor = await AddAsync(bench, role, CoreBench.Shop);

        var page = CoreBench.Ok(await bench.Get<ListOrders>().RunAsync(new OrderFilter(), OrderSort.Date, true, 0, 50, actor, Token));
        var details = CoreBench.Ok(await bench.Get<GetOrder>().RunAsync(Billnumber, actor, Token));

        AssertMasked(Assert.Single(page.Rows).ToString());
        AssertMasked(JsonSerializer.Serialize(details.Order, Readable));
        Assert.Equal("С•••", details.Order.LastName);
        Assert.Null(details.UncoveredUntil);
    }

    [Fact]
    public async Task Rights_OfOneMerchant_OpenItsOrdersAlone()
    {
        await using var bench = await BenchAsync(DatabaseKind.Sqlite);
        var actor = CoreBench.Actor(StaffRole.Auditor) with
        {
            Rights = Rights.Sum([(StaffRole.Operator.Permissions(), CoreBench.Airline), (StaffRole.Support.Permissions(), CoreBench.Shop)], [CoreBench.Shop, CoreBench.Airline]),
        };

        var rows = CoreBench.Ok(await bench.Get<ListOrders>().RunAsync(new OrderFilter(), OrderSort.Billnumber, false, 0, 50, actor, Token)).Rows;

        Assert.Equal(["С••• И••• П•••", "Сидоров Иван Петрович"], rows.Select(row => row.Customer));
    }

    [Theory]
    [InlineData("Сидоров", 0)]
    [InlineData("ivan@", 0)]
    [InlineData("van@example.test", 0)]
    [InlineData("IVAN@example.test", 1)]
    public async Task Search_WithoutTheRight_FindsByAWholeMailAlone(string text, int found)
    {
        await using var bench = await BenchAsync(DatabaseKind.Sqlite);
        var support = await AddAsync(bench, StaffRole.Support, CoreBench.Shop);
        var clerk = await AddAsync(bench, StaffRole.Operator, CoreBench.Shop);

        Assert.Equal(found, CoreBench.Ok(await bench.Get<CountOrders>().RunAsync(new OrderFilter { Customer = text }, support, Token)).All);
        Assert.Equal(1, CoreBench.Ok(await bench.Get<CountOrders>().RunAsync(new OrderFilter { Customer = text }, clerk, Token)).All);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Reveal_WithAReason_OpensTheOrderForAWhileAndIsWrittenDown(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var actor = await AddAsync(bench, StaffRole.Support, CoreBench.Shop);
        Assert.Equal(InvalidReason.RevealReason, CoreBench.Problem<DateTimeOffset, Problem.Invalid>(await bench.Get<RevealOrder>().RunAsync(Billnumber, " я ", actor, Token)).Reason);

        var until = CoreBench.Ok(await bench.Get<RevealOrder>().RunAsync(Billnumber, "Покупатель на линии", actor, Token));

        var details = CoreBench.Ok(await bench.Get<GetOrder>().RunAsync(Billnumber, actor, Token));
        Assert.Equal((CoreBench.Now + RevealOrder.For, "Сидоров", "203.0.113.9"), (until, details.Order.LastName, Assert.Single(details.Order.Operations).PayerIp));
        Assert.Equal(until, details.UncoveredUntil);
        Assert.Null(CoreBench.Ok(await bench.Get<GetOrder>().RunAsync(Billnumber, await AddAsync(bench, StaffRole.Support, CoreBench.Shop), Token)).UncoveredUntil);
        bench.Clock.Advance(RevealOrder.For);
        Assert.Null(CoreBench.Ok(await bench.Get<GetOrder>().RunAsync(Billnumber, actor, Token)).UncoveredUntil);
        await using var db = bench.Open();
        var entries = await db.Audit.Where(entry => entry.Event == AuditEvents.PersonalDataSeen).OrderBy(entry => entry.Seq).ToListAsync(Token);
        Assert.Equal([AuditOutcome.Refused, AuditOutcome.Done], entries.Select(entry => entry.Outcome));
        Assert.Equal(("revealed: Покупатель на линии", actor.UserId, Billnumber), (entries[1].Details, entries[1].UserId, entries[1].Billnumber));
    }

    [Theory]
    [InlineData(StaffRole.Developer, CoreBench.Shop)]
    [InlineData(StaffRole.Operator, CoreBench.Shop)]
    [InlineData(StaffRole.Support, CoreBench.Airline)]
    public async Task Reveal_WithoutTheRight_IsDeniedAndWrittenDown(StaffRole role, int merchant)
    {
        await using var bench = await BenchAsync(DatabaseKind.Sqlite);
        var actor = await AddAsync(bench, role, merchant);

        var result = Assert.IsType<Result<DateTimeOffset>.Failed>(await bench.Get<RevealOrder>().RunAsync(Billnumber, "Покупатель на линии", actor, Token));

        Assert.IsType(merchant == CoreBench.Shop ? typeof(Problem.Denied) : typeof(Problem.NotFound), result.Problem);
        await using var db = bench.Open();
        Assert.Equal(AuditOutcome.Denied, (await db.Audit.SingleAsync(entry => entry.Event == AuditEvents.PersonalDataSeen, Token)).Outcome);
        Assert.Equal(0, await db.RevealedOrders.CountAsync(Token));
    }

    [Fact]
    public async Task Open_WithTheRight_IsWrittenDownOnceForTheTimeItLasts()
    {
        await using var bench = await BenchAsync(DatabaseKind.Sqlite);
        var clerk = await AddAsync(bench, StaffRole.Operator, CoreBench.Shop);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("Сидоров", CoreBench.Ok(await bench.Get<GetOrder>().RunAsync(Billnumber, clerk, Token)).Order.LastName);
        }

        bench.Clock.Advance(RevealOrder.For);
        CoreBench.Ok(await bench.Get<GetOrder>().RunAsync(Billnumber, clerk, Token));
        await using var db = bench.Open();
        Assert.Equal(["opened", "opened"], await db.Audit.Where(entry => entry.Event == AuditEvents.PersonalDataSeen).Select(entry => entry.Details!).ToListAsync(Token));
    }

    [Theory]
    [InlineData(StaffRole.Accountant, false)]
    [InlineData(StaffRole.Supervisor, true)]
    public async Task Export_Role_DecidesOnTheDataInTheFileAndTheLogSaysSo(StaffRole role, bool inClear)
    {
        await using var bench = await BenchAsync(DatabaseKind.Sqlite);
        var actor = await AddAsync(bench, role, CoreBench.Shop);

        var file = CoreBench.Ok(await bench.Get<ExportOrders>().RunAsync(new OrderFilter(), OrderSort.Date, true, ExportFormat.Csv, CultureInfo.GetCultureInfo("ru-RU"), actor, Token));
        using var stream = new MemoryStream();
        await file.WriteAsync(stream, Token);

        var text = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Equal(inClear, text.Contains("Сидоров", StringComparison.Ordinal));
        Assert.Equal(inClear, text.Contains("ivan@example.test", StringComparison.Ordinal));
        await using var db = bench.Open();
        Assert.Equal(inClear, (await db.Audit.SingleAsync(entry => entry.Event == AuditEvents.OrdersExported, Token)).Details!.Contains("with personal data", StringComparison.Ordinal));
    }

    private async Task<CoreBench> BenchAsync(DatabaseKind kind)
    {
        var bench = await CoreBench.StartAsync(kind, postgres);
        await bench.WriteAsync(CoreBench.Shop, true, CoreBench.Now, Order(Billnumber));
        await bench.WriteAsync(CoreBench.Airline, true, CoreBench.Now, Order("5900000000000002"));
        return bench;
    }

    private static OrderSnapshot Order(string billnumber) => new()
    {
        Billnumber = new Billnumber(billnumber),
        OrderNumber = "1",
        Amount = Money.Parse("10.00", "RUB"),
        State = OrderState.Approved,
        OrderDate = CoreBench.Now.AddMinutes(-5),
        TestMode = true,
        FirstName = "Иван",
        LastName = "Сидоров",
        MiddleName = "Петрович",
        Email = "ivan@example.test",
        Comment = "позвоните Ивану",
        UnknownFields = new Dictionary<string, string> { ["mobilephone"] = "+7 900 000-00-00" },
        Operations =
        [
            new OperationSnapshot
            {
                Billnumber = new Billnumber(billnumber, 1),
                Type = OperationType.Payment,
                Amount = Money.Parse("10.00", "RUB"),
                ResponseCode = ResponseCode.FromWire("AS000"),
                Date = CoreBench.Now.AddMinutes(-4),
                Cardholder = "IVAN SIDOROV",
                PayerIp = "203.0.113.9",
                ClientIp = "203.0.113.9",
                UnknownFields = new Dictionary<string, string> { ["homephone"] = "+7 900 000-00-00" },
            },
        ],
    };

    private static void AssertMasked(string text) => Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));

    private static Task<Actor> AddAsync(CoreBench bench, StaffRole role, params int[] merchants) => Actions.Person.AddAsync(bench.Services, role, merchants);
}
