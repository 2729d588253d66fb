using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using BenchmarkDotNet.Attributes;

namespace AkkaHa.Benchmarks.Local;

/// <summary>Two actors of one process send a message to and fro. A round trip is two messages.</summary>
[MemoryDiagnoser]
public class LocalPingPong
{
    private const int RoundTripsOfABenchmark = 1_000_000;
    private const int RoundTrips = 3_000_000;
    private const int WarmUps = 3;
    private const int Rounds = 7;

    private ActorSystem _system = null!;
    private IActorRef _echo = null!;
    private IActorRef _player = null!;

    [Params(1, 200)]
    public int InFlight { get; set; }

    [GlobalSetup]
    public void Start()
    {
        _system = ActorSystem.Create("local-ping-pong", ConfigurationFactory.ParseString("akka.loglevel = WARNING"));
        _echo = _system.ActorOf(Props.Create(() => new EchoActor()));
        _player = _system.ActorOf(Props.Create(() => new PlayerActor()));
    }

    [GlobalCleanup]
    public void Stop() => _system.Terminate().Wait();

    [Benchmark(OperationsPerInvoke = 2 * RoundTripsOfABenchmark)]
    public Task Play() => Play(RoundTripsOfABenchmark);

    internal static async Task<IReadOnlyList<double>> Measure(int inFlight)
    {
        var game = new LocalPingPong { InFlight = inFlight };
        game.Start();
        var samples = new List<double>();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await game.Play(RoundTrips);
            if (round >= 0)
                samples.Add(2.0 * RoundTrips / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        game.Stop();
        return samples;
    }

    private Task Play(long roundTrips)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _player.Tell(new PlayRound(_echo, "ball", roundTrips, InFlight, done), ActorRefs.NoSender);
        return done.Task;
    }
}
