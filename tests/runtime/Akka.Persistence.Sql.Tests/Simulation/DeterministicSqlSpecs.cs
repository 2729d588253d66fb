using Akka.Actor;
using Akka.Embedded;
using Akka.Persistence.Tests;

namespace Akka.Persistence.Sql.Tests.Simulation;

/// <summary>Persistence in a simulation: one thread, virtual time, and one seed for one run.</summary>
public sealed class DeterministicSqlSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_seed_gives_one_run(long seed)
    {
        var first = Run(seed);
        var second = Run(seed);
        Assert.Equal(first.Answers, second.Answers);
        Assert.Equal(first.Trace, second.Trace);
        Assert.Equal(Ledgers * Commands, first.Answers.OfType<Added>().Count());
    }

    [Fact]
    public void A_machine_that_is_killed_keeps_in_its_file_what_it_acknowledged()
    {
        using var file = new SqliteFile();
        var environment = new DeterministicEnvironment(7);
        var machine = environment.CreateNode("killed");
        var answers = new List<object>();
        var system = Create(machine, file);
        var ledger = system.ActorOf(Ledger.Props("a", system.ActorOf(Collector(answers))));
        var client = system.ActorOf(Collector(answers));
        for (var i = 0; i < 100; i++) ledger.Tell(new Add($"e{i}"), client);
        Assert.True(environment.RunUntil(() => answers.OfType<Added>().Count() >= 10, TimeSpan.FromMinutes(1)));
        machine.Kill();
        var acknowledged = answers.OfType<Added>().Count();

        var next = environment.CreateNode("next");
        var found = new List<object>();
        var again = Create(next, file);
        again.ActorOf(Ledger.Props("a", again.ActorOf(Collector(found))));
        Assert.True(environment.RunUntil(() => found.Count > 0, TimeSpan.FromMinutes(1)));
        var recovered = ((Observed)found[0]).What.Split(' ').Count(word => word.StartsWith('e'));
        Assert.InRange(recovered, acknowledged, 100);
    }

    private const int Ledgers = 5;
    private const int Commands = 20;

    private static (List<object> Answers, List<string> Trace) Run(long seed)
    {
        using var file = new SqliteFile();
        var environment = new DeterministicEnvironment(seed);
        var trace = new List<string>();
        environment.Trace = trace.Add;
        var answers = new List<object>();
        var system = Create(environment, file);
        var client = system.ActorOf(Collector(answers));
        var ledgers = Enumerable.Range(0, Ledgers).Select(i => system.ActorOf(Ledger.Props($"ledger-{i}", client))).ToList();
        for (var i = 0; i < Commands; i++) ledgers.ForEach(ledger => ledger.Tell(new Add($"e{i}"), client));
        Assert.True(environment.RunUntil(() => answers.OfType<Added>().Count() == Ledgers * Commands, TimeSpan.FromMinutes(1)));
        environment.RunUntilCompleted(system.Terminate(), TimeSpan.FromMinutes(1));
        return (answers, trace);
    }

    private static ActorSystem Create(RuntimeEnvironment environment, SqliteFile file) =>
        ActorSystem.Create("simulated", BootstrapSetup.Create().WithConfig(file.Config()).And(new RuntimeEnvironmentSetup(environment)));

    private static Props Collector(List<object> into) => Props.Create(() => new Collecting(into));

    private sealed class Collecting(List<object> into) : UntypedActor
    {
        protected override void OnReceive(object message) => into.Add(message);
    }
}
