using Akka.Actor;
using Akka.TestKit.Configs;

namespace Akka.TestKit.Tests;

public sealed class TestSchedulerSpec() : TestKitSpec(TestConfigs.TestSchedulerConfig)
{
    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    [Fact]
    public void A_message_comes_when_time_reaches_it_and_not_before()
    {
        Scheduler.ScheduleTellOnce(Seconds(10), TestActor, "due", ActorRefs.NoSender);
        Scheduler.Advance(Seconds(9.999));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Scheduler.Advance(Seconds(0.001));
        ExpectMsg("due");
        Scheduler.Advance(Seconds(100));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void What_is_due_runs_in_the_order_of_its_time_and_then_of_scheduling()
    {
        Scheduler.ScheduleTellOnce(Seconds(2), TestActor, "c", ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(Seconds(1), TestActor, "a", ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(Seconds(1), TestActor, "b", ActorRefs.NoSender);
        Scheduler.Advance(Seconds(5));
        Assert.Equal(["a", "b", "c"], ReceiveN(3, Plenty));
    }

    [Fact]
    public void Repeated_messages_come_once_for_each_interval_on_the_way()
    {
        Scheduler.ScheduleTellRepeatedly(Seconds(1), Seconds(2), TestActor, "tick", ActorRefs.NoSender);
        Scheduler.Advance(Seconds(6));
        Assert.Equal(3, ReceiveN(3, Plenty).Count);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void What_is_cancelled_does_not_run()
    {
        var cancelable = Scheduler.ScheduleTellRepeatedlyCancelable(Seconds(1), Seconds(1), TestActor, "tick", ActorRefs.NoSender);
        Scheduler.Advance(Seconds(1));
        ExpectMsg("tick");
        cancelable.Cancel();
        Scheduler.Advance(Seconds(10));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void An_action_sees_the_time_at_which_it_is_due_and_may_schedule_more()
    {
        var start = Scheduler.Now;
        var times = new List<TimeSpan>();
        Scheduler.Advanced.ScheduleOnce(Seconds(1), () =>
        {
            times.Add(Scheduler.Now - start);
            Scheduler.Advanced.ScheduleOnce(Seconds(1), () => times.Add(Scheduler.Now - start));
        });
        Scheduler.Advance(Seconds(3));
        Assert.Equal([Seconds(1), Seconds(2)], times);
        Assert.Equal(start + Seconds(3), Scheduler.Now);
        Assert.Equal(Seconds(3), Scheduler.MonotonicClock);
    }

    [Fact]
    public void Time_does_not_go_back()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.Advance(Seconds(-1)));
        Assert.Throws<InvalidOperationException>(() => Scheduler.AdvanceTo(Scheduler.Now.AddSeconds(-1)));
    }

    [Fact]
    public void A_receive_timeout_waits_for_virtual_time()
    {
        ActorOf(Props.Create(() => new Sleeper(TestActor)));
        ExpectMsg("awake", Plenty);
        Scheduler.Advance(Seconds(59));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Scheduler.Advance(Seconds(1));
        ExpectMsg("timeout", Plenty);
    }

    private sealed class Sleeper : ReceiveActor
    {
        private readonly IActorRef _to;

        public Sleeper(IActorRef to)
        {
            _to = to;
            Receive<ReceiveTimeout>(_ => to.Tell("timeout"));
            SetReceiveTimeout(Seconds(60));
            Self.Tell("settled");
            Receive<string>(_ => _to.Tell("awake"));
        }
    }
}
