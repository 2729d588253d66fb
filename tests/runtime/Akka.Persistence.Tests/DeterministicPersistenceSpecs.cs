using Akka.Actor;
using Akka.Configuration;
using Akka.Embedded;

namespace Akka.Persistence.Tests;

/// <summary>Persistence in a simulation, where time passes only when nothing is ready.</summary>
public sealed class DeterministicPersistenceSpecs
{
    private readonly DeterministicEnvironment _environment = new(42);
    private readonly List<object> _heard = [];
    private readonly ActorSystem _system;
    private readonly IActorRef _listener;

    public DeterministicPersistenceSpecs()
    {
        var config = ConfigurationFactory.ParseString("akka.loglevel = OFF, akka.stdout-loglevel = OFF")
            .WithFallback(ConfigurationFactory.ParseString(ControlledJournal.Hocon));
        _system = ActorSystem.Create("simulated", BootstrapSetup.Create().WithConfig(config).And(new RuntimeEnvironmentSetup(_environment)));
        _listener = _system.ActorOf(Props.Create(() => new Listener(_heard)));
    }

    [Fact]
    public void A_write_that_does_not_end_fails_when_the_circuit_breaker_gives_it_up()
    {
        var ledger = _system.ActorOf(Ledger.Props("a", _listener));
        Persistence.Instance.Apply(_system).JournalFor("").Tell(new HoldWrites(), _listener);
        Await(() => _heard.OfType<Controlled>().Any() && _heard.OfType<Observed>().Any());
        var before = _environment.Elapsed;
        ledger.Tell(new Add("a"), _listener);
        Await(() => _heard.OfType<Observed>().Any(o => o.What.StartsWith("failed a", StringComparison.Ordinal)));
        Assert.InRange(_environment.Elapsed - before, TimeSpan.FromSeconds(9.9), TimeSpan.FromSeconds(10.1));
    }

    [Fact]
    public void A_recovery_that_is_not_answered_fails_after_its_timeout()
    {
        Persistence.Instance.Apply(_system).JournalFor("").Tell(new HoldReplays(), _listener);
        Await(() => _heard.OfType<Controlled>().Any());
        _system.ActorOf(Ledger.Props("a", _listener));
        Await(() => _heard.OfType<Observed>().Any(o => o.What.StartsWith("recovery failed", StringComparison.Ordinal)));
        Assert.InRange(_environment.Elapsed, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(31));
    }

    [Fact]
    public void A_write_whose_actor_restarts_meanwhile_is_recovered_and_not_answered_twice()
    {
        var ledger = _system.ActorOf(Ledger.Props("a", _listener));
        var journal = Persistence.Instance.Apply(_system).JournalFor("");
        journal.Tell(new HoldWrites(), _listener);
        _environment.RunUntilIdle();
        ledger.Tell(new AddAsync("a"), _listener);
        ledger.Tell(new Crash("while writing"), _listener);
        // The new incarnation has asked for its events by now, and waits for the write of the former.
        _environment.RunUntilIdle();
        Assert.Single(_heard.OfType<Observed>(), o => o.What.StartsWith("recovered", StringComparison.Ordinal));
        journal.Tell(new ReleaseWrites(), _listener);
        Await(() => _heard.Contains(new Observed("recovered a at 1")));
        ledger.Tell(new Add("b"), _listener);
        Await(() => _heard.OfType<Added>().Any());
        Assert.Equal([new Added("b", 2)], _heard.OfType<Added>());
    }

    [Fact]
    public void Snapshots_and_events_come_back_after_a_restart()
    {
        var ledger = _system.ActorOf(Ledger.Props("a", _listener));
        ledger.Tell(new Add("a", "b"), _listener);
        ledger.Tell(new TakeSnapshot(), _listener);
        ledger.Tell(new Add("c"), _listener);
        Await(() => _heard.OfType<SaveSnapshotSuccess>().Any() && _heard.OfType<Added>().Count() == 3);
        ledger.Tell(new Crash("on purpose"), _listener);
        Await(() => _heard.Contains(new Observed("recovered a b c at 3")));
        Assert.Contains(new Observed("offered 2"), _heard);
    }

    private void Await(Func<bool> condition) =>
        Assert.True(_environment.RunUntil(condition, TimeSpan.FromMinutes(1)), $"Heard only: {string.Join(", ", _heard)}");

    private sealed class Listener(List<object> heard) : UntypedActor
    {
        protected override void OnReceive(object message) => heard.Add(message);
    }
}
