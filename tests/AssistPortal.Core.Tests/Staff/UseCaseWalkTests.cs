using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AssistPortal.Core.Access;
using AssistPortal.Core.Actions;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Privacy;
using AssistPortal.Core.Push;
using AssistPortal.Core.Reports;
using AssistPortal.Core.SecondFactor;
using AssistPortal.Core.Sessions;
using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using AssistPortal.Core.Tests.Push;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Core.Tests.Staff;

/// <summary>
/// Every use case × every role × a foreign merchant: whatever a person of one shop asks for, nothing of the other shop comes back, nothing of
/// it is changed, and what the role doesn't give is denied. A use case that isn't listed here fails the test.
/// </summary>
public sealed class UseCaseWalkTests(PostgresServer postgres)
{
    private const int Own = CoreBench.Shop;
    private const int Foreign = CoreBench.Airline;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What can be told of the foreign shop: its number, name, order, payer, clerk, time zone.
    private static readonly string[] Marks = ["900002", "Авиабилеты", "FOREIGN-77", "5900000000000772", "Чужаков", "foreign@example.test", "Vladivostok"];

    /// <summary>One use case: the right it needs (none: open to whoever is signed in), and how to ask it for something of a shop.</summary>
    private sealed record Case(Permission? Needs, Func<World, Target, Actor, Task<object?>> Ask);

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["ListOrders.RunAsync"] = new(Permission.View, async (world, target, actor) =>
            await world.Bench.Get<ListOrders>().RunAsync(new OrderFilter { MerchantId = target.Merchant }, OrderSort.Date, true, 0, 50, actor, Token)),
        ["CountOrders.RunAsync"] = new(Permission.View, async (world, target, actor) =>
            await world.Bench.Get<CountOrders>().RunAsync(new OrderFilter { MerchantId = target.Merchant, Customer = target.Email }, actor, Token)),
        ["GetOrder.RunAsync"] = new(Permission.View, async (world, target, actor) => await world.Bench.Get<GetOrder>().RunAsync(target.Billnumber, actor, Token)),
        ["RefreshOrder.RunAsync"] = new(Permission.View, async (world, target, actor) => await world.Bench.Get<RefreshOrder>().RunAsync(target.Billnumber, true, actor, Token)),
        ["RefreshOrder.FindAsync"] = new(Permission.View, async (world, target, actor) => await world.Bench.Get<RefreshOrder>().FindAsync(target.Merchant, target.Number, actor, Token)),
        ["RevealOrder.RunAsync"] = new(Permission.Reveal, async (world, target, actor) => await world.Bench.Get<RevealOrder>().RunAsync(target.Billnumber, "walk", actor, Token)),
        ["ExportOrders.RunAsync"] = new(Permission.Export, async (world, target, actor) =>
            await TextAsync(await world.Bench.Get<ExportOrders>().RunAsync(new OrderFilter { MerchantId = target.Merchant }, OrderSort.Date, true, ExportFormat.Csv, CultureInfo.InvariantCulture, actor, Token))),
        ["RequestAction.ConfirmAsync"] = new(Permission.Confirm, async (world, target, actor) =>
            await world.Bench.Get<RequestAction>().ConfirmAsync(new ConfirmRequest(target.Billnumber, new Money(100, "RUB"), null, 1), actor, Token)),
        ["RequestAction.CancelAsync"] = new(Permission.Cancel, async (world, target, actor) =>
            await world.Bench.Get<RequestAction>().CancelAsync(new CancelRequest(target.Billnumber, new Money(100, "RUB"), CancelReason.Customer, null, 1), actor, Token)),
        ["DecideAction.WithdrawAsync"] = new(Permission.Cancel, async (world, target, actor) => await world.Bench.Get<DecideAction>().WithdrawAsync(target.Action, actor, Token)),
        ["DecideAction.SendAgainAsync"] = new(Permission.Cancel, async (world, target, actor) => await world.Bench.Get<DecideAction>().SendAgainAsync(target.Action, actor, Token)),
        ["ListActions.RunAsync"] = new(Permission.View, async (world, target, actor) =>
            await world.Bench.Get<ListActions>().RunAsync(new ActionFilter { MerchantId = target.Merchant }, 0, 50, actor, Token)),
        ["ListActions.GetAsync"] = new(Permission.View, async (world, target, actor) => await world.Bench.Get<ListActions>().GetAsync(target.Action, actor, Token)),
        ["ListActions.CountOpenAsync"] = new(null, async (world, _, actor) => await world.Bench.Get<ListActions>().CountOpenAsync(actor, Token) is var open && open > (actor.May(Permission.View) ? 1 : 0) ? "900002" : null),
        ["ListPushes.RunAsync"] = new(Permission.View, async (world, target, actor) => await world.Bench.Get<ListPushes>().RunAsync(new PushFilter { MerchantId = target.Merchant }, 0, 50, actor, Token)),
        ["ListPushes.GetAsync"] = new(Permission.View, async (world, target, actor) => await world.Bench.Get<ListPushes>().GetAsync(target.Push, actor, Token)),
        ["ListPushGaps.RunAsync"] = new(Permission.View, async (world, target, actor) => await world.Bench.Get<ListPushGaps>().RunAsync(target.Merchant, 0, 50, actor, Token)),
        ["RepeatPush.RunAsync"] = new(Permission.RepeatPush, async (world, target, actor) => await world.Bench.Get<RepeatPush>().RunAsync(target.Push, actor, Token)),
        ["GetSyncHealth.RunAsync"] = new(null, async (world, _, actor) => await world.Bench.Get<GetSyncHealth>().RunAsync(actor, Token)),
        ["WhoCanGive.RunAsync"] = new(null, async (world, target, actor) => await world.Bench.Get<WhoCanGive>().RunAsync(Permission.Cancel, target.Merchant, actor, Token)),
        ["ListStaff.RunAsync"] = new(Permission.ManageStaff, async (world, _, actor) => await world.Bench.Get<ListStaff>().RunAsync(actor, Token)),
        ["ListStaff.GetAsync"] = new(Permission.ManageStaff, async (world, target, actor) => await world.Bench.Get<ListStaff>().GetAsync(target.Clerk, actor, Token)),
        ["ChangeStaff.ChangeRolesAsync"] = new(Permission.ManageStaff, async (world, target, actor) =>
            await world.Bench.Get<ChangeStaff>().ChangeRolesAsync(target.Clerk, default, [RoleGrant.Of(StaffRole.Support, target.Merchant)], [], actor, Token)),
        ["ChangeStaff.DismissAsync"] = new(Permission.ManageStaff, async (world, target, actor) => await world.Bench.Get<ChangeStaff>().DismissAsync(target.Clerk, default, actor, Token)),
        ["ChangeStaff.ReinstateAsync"] = new(Permission.ManageStaff, async (world, target, actor) => await world.Bench.Get<ChangeStaff>().ReinstateAsync(target.Clerk, default, actor, Token)),
        ["ChangeStaff.SignReviewAsync"] = new(Permission.ManageStaff, async (world, target, actor) => await world.Bench.Get<ChangeStaff>().SignReviewAsync(target.Clerk, default, actor, Token)),
        ["InviteStaff.InviteAsync"] = new(Permission.ManageStaff, async (world, target, actor) =>
            await world.Bench.Get<InviteStaff>().InviteAsync(new Invitation($"{Guid.CreateVersion7():N}@example.test", "Walk", "ru", [RoleGrant.Of(StaffRole.Support, target.Merchant)]), actor, Token)),
        ["InviteStaff.ResendAsync"] = new(Permission.ManageStaff, async (world, target, actor) => await world.Bench.Get<InviteStaff>().ResendAsync(target.Clerk, actor, Token)),
        ["InviteStaff.WithdrawAsync"] = new(Permission.ManageStaff, async (world, target, actor) => await world.Bench.Get<InviteStaff>().WithdrawAsync(target.Clerk, actor, Token)),
        ["ChangePassword.RunAsync"] = new(null, async (world, _, actor) => await world.Bench.Get<ChangePassword>().RunAsync(actor, "not the password", "plum tractor singing", Token)),
        ["ChangeEmail.AskAsync"] = new(null, async (world, target, actor) => await world.Bench.Get<ChangeEmail>().AskAsync(actor, "not the password", target.Email, Token)),
        ["OwnRoles.ListAsync"] = new(Permission.ManageStaff, async (world, _, actor) => await world.Bench.Get<OwnRoles>().ListAsync(actor, Token)),
        ["OwnRoles.SaveAsync"] = new(Permission.ManageStaff, async (world, _, actor) => await world.Bench.Get<OwnRoles>().SaveAsync(null, default, $"{Guid.CreateVersion7():N}", [Permission.View], actor, Token)),
        ["OwnRoles.RemoveAsync"] = new(Permission.ManageStaff, async (world, _, actor) => await world.Bench.Get<OwnRoles>().RemoveAsync(Guid.CreateVersion7(), default, actor, Token)),
        ["Prove.WaysAsync"] = new(null, async (world, _, actor) => await world.Bench.Get<Prove>().WaysAsync(actor, Token)),
        ["Prove.ByCodeAsync"] = new(null, async (world, _, actor) => await world.Bench.Get<Prove>().ByCodeAsync("000000", actor, Token)),
        ["Prove.ByPasswordAsync"] = new(null, async (world, _, actor) => await world.Bench.Get<Prove>().ByPasswordAsync("wrong", actor, Token)),
        ["Prove.ByPasskeyAsync"] = new(null, async (world, _, actor) => await world.Bench.Get<Prove>().ByPasskeyAsync(false, actor, Token)),
        ["SecondFactors.AddAsync"] = new(null, async (world, _, actor) => await world.Bench.Get<SecondFactors>().AddAsync("guessed", "000000", actor, Token)),
        ["SecondFactors.RenewRecoveryAsync"] = new(null, async (world, _, actor) => await world.Bench.Get<SecondFactors>().RenewRecoveryAsync(actor, Token)),
        ["SecondFactors.RemoveAsync"] = new(null, async (world, _, actor) => await world.Bench.Get<SecondFactors>().RemoveAsync(actor, Token)),
        ["SecondFactors.ResetAsync"] = new(Permission.ManageStaff, async (world, target, actor) => await world.Bench.Get<SecondFactors>().ResetAsync(target.Clerk, actor, Token)),
        ["VerifyAudit.RunAsync"] = new(Permission.Audit, async (world, _, actor) => await world.Bench.Get<VerifyAudit>().RunAsync(actor, null, Token)),
        ["StaffSessions.ListAsync"] = new(null, async (world, _, actor) => await world.Bench.Get<StaffSessions>().ListAsync(actor, Token)),
        ["StaffSessions.EndAsync"] = new(null, async (world, target, actor) => await world.Bench.Get<StaffSessions>().EndAsync(target.Session, actor, Token)),
        ["StaffSessions.EndOthersAsync"] = new(null, async (world, _, actor) => await world.Bench.Get<StaffSessions>().EndOthersAsync(actor, Token)),
        ["Passkeys.ListAsync"] = new(null, async (world, _, actor) => await world.Bench.Get<Passkeys>().ListAsync(actor, Token)),
        ["Passkeys.MayAddAsync"] = new(null, async (world, _, actor) => await world.Bench.Get<Passkeys>().MayAddAsync(actor, Token)),
        ["Passkeys.RenameAsync"] = new(null, async (world, _, actor) => await world.Bench.Get<Passkeys>().RenameAsync("AA", "walk", actor, Token)),
        ["Passkeys.RemoveAsync"] = new(null, async (world, _, actor) => await world.Bench.Get<Passkeys>().RemoveAsync("AA", actor, Token)),
    };

    // Parts of use cases, which take the actor to write him down; whoever calls them has asked already.
    private static readonly string[] Helpers = ["AuditLog.Add", "AuditLog.WriteAsync", "StepUp.RequireAsync", "StepUp.RequireForAsync", "StepUp.IsProven", "Passkeys.NoteAddedAsync"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void EveryUseCase_IsListed()
    {
        var found = typeof(Actor).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Actor)) && !method.IsSpecialName && method.DeclaringType != typeof(Actor))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
            .Distinct()
            .Except(Helpers);

        Assert.Equal(found.Order(StringComparer.Ordinal), Cases.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EveryUseCase_AskedForAnotherShop_TellsNothingAndChangesNothing()
    {
        await using var bench = await PushBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var world = await World.MakeAsync(bench);
        var before = await world.ForeignStateAsync();
        foreach (var role in StaffRoles.Ready)
        {
            var actor = await Actions.Person.AddAsync(bench.Services, role, Own);
            foreach (var (name, useCase) in Cases)
            {
                var answer = Written(await useCase.Ask(world, world.Foreign, actor));

                Assert.All(Marks, mark => Assert.False(answer.Contains(mark, StringComparison.OrdinalIgnoreCase), $"{role} learned '{mark}' from {name}: {answer}"));
            }
        }

        Assert.Equal(before, await world.ForeignStateAsync());
    }

    [Fact]
    public async Task EveryUseCase_WithoutItsRight_IsDenied()
    {
        await using var bench = await PushBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var world = await World.MakeAsync(bench);
        foreach (var role in StaffRoles.Ready)
        {
            var actor = await Actions.Person.AddAsync(bench.Services, role, Own);
            foreach (var (name, useCase) in Cases.Where(entry => entry.Value.Needs is { } needed && !role.Permissions().Contains(needed)))
            {
                var answer = await useCase.Ask(world, world.Own, actor);

                var problem = answer?.GetType().GetProperty("Problem")?.GetValue(answer);
                Assert.True(problem is Problem.Denied denied && denied.Permission == useCase.Needs, $"{name} let {role} in: {Written(answer)}");
            }
        }
    }

    [Fact]
    public async Task EveryUseCase_OfSomebodyDismissedMeanwhile_ChangesNothing()
    {
        await using var bench = await PushBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var world = await World.MakeAsync(bench);
        var actor = await Actions.Person.AddAsync(bench.Services, StaffRole.Owner);
        await using var db = bench.Open();
        await db.Users.Where(user => user.Id == actor.UserId).ExecuteUpdateAsync(set => set.SetProperty(user => user.IsDismissed, true), Token);

        string[] money = ["RequestAction.ConfirmAsync", "RequestAction.CancelAsync", "DecideAction.WithdrawAsync", "DecideAction.SendAgainAsync"];
        foreach (var name in Cases.Keys.Where(name => money.Contains(name) || name.StartsWith("ChangeStaff.", StringComparison.Ordinal) || name.StartsWith("InviteStaff.", StringComparison.Ordinal) || name is "OwnRoles.SaveAsync" or "OwnRoles.RemoveAsync" or "SecondFactors.ResetAsync"))
        {
            var answer = await Cases[name].Ask(world, world.Own, actor);
            Assert.True(answer?.GetType().GetProperty("Problem")?.GetValue(answer) is Problem.Denied, $"{name} served the dismissed: {Written(answer)}");
        }
    }

    private static async Task<object?> TextAsync(Result<ExportFile> export)
    {
        if (export is not Result<ExportFile>.Ok { Value: var file })
        {
            return export;
        }

        using var stream = new MemoryStream();
        await file.WriteAsync(stream, Token);
        // The head of the file repeats the filter the person typed himself.
        return string.Join('\n', Encoding.UTF8.GetString(stream.ToArray()).Split('\n').Where(line => !line.Contains($"{Foreign}", StringComparison.Ordinal) || line.Contains("FOREIGN", StringComparison.Ordinal)));
    }

    private static string Written(object? answer) => answer switch
    {
        null => "",
        string text => text,
        _ when answer.GetType().GetProperty("Problem") is { } problem => $"{problem.GetValue(answer)}",
        _ when answer.GetType().GetProperty("Value") is { } value => JsonSerializer.Serialize(value.GetValue(answer), Readable),
        _ => JsonSerializer.Serialize(answer, Readable),
    };

    /// <summary>What a use case can be asked for at a shop.</summary>
    private sealed record Target(int Merchant, string Billnumber, string Number, string Email, Guid Action, Guid Push, Guid Clerk, Guid Session);

    /// <summary>Two shops that have one of everything.</summary>
    private sealed record World(CoreBench Bench, Target Own, Target Foreign)
    {
        public static async Task<World> MakeAsync(CoreBench bench)
        {
            await Actions.Person.AddAsync(bench.Services, StaffRole.Owner);
            return new World(
                bench,
                await TargetAsync(bench, UseCaseWalkTests.Own, "5900000000000771", "OWN-77", "own@example.test", "Своев"),
                await TargetAsync(bench, UseCaseWalkTests.Foreign, "5900000000000772", "FOREIGN-77", "foreign@example.test", "Чужаков"));
        }

        /// <summary>What stands in the database of the foreign shop.</summary>
        public async Task<string> ForeignStateAsync()
        {
            await using var db = Bench.Open();
            var action = await db.Actions.AsNoTracking().Include(action => action.Steps).SingleAsync(action => action.Billnumber == Foreign.Billnumber, Token);
            var clerk = await db.Users.AsNoTracking().Include(user => user.Assignments).SingleAsync(user => user.Id == Foreign.Clerk, Token);
            var push = await db.PushDeliveries.AsNoTracking().SingleAsync(push => push.Id == Foreign.Push, Token);
            var session = await db.Sessions.AsNoTracking().SingleAsync(session => session.Id == Foreign.Session, Token);
            return JsonSerializer.Serialize(new { Action = action.State, action.Steps.Count, clerk.IsDismissed, clerk.RightsVersion, Roles = clerk.Assignments.Count, Push = push.State, push.Tries, session.EndedAt }, Readable);
        }

        private static async Task<Target> TargetAsync(CoreBench bench, int merchant, string billnumber, string number, string email, string lastName)
        {
            await bench.WriteAsync(merchant, true, CoreBench.Now, new OrderSnapshot
            {
                Billnumber = new Billnumber(billnumber),
                OrderNumber = number,
                Amount = Money.Parse("10.00", "RUB"),
                State = OrderState.Approved,
                OrderDate = CoreBench.Now.AddMinutes(-5),
                TestMode = true,
                LastName = lastName,
                Email = email,
                Operations = [Snapshots.Operation(1, OperationType.Payment, 1_000) with { Billnumber = new Billnumber(billnumber, 1), Date = CoreBench.Now.AddMinutes(-4) }],
            });
            var push = await PushBench.StoreAsync(bench, PushBench.Push($"{billnumber}.1", merchant), merchant);
            var clerk = new PortalUser { Id = Guid.CreateVersion7(), DisplayName = lastName, Email = email, UserName = email };
            clerk.Give(StaffRole.Operator, CoreBench.Now, merchant);
            var action = new MoneyAction
            {
                Id = Guid.CreateVersion7(), MerchantId = merchant, Billnumber = billnumber, OrderNumber = number, Kind = ActionKind.Cancel, AmountMinor = 100, Currency = "RUB",
                Reason = CancelReason.Customer, AuthorId = clerk.Id, AuthorName = lastName, Baseline = 1,
            };
            action.Queue(CoreBench.Now);
            await using var db = bench.Open();
            db.Users.Add(clerk);
            db.Actions.Add(action);
            await db.SaveChangesAsync(Token);
            var session = await bench.Get<StaffSessions>().BeginAsync(clerk.Id, null, null, proven: false, before: null, Token);
            return new Target(merchant, billnumber, number, email, action.Id, push.Id, clerk.Id, session);
        }
    }
}
