using AssistPortal.Core.Actions;
using AssistPortal.Protocol;
using Xunit;

namespace AssistPortal.Core.Tests.Actions;

public sealed class MoneyActionTests
{
    [Fact]
    public void Send_QueuedAction_CountsTheAttemptAndKeepsTheLease()
    {
        var action = Sample.Action(ActionKind.Confirm, 10_000);
        action.Lease = Guid.CreateVersion7(Sample.Now);

        action.Send(Sample.Now, Sample.Now.AddMinutes(2));

        Assert.Equal(ActionState.Sending, action.State);
        Assert.Equal(1, action.Attempts);
        Assert.Equal(Sample.Now, action.SentAt);
        Assert.NotNull(action.Lease);
        Assert.Equal(Sample.Now.AddMinutes(2), action.NextStepAt);
        Assert.Equal([ActionState.Queued, ActionState.Sending], action.Steps.Select(step => step.State));
        Assert.Equal([1, 2], action.Steps.Select(step => step.Number));
    }

    [Fact]
    public void Send_ActionOnItsWay_IsRefused()
    {
        var action = Sample.Sent(ActionKind.Confirm, 10_000);

        Assert.Throws<InvalidOperationException>(() => action.Send(Sample.Now, Sample.Now));
        Assert.Equal(1, action.Attempts);
        Assert.Equal(ActionState.Sending, action.State);
    }

    [Fact]
    public void Succeed_SettledAction_IsRefused()
    {
        var action = Sample.Sent(ActionKind.Cancel, 10_000);
        action.Decline(new ResponseCode("AS100"), null, Sample.Now);

        Assert.Throws<InvalidOperationException>(() => action.Succeed(ResponseCode.Completed, null, Sample.Now));
        Assert.Equal(ActionState.Declined, action.State);
    }

    [Fact]
    public void Withdraw_ActionOnItsWay_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => Sample.Sent(ActionKind.Cancel, 10_000).Withdraw("Анна", Sample.Now));

    [Fact]
    public void Succeed_QueuedActionThatWasNeverSent_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => Sample.Action(ActionKind.Cancel, 10_000).Succeed(ResponseCode.Completed, null, Sample.Now));

    [Fact]
    public void Succeed_QueuedActionWhoseEarlierAttemptCameThroughLate_Settles()
    {
        var action = Sample.Sent(ActionKind.Cancel, 10_000);
        action.LoseOutcome(null, null, "lost", Sample.Now, Sample.Now);
        action.FindNotExecuted("nothing", Sample.Now);
        action.SendAgain("Анна", Sample.Now);

        action.Succeed(ResponseCode.Completed, null, Sample.Now);

        Assert.Equal(ActionState.Succeeded, action.State);
        Assert.Equal(1, action.Attempts);
    }

    [Fact]
    public void ReturnUnsent_NothingLeftThePortal_IsNoAttempt()
    {
        var action = Sample.Sent(ActionKind.Cancel, 10_000);

        action.ReturnUnsent("no connection", Sample.Now, Sample.Now);

        Assert.Equal(0, action.Attempts);
        Assert.Null(action.SentAt);
        Assert.Equal(ActionState.Queued, action.State);
    }

    [Fact]
    public void UnsentInARow_PersonSendsAgain_CountsFromThere()
    {
        var action = Sample.Sent(ActionKind.Cancel, 10_000);
        action.ReturnUnsent("no connection", Sample.Now, Sample.Now);
        action.Send(Sample.Now, Sample.Now);
        Assert.Equal(1, action.UnsentInARow());
        action.GiveUpUnsent("no connection", Sample.Now);
        action.SendAgain("Анна", Sample.Now);
        action.Send(Sample.Now, Sample.Now);

        Assert.Equal(0, action.UnsentInARow());
    }

    [Fact]
    public void Wait_SameCauseAgain_LeavesOneStep()
    {
        var action = Sample.Action(ActionKind.Cancel, 10_000);

        action.Wait("no answer", Sample.Now, Sample.Now.AddSeconds(1));
        action.Wait("no answer", Sample.Now.AddSeconds(1), Sample.Now.AddSeconds(2));
        action.Wait("HTTP status 500", Sample.Now.AddSeconds(2), Sample.Now.AddSeconds(4));

        Assert.Equal([null, "no answer", "HTTP status 500"], action.Steps.Select(step => step.Detail));
        Assert.Equal(Sample.Now.AddSeconds(4), action.NextStepAt);
    }
}
