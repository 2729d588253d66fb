using Akka.Actor;

namespace Akka.Persistence.Tests;

/// <summary>The persistent actors themselves keep to <c>max-concurrent-recoveries</c>.</summary>
public sealed class ConcurrentRecoverySpecs() : ControlledJournalSpec("akka.persistence.max-concurrent-recoveries = 2")
{
    [Fact]
    public void No_more_than_the_allowed_number_recover_at_once_and_each_that_has_recovered_makes_place_for_the_next()
    {
        Control(new HoldReplays());
        for (var i = 0; i < 5; i++) Sys.ActorOf(Ledger.Props($"{Id}-{i}", Observer.Ref));

        for (var recovered = 0; recovered < 5; recovered++)
        {
            AwaitAssert(() => Assert.Equal(Math.Min(2, 5 - recovered), ReplaysThatWait()), Patience);
            // All five have asked long since: were there more leaves than two, more would wait.
            Observer.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
            Assert.Equal(Math.Min(2, 5 - recovered), ReplaysThatWait());
            Control(new ReleaseReplay());
            ObserveThat(what => what.StartsWith("recovered", StringComparison.Ordinal));
        }
    }

    private int ReplaysThatWait() => Persistence.Instance.Apply(Sys).JournalFor("").Ask<int>(new CountReplays(), Patience).Result;
}
