using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence.Tests;

/// <summary>What happens to a command that finds the internal stash full.</summary>
public abstract class StashOverflowSpec(string strategy) : ControlledJournalSpec($"""
    akka.actor.default-mailbox.stash-capacity = 3
    akka.persistence.internal-stash-overflow-strategy = "{strategy}"
    """)
{
    protected IActorRef LedgerThatWaitsFor(int commands)
    {
        var ledger = Start();
        Control(new HoldWrites());
        Ask(ledger, new Add("first"));
        for (var i = 1; i <= commands; i++) Ask(ledger, new Add($"waits-{i}"));
        return ledger;
    }
}

public sealed class StashOverflowThrowsSpecs() : StashOverflowSpec("Akka.Persistence.ThrowExceptionConfigurator")
{
    [Fact]
    public void By_default_the_actor_fails_and_its_supervisor_decides()
    {
        LedgerThatWaitsFor(4);
        Control(new ReleaseWrites());
        ObserveThat(what => what.StartsWith("recovered first", StringComparison.Ordinal));
    }
}

public sealed class StashOverflowDiscardsSpecs() : StashOverflowSpec("Akka.Persistence.DiscardConfigurator")
{
    [Fact]
    public void It_can_go_to_the_dead_letters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        LedgerThatWaitsFor(4);
        Assert.Equal("waits-4", FishForMessage<DeadLetter>(letter => letter.Message is Add, Patience).Message is Add add ? add.Texts[0] : null);
        Sys.EventStream.Unsubscribe(TestActor, typeof(DeadLetter));
        Control(new ReleaseWrites());
        ExpectAdded("first", "waits-1", "waits-2", "waits-3");
    }
}

public sealed class StashOverflowRepliesSpecs() : StashOverflowSpec("Akka.Persistence.ThrowExceptionConfigurator")
{
    [Fact]
    public void It_can_be_answered()
    {
        var ledger = Sys.ActorOf(Props.Create(() => new BusyLedger(Id, Observer.Ref)));
        ObserveThat(what => what == "recovered at 0");
        Control(new HoldWrites());
        foreach (var i in Enumerable.Range(0, 5)) Ask(ledger, new Add($"a{i}"));
        Client.ExpectMsg("busy", Patience);
        Control(new ReleaseWrites());
        ExpectAdded("a0", "a1", "a2", "a3");
    }

    private sealed class BusyLedger(string persistenceId, IActorRef observer) : Ledger(persistenceId, observer)
    {
        public override IStashOverflowStrategy InternalStashOverflowStrategy => new ReplyToStrategy("busy");
    }
}
