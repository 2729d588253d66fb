using Akka.Actor;

namespace Akka.Persistence.Tests;

/// <summary>What a persistent actor does when its journal is slow, refuses or fails.</summary>
public sealed class JournalFailureSpecs() : ControlledJournalSpec("")
{
    [Fact]
    public void A_command_waits_until_the_event_before_it_is_written()
    {
        var ledger = Start();
        Control(new HoldWrites());
        Ask(ledger, new Add("a"));
        Ask(ledger, new Read());
        Ask(ledger, new Add("b"));
        // The observer's own command shows that the mailbox was worked through while the write was held.
        ledger.Tell(new Identify("alive"), Observer.Ref);
        Observer.ExpectMsg<ActorIdentity>(Patience);
        Client.ExpectNoMsg(TimeSpan.Zero);

        Control(new ReleaseWrites());
        Client.ExpectMsg(new Added("a", 1), Patience);
        Client.ExpectMsg(new Content(["a"], 1), Patience);
        Client.ExpectMsg(new Added("b", 2), Patience);
    }

    [Fact]
    public void Asynchronous_persisting_handles_commands_while_the_write_is_held()
    {
        var ledger = Start();
        Control(new HoldWrites());
        Ask(ledger, new AddAsync("a"));
        Client.ExpectMsg(new Observed("going on"), Patience);
        Ask(ledger, new Read());
        Client.ExpectMsg(new Content([], 0), Patience);
        Control(new ReleaseWrites());
        Client.ExpectMsg(new Added("a", 1), Patience);
    }

    [Fact]
    public void A_failed_write_stops_the_actor_and_says_why()
    {
        var ledger = Start();
        Watch(ledger);
        Ask(ledger, new Add("a"));
        ExpectAdded("a");
        Ask(ledger, new Add("unstorable"));
        Ask(ledger, new Add("never"));
        ObserveThat(what => what == "failed unstorable: the disk is gone");
        ExpectTerminated(ledger, Patience);
        Start("a at 1");
    }

    [Fact]
    public void Events_collected_behind_a_failed_write_are_not_written()
    {
        var ledger = Start();
        Watch(ledger);
        Control(new HoldWrites());
        Ask(ledger, new AddAsync("unstorable"));
        Ask(ledger, new AddAsync("behind"));
        Client.ExpectMsg(new Observed("going on"), Patience);
        Client.ExpectMsg(new Observed("going on"), Patience);
        Control(new ReleaseWrites());
        ExpectTerminated(ledger, Patience);
        ObserveThat(what => what == "failed unstorable: the disk is gone");
        Start("at 0");
    }

    [Fact]
    public void Of_events_persisted_together_all_are_written_or_none()
    {
        var ledger = Start();
        Watch(ledger);
        Ask(ledger, new AddAll("a", "unstorable", "b"));
        ExpectTerminated(ledger, Patience);
        ObserveThat(what => what == "failed a: the disk is gone");
        Client.ExpectNoMsg(TimeSpan.Zero);
        Start("at 0");
    }

    [Fact]
    public void A_rejected_event_is_not_written_and_the_actor_goes_on()
    {
        var ledger = Start();
        Ask(ledger, new Add("refused"));
        Ask(ledger, new Add("b"));
        ObserveThat(what => what == "rejected refused: the journal does not take this");
        Client.ExpectMsg(new Added("b", 2), Patience);
        Stop(ledger);
        Start("b at 2");
    }

    [Fact]
    public void An_asynchronous_handler_that_had_to_wait_is_not_overtaken_by_those_that_wait_behind_it()
    {
        var ledger = Start();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Control(new HoldWrites());
        Ask(ledger, new Add("first"));
        Ask(ledger, new AddAfterAwaiting("awaited", gate.Task));
        Ask(ledger, new Add("b"));
        Ask(ledger, new Add("c"));
        Control(new ReleaseWrites());
        ExpectAdded("first");
        gate.SetResult();
        ExpectAdded("awaited", "b", "c");
    }

    [Fact]
    public void An_event_that_cannot_be_handled_in_the_recovery_stops_the_actor()
    {
        var ledger = Start();
        Ask(ledger, new Add("a", "poison"));
        ExpectAdded("a", "poison");
        Stop(ledger);
        var again = Sys.ActorOf(Ledger.Props(Id, Observer.Ref));
        Watch(again);
        ObserveThat(what => what == "recovery failed: this entry cannot be read back");
        ExpectTerminated(again, Patience);
    }

    [Fact]
    public void Persisting_during_the_recovery_is_refused()
    {
        var ledger = Start();
        Ask(ledger, new Add("a"));
        ExpectAdded("a");
        Stop(ledger);
        Watch(Sys.ActorOf(Props.Create(() => new EagerLedger(Id, Observer.Ref))));
        ObserveThat(what => what.StartsWith("recovery failed", StringComparison.Ordinal) && what.Contains("still recovering"));
        ExpectMsg<Terminated>(Patience);
    }

    private sealed class EagerLedger(string persistenceId, IActorRef observer) : Ledger(persistenceId, observer)
    {
        protected override void OnRecover(object message)
        {
            if (message is Entry entry) Persist(new Entry(entry.Text + " again"), _ => { });
            base.OnRecover(message);
        }
    }
}
