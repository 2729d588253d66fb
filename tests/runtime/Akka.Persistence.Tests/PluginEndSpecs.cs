using Akka.Actor;

namespace Akka.Persistence.Tests;

/// <summary>What becomes of persistent actors whose journal ends.</summary>
public sealed class PluginEndSpecs() : ControlledJournalSpec("unusable { class = \"Akka.Persistence.Tests.UnusableJournal, Akka.Persistence.Tests\" }")
{
    [Fact]
    public void An_actor_whose_journal_cannot_start_fails_its_recovery_at_once()
    {
        var ledger = Sys.ActorOf(Props.Create(() => new LedgerElsewhere(Id, Observer.Ref, "unusable")));
        Watch(ledger);
        ObserveThat(what => what.StartsWith("recovery failed: unusable has ended", StringComparison.Ordinal));
        ExpectTerminated(ledger, Patience);
    }

    [Fact]
    public void An_actor_whose_journal_ends_during_a_write_stops()
    {
        var ledger = Start();
        Watch(ledger);
        Control(new HoldWrites());
        Ask(ledger, new Add("a"));
        Sys.Stop(Persistence.Instance.Apply(Sys).JournalFor(""));
        ObserveThat(what => what.StartsWith("failed a: akka.persistence.journal.controlled has ended", StringComparison.Ordinal));
        ExpectTerminated(ledger, Patience);
    }

    [Fact]
    public void An_actor_whose_journal_ends_while_it_writes_nothing_stops()
    {
        var ledger = Start();
        Watch(ledger);
        Sys.Stop(Persistence.Instance.Apply(Sys).JournalFor(""));
        ExpectTerminated(ledger, Patience);
    }

    private sealed class LedgerElsewhere : Ledger
    {
        public LedgerElsewhere(string persistenceId, IActorRef observer, string journal)
            : base(persistenceId, observer) => JournalPluginId = journal;
    }
}

public sealed class UnusableJournal : Akka.Persistence.Journal.MemoryJournal
{
    public UnusableJournal() => throw new InvalidOperationException("this journal is misconfigured");
}
