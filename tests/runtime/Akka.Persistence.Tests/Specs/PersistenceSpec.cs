using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace Akka.Persistence.Tests.Specs;

/// <summary>What the specs of persistence share: a ledger, somebody who observes it, and somebody who sends it commands.</summary>
public abstract class PersistenceSpec : TestKit.Xunit2.TestKit
{
    // Waits are for events; this only bounds how long a broken run takes to say so.
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static int _ids;

    protected PersistenceSpec(Config config)
        : base(config.WithFallback(ConfigurationFactory.ParseString(EntrySerializer.Hocon)))
    {
        Observer = CreateTestProbe("observer");
        Client = CreateTestProbe("client");
        Id = $"ledger-{Environment.ProcessId}-{Interlocked.Increment(ref _ids)}";
    }

    /// <summary>The persistence id of this test.</summary>
    protected string Id { get; }

    protected TestProbe Observer { get; }

    protected TestProbe Client { get; }

    /// <summary>Starts a ledger and waits until it has recovered; what it recovered to is checked if it is given.</summary>
    protected IActorRef Start(string? recoveredTo = null, Recovery? recovery = null, bool skipOffer = false)
    {
        var ledger = Sys.ActorOf(Ledger.Props(Id, Observer.Ref, recovery));
        if (skipOffer) ObserveThat(what => what.StartsWith("offered", StringComparison.Ordinal));
        ObserveThat(what => recoveredTo is null ? what.StartsWith("recovered", StringComparison.Ordinal) : what == $"recovered {recoveredTo}");
        return ledger;
    }

    protected void ObserveThat(Predicate<string> expected)
    {
        var what = Observer.ExpectMsg<Observed>(Patience).What;
        Assert.True(expected(what), $"The ledger said: {what}");
    }

    protected void Ask(IActorRef ledger, object command) => ledger.Tell(command, Client.Ref);

    protected void ExpectAdded(params string[] texts)
    {
        foreach (var text in texts) Assert.Equal(text, Client.ExpectMsg<Added>(Patience).Text);
    }

    protected void ExpectContent(IActorRef ledger, long sequenceNr, params string[] entries)
    {
        Ask(ledger, new Read());
        Assert.Equal(new Content(entries, sequenceNr), Client.ExpectMsg<Content>(Patience));
    }

    protected void Stop(IActorRef ledger)
    {
        Watch(ledger);
        Sys.Stop(ledger);
        ExpectTerminated(ledger, Patience);
        Unwatch(ledger);
    }
}
