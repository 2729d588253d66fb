using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Configs;

namespace Akka.Tests.Actor;

public sealed class FsmSpec() : Akka.TestKit.Xunit2.TestKit(TestConfigs.TestSchedulerConfig)
{
    private enum Door
    {
        Open,
        Closed,
        Locked,
        Nowhere,
    }

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    private IActorRef NewDoor() => Sys.ActorOf(Props.Create(() => new DoorMachine(TestActor)), "door");

    private void Subscribe(IActorRef door)
    {
        door.Tell(new FSMBase.SubscribeTransitionCallBack(TestActor));
        ExpectMsg<FSMBase.CurrentState<Door>>(s => s.State == Door.Open && s.FsmRef.Equals(door));
    }

    private void ExpectTransition(Door from, Door to) =>
        ExpectMsg<FSMBase.Transition<Door>>(t => t.From == from && t.To == to);

    [Fact]
    public void Messages_lead_from_state_to_state_and_subscribers_are_told()
    {
        var door = NewDoor();
        Subscribe(door);
        door.Tell("close");
        ExpectTransition(Door.Open, Door.Closed);
        door.Tell("lock");
        ExpectTransition(Door.Closed, Door.Locked);
        door.Tell(new FSMBase.UnsubscribeTransitionCallBack(TestActor));
        door.Tell("unlock");
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void Data_goes_along_and_the_sender_is_answered()
    {
        var door = NewDoor();
        door.Tell("count");
        ExpectMsg(0);
        door.Tell("close");
        door.Tell("open");
        door.Tell("count");
        ExpectMsg(1);
    }

    [Fact]
    public void Staying_is_no_transition_but_going_to_the_same_state_is()
    {
        var door = NewDoor();
        Subscribe(door);
        door.Tell("count");
        ExpectMsg(0);
        door.Tell("again");
        ExpectTransition(Door.Open, Door.Open);
    }

    [Fact]
    public void A_transition_handler_sees_both_states_and_the_next_data()
    {
        var door = NewDoor();
        door.Tell("close");
        door.Tell("report transitions");
        door.Tell("open");
        ExpectMsg("Closed -> Open with 1");
    }

    [Fact]
    public void A_state_that_waits_too_long_gets_a_timeout()
    {
        var door = NewDoor();
        Subscribe(door);
        door.Tell("close");
        ExpectTransition(Door.Open, Door.Closed);
        Scheduler.Advance(TimeSpan.FromSeconds(10));
        ExpectTransition(Door.Closed, Door.Locked);
    }

    [Fact]
    public void A_message_starts_the_wait_anew()
    {
        var door = NewDoor();
        Subscribe(door);
        door.Tell("close");
        ExpectTransition(Door.Open, Door.Closed);
        Scheduler.Advance(TimeSpan.FromSeconds(9));
        door.Tell("count");
        ExpectMsg(0);
        Scheduler.Advance(TimeSpan.FromSeconds(9));
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Scheduler.Advance(TimeSpan.FromSeconds(1));
        ExpectTransition(Door.Closed, Door.Locked);
    }

    [Fact]
    public void Timers_send_once_or_again_and_again_until_they_are_cancelled()
    {
        var door = NewDoor();
        door.Tell("timers");
        ExpectMsg("timers set");
        Scheduler.Advance(TimeSpan.FromSeconds(3));
        ExpectMsgAllOf("once", "tick", "tick", "tick");
        door.Tell("cancel timers");
        ExpectMsg("timers cancelled");
        Scheduler.Advance(TimeSpan.FromSeconds(3));
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_message_no_state_handles_is_logged_unless_there_is_a_handler()
    {
        var door = NewDoor();
        EventFilter.Warning(contains: "does not handle nonsense in the state Open").ExpectOne(() => door.Tell("nonsense"));
        door.Tell("known to all states");
        ExpectMsg("handled");
    }

    [Fact]
    public void Stopping_runs_the_termination_handler_with_the_reason()
    {
        var door = NewDoor();
        Watch(door);
        door.Tell("stop");
        ExpectMsg("stopped: Normal in Open");
        ExpectTerminated(door);
    }

    [Fact]
    public void Being_stopped_from_outside_has_a_reason_too()
    {
        var door = NewDoor();
        Sys.Stop(door);
        ExpectMsg("stopped: Shutdown in Open");
    }

    [Fact]
    public void A_failure_is_logged_with_its_cause()
    {
        var door = NewDoor();
        EventFilter.Exception<InvalidOperationException>("jammed").ExpectOne(() => door.Tell("jam"));
        ExpectMsg("stopped: Failure in Open");
    }

    [Fact]
    public void Going_to_a_state_that_was_never_declared_ends_the_machine()
    {
        var door = NewDoor();
        Watch(door);
        EventFilter.Error(contains: "There is no state Nowhere").ExpectOne(() => door.Tell("go nowhere"));
        ExpectMsg("stopped: Failure in Open");
        ExpectTerminated(door);
    }

    private sealed class DoorMachine : FSM<Door, int>
    {
        private bool _report;

        public DoorMachine(IActorRef observer)
        {
            When(Door.Open, e => e.FsmEvent switch
            {
                "close" => GoTo(Door.Closed),
                "again" => GoTo(Door.Open),
                "stop" => Stop(),
                "jam" => Stop(new Failure(new InvalidOperationException("jammed"))),
                "go nowhere" => GoTo(Door.Nowhere),
                _ => null,
            });
            When(Door.Closed, Transform(e => e.FsmEvent is "open" ? GoTo(Door.Open) : null).Using(next => next.Using(next.StateData + 1)), TimeSpan.FromSeconds(10));
            When(Door.Closed, e => e.FsmEvent is "lock" or StateTimeout ? GoTo(Door.Locked) : null);
            When(Door.Locked, e => e.FsmEvent is "unlock" ? GoTo(Door.Closed) : null);
            WhenUnhandled(e =>
            {
                switch (e.FsmEvent)
                {
                    case "count":
                        return Stay().Replying(e.StateData);
                    case "known to all states":
                        return Stay().Replying("handled");
                    case "report transitions":
                        _report = true;
                        return Stay();
                    case "timers":
                        SetTimer("once", "once", TimeSpan.FromSeconds(1));
                        SetTimer("tick", "tick", TimeSpan.FromSeconds(1), repeat: true);
                        return Stay().Replying("timers set");
                    case "once" or "tick":
                        observer.Tell(e.FsmEvent);
                        return Stay();
                    case "cancel timers":
                        CancelTimer("tick");
                        return Stay().Replying(IsTimerActive("tick") || IsTimerActive("once") ? "timers left" : "timers cancelled");
                    default:
                        return null;
                }
            });
            OnTransition((from, to) =>
            {
                if (_report)
                    observer.Tell($"{from} -> {to} with {NextStateData}");
            });
            OnTermination(e => observer.Tell($"stopped: {e.Reason.GetType().Name} in {e.TerminatedState}"));
            StartWith(Door.Open, 0);
            Initialize();
        }
    }
}
