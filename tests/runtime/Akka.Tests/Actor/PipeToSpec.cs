using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class PipeToSpec : AkkaSpec
{
    [Fact]
    public async Task A_result_is_sent_as_it_is()
    {
        await Task.FromResult("done").PipeTo(TestActor);
        ExpectMsg("done");
    }

    [Fact]
    public async Task A_failure_is_sent_as_a_status()
    {
        var failure = new InvalidOperationException("oops");
        await Task.FromException<int>(failure).PipeTo(TestActor);
        Assert.Same(failure, ExpectMsg<Status.Failure>().Cause);
        await Task.FromException(failure).PipeTo(TestActor);
        Assert.Same(failure, ExpectMsg<Status.Failure>().Cause);
    }

    [Fact]
    public async Task Both_can_be_changed_on_the_way_and_have_a_sender()
    {
        var probe = CreateTestProbe();
        await Task.FromResult(1).PipeTo(TestActor, probe.Ref, success: number => number + 1, failure: cause => cause.Message);
        ExpectMsgFrom(probe.Ref, 2);
        await Task.FromException<int>(new InvalidOperationException("oops")).PipeTo(TestActor, success: number => number + 1, failure: cause => cause.Message);
        ExpectMsg("oops");
        await new ValueTask<int>(3).PipeTo(TestActor);
        ExpectMsg(3);
    }

    [Fact]
    public async Task A_task_without_a_result_sends_what_its_success_makes_and_nothing_otherwise()
    {
        await Task.CompletedTask.PipeTo(TestActor);
        await Task.CompletedTask.PipeTo(TestActor, success: () => "ended");
        ExpectMsg("ended");
    }

    [Fact]
    public async Task A_cancelled_task_is_a_failure()
    {
        await Task.FromCanceled<int>(new CancellationToken(true)).PipeTo(TestActor);
        Assert.IsAssignableFrom<OperationCanceledException>(ExpectMsg<Status.Failure>().Cause);
    }

    [Fact]
    public async Task A_result_of_null_is_a_failure_because_no_message_is_null()
    {
        await Task.FromResult<string>(null!).PipeTo(TestActor);
        Assert.IsType<InvalidMessageException>(ExpectMsg<Status.Failure>().Cause);
    }
}
