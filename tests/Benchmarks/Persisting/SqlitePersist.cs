using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql;
using AkkaHa.Benchmarks.Processes;
using BenchmarkDotNet.Attributes;

namespace AkkaHa.Benchmarks.Persisting;

/// <summary>Persistent actors on SQLite: every event is on the disk (write-ahead log, synchronous = FULL) before it is acknowledged.</summary>
public class SqlitePersist
{
    private const int EventsOfABenchmark = 500;
    private const int WarmUps = 1;
    private const int Rounds = 5;

    private ScratchFolder _folder = null!;
    private ActorSystem _system = null!;
    private IActorRef _writer = null!;
    private IActorRef[] _actors = [];

    /// <summary>How many events each actor has under way; more than one are persisted asynchronously.</summary>
    [Params(1, 100)]
    public int InFlight { get; set; } = 1;

    internal int Actors { get; init; } = 1;

    internal static Task<IReadOnlyList<double>> MeasureOneAtATime() => Measure(new SqlitePersist(), events: 500);

    internal static Task<IReadOnlyList<double>> MeasurePipelined() => Measure(new SqlitePersist { InFlight = 200 }, events: 10_000);

    internal static Task<IReadOnlyList<double>> MeasureManyActors() => Measure(new SqlitePersist { Actors = 100 }, events: 5_000);

    [GlobalSetup]
    public void Start()
    {
        _folder = new ScratchFolder();
        var configuration = ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = WARNING
              persistence {
                journal {
                  plugin = "akka.persistence.journal.sql"
                  sql { connection-string = "Data Source={{Path.Combine(_folder.Path, "journal.db")}}", provider-name = "SQLite.MS" }
                }
                snapshot-store.plugin = ""
              }
              actor {
                serializers.primitive = "Akka.Remote.Serialization.PrimitiveSerializers, Akka.Remote"
                serialization-settings.primitive {}
                serialization-bindings { "System.String" = primitive }
                serialization-identifiers { "Akka.Remote.Serialization.PrimitiveSerializers, Akka.Remote" = 17 }
              }
            }
            """).WithFallback(SqlPersistence.DefaultConfiguration);
        _system = ActorSystem.Create("sqlite-persist", configuration);
        _writer = _system.ActorOf(Props.Create(() => new WriterActor()));
        var pipelined = InFlight > 1;
        _actors = [.. Enumerable.Range(1, Actors).Select(number => _system.ActorOf(Props.Create(() => new PersistingActor($"writer-{number}", pipelined))))];
    }

    [GlobalCleanup]
    public void Stop()
    {
        _system.Terminate().Wait();
        _folder.Dispose();
    }

    [Benchmark(OperationsPerInvoke = EventsOfABenchmark)]
    public Task Persist() => Persist(EventsOfABenchmark);

    private static async Task<IReadOnlyList<double>> Measure(SqlitePersist load, int events)
    {
        load.Start();
        var samples = new List<double>();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await load.Persist(events);
            if (round >= 0)
                samples.Add(events / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        load.Stop();
        return samples;
    }

    private Task Persist(int events)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _writer.Tell(new WriterActor.Write(_actors, events, InFlight, done), ActorRefs.NoSender);
        return done.Task;
    }
}
