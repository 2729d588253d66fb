using Akka.Actor;
using Akka.Pattern;
using Akka.TestKit;
using Akka.TestKit.Configs;

namespace Akka.Tests.Pattern;

public sealed class BackoffSupervisorSpec() : Akka.TestKit.Xunit2.TestKit(TestConfigs.TestSchedulerConfig)
{
    private static readonly TimeSpan Min = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(5);

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    private Props Child => Props.Create(() => new Reporter(TestActor));

    private BackoffOptions OnStop(int retries = -1) => Backoff.OnStop(Child, "child", Min, Max, 0.0, retries);

    private BackoffOptions OnFailure(int retries = -1) => Backoff.OnFailure(Child, "child", Min, Max, 0.0, retries);

    private IActorRef Start(BackoffOptions options)
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(options), "supervisor");
        ExpectMsg("started");
        return supervisor;
    }

    /// <summary>The child is gone and the supervisor has planned what comes next.</summary>
    private void ChildIsGone(IActorRef supervisor)
    {
        ExpectMsg("stopped");
        AwaitAssert(() => Assert.Null(supervisor.Ask<BackoffSupervisor.CurrentChild>(BackoffSupervisor.GetCurrentChild.Instance).Result.Ref));
    }

    private void StartsAgainAfter(TimeSpan wait)
    {
        Scheduler.Advance(wait - TimeSpan.FromTicks(1));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Scheduler.Advance(TimeSpan.FromTicks(1));
        ExpectMsg("started");
    }

    private int Restarts(IActorRef supervisor) =>
        supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance).Result.Count;

    [Fact]
    public void Messages_go_to_the_child_and_its_answers_come_from_the_child()
    {
        var supervisor = Start(OnStop());
        supervisor.Tell("ping");
        ExpectMsg("pong");
        Assert.Equal(supervisor.Path / "child", LastSender.Path);
    }

    [Fact]
    public void What_the_child_sends_to_the_supervisor_goes_to_its_parent()
    {
        var supervisor = ChildActorOf(BackoffSupervisor.Props(OnStop()));
        ExpectMsg("started");
        supervisor.Tell("to parent");
        ExpectMsgFrom(supervisor.Path, "up");
    }

    private void ExpectMsgFrom(ActorPath child, string message) =>
        ExpectMsg<string>((m, sender) => m == message && sender.Path == child / "child");

    [Fact]
    public void A_child_that_stops_starts_again_after_a_wait_that_doubles_up_to_the_longest()
    {
        var supervisor = Start(OnStop().WithManualReset());
        foreach (var seconds in new[] { 1, 2, 4, 5, 5 })
        {
            supervisor.Tell("stop");
            ChildIsGone(supervisor);
            StartsAgainAfter(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal(5, Restarts(supervisor));
    }

    [Fact]
    public void A_child_that_fails_starts_again_after_the_wait()
    {
        var supervisor = Start(OnFailure().WithManualReset());
        foreach (var seconds in new[] { 1, 2 })
        {
            EventFilter.Exception<InvalidOperationException>().ExpectOne(() =>
            {
                supervisor.Tell("fail");
                ChildIsGone(supervisor);
            });
            StartsAgainAfter(TimeSpan.FromSeconds(seconds));
        }
    }

    [Fact]
    public void With_back_off_on_failure_a_child_that_stops_by_itself_ends_the_supervisor()
    {
        var supervisor = Start(OnFailure());
        Watch(supervisor);
        supervisor.Tell("stop");
        ExpectMsg("stopped");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void After_the_last_retry_the_supervisor_gives_up()
    {
        var supervisor = Start(OnStop(retries: 1).WithManualReset());
        Watch(supervisor);
        supervisor.Tell("stop");
        ChildIsGone(supervisor);
        StartsAgainAfter(Min);
        supervisor.Tell("stop");
        ExpectMsg("stopped");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void After_the_last_failure_the_supervisor_gives_up()
    {
        var supervisor = Start(OnFailure(retries: 0));
        Watch(supervisor);
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => supervisor.Tell("fail"));
        ExpectMsg("stopped");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void A_child_that_lives_long_enough_is_forgiven()
    {
        var supervisor = Start(OnStop().WithAutoReset(TimeSpan.FromSeconds(3)));
        supervisor.Tell("stop");
        ChildIsGone(supervisor);
        StartsAgainAfter(Min);
        Assert.Equal(1, Restarts(supervisor));
        Scheduler.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(0, Restarts(supervisor));
    }

    [Fact]
    public void A_child_that_stops_again_before_that_is_not_forgiven()
    {
        var supervisor = Start(OnStop().WithAutoReset(TimeSpan.FromSeconds(3)));
        supervisor.Tell("stop");
        ChildIsGone(supervisor);
        StartsAgainAfter(Min);
        supervisor.Tell("stop");
        ChildIsGone(supervisor);
        Scheduler.Advance(TimeSpan.FromSeconds(4));
        ExpectMsg("started");
        Assert.Equal(2, Restarts(supervisor));
    }

    [Fact]
    public void A_reset_by_hand_sets_the_count_to_zero()
    {
        var supervisor = Start(OnStop().WithManualReset());
        supervisor.Tell("stop");
        ChildIsGone(supervisor);
        StartsAgainAfter(Min);
        supervisor.Tell(BackoffSupervisor.Reset.Instance);
        Assert.Equal(0, Restarts(supervisor));
    }

    [Fact]
    public void While_there_is_no_child_messages_are_answered_or_become_dead_letters()
    {
        var supervisor = Start(OnStop().WithReplyWhileStopped("come back later"));
        supervisor.Tell("stop");
        ChildIsGone(supervisor);
        supervisor.Tell("ping");
        ExpectMsg("come back later");
        Sys.Stop(supervisor);

        var silent = Sys.ActorOf(BackoffSupervisor.Props(OnStop()), "silent");
        ExpectMsg("started");
        silent.Tell("stop");
        ChildIsGone(silent);
        EventFilter.DeadLetter<string>().ExpectOne(() => silent.Tell("ping"));
    }

    [Fact]
    public void After_its_final_message_a_child_that_stops_is_not_started_again()
    {
        var supervisor = Start(OnStop().WithFinalStopMessage(m => m is "stop"));
        Watch(supervisor);
        supervisor.Tell("stop");
        ExpectMsg("stopped");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void A_final_message_while_there_is_no_child_ends_the_supervisor()
    {
        var supervisor = Start(OnStop().WithFinalStopMessage(m => m is "final").WithReplyWhileStopped("stopped already"));
        Watch(supervisor);
        supervisor.Tell("stop");
        ChildIsGone(supervisor);
        supervisor.Tell("final");
        ExpectMsg("stopped already");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void With_back_off_on_stop_and_a_stopping_strategy_a_failure_waits_too()
    {
        var supervisor = Start(OnStop().WithDefaultStoppingStrategy());
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() =>
        {
            supervisor.Tell("fail");
            ChildIsGone(supervisor);
        });
        StartsAgainAfter(Min);
    }

    [Fact]
    public void The_random_part_is_added_and_never_more_than_the_factor()
    {
        var supervisor = Start(Backoff.OnStop(Child, "child", Min, Max, 0.5, -1));
        supervisor.Tell("stop");
        ChildIsGone(supervisor);
        Scheduler.Advance(Min - TimeSpan.FromTicks(1));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Scheduler.Advance(Min * 0.5 + TimeSpan.FromTicks(2));
        ExpectMsg("started");
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Backoff.OnStop(Child, "child", TimeSpan.Zero, Max, 0, -1));
        Assert.Throws<ArgumentException>(() => Backoff.OnStop(Child, "child", Max, Min, 0, -1));
        Assert.Throws<ArgumentException>(() => Backoff.OnStop(Child, "child", Min, Max, 1.1, -1));
        Assert.Throws<ArgumentException>(() => OnStop().WithAutoReset(TimeSpan.FromSeconds(6)));
    }

    private sealed class Reporter : ReceiveActor
    {
        private readonly IActorRef _to;

        public Reporter(IActorRef to)
        {
            _to = to;
            Receive<string>(m => m == "stop", _ => Context.Stop(Self));
            Receive<string>(m => m == "fail", _ => throw new InvalidOperationException("on purpose"));
            Receive<string>(m => m == "to parent", _ => Context.Parent.Tell("up"));
            Receive<string>(m => m == "ping", _ => Sender.Tell("pong"));
        }

        protected override void PreStart() => _to.Tell("started");

        protected override void PostStop() => _to.Tell("stopped");
    }
}
