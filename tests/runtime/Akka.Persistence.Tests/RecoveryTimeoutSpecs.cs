namespace Akka.Persistence.Tests;

public sealed class RecoveryTimeoutSpecs() : ControlledJournalSpec("akka.persistence.journal.controlled.recovery-event-timeout = 200ms")
{
    [Fact]
    public void A_recovery_that_the_journal_does_not_answer_in_time_fails_and_stops_the_actor()
    {
        Control(new HoldReplays());
        var ledger = Sys.ActorOf(Ledger.Props(Id, Observer.Ref));
        Watch(ledger);
        ObserveThat(what => what.StartsWith("recovery failed", StringComparison.Ordinal) && what.Contains("recovery-event-timeout"));
        ExpectTerminated(ledger, Patience);
    }
}
