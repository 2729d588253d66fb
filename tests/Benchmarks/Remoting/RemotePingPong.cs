using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using AkkaHa.Benchmarks.Local;
using AkkaHa.Benchmarks.Processes;
using BenchmarkDotNet.Attributes;

namespace AkkaHa.Benchmarks.Remoting;

/// <summary>Two actors of two processes send a short string to and fro over loopback TCP. A round trip is two messages.</summary>
public class RemotePingPong
{
    private const int RoundTripsOfABenchmark = 20_000;
    private const int WarmUps = 3;
    private const int Rounds = 7;
    private static readonly TimeSpan ChildStart = TimeSpan.FromSeconds(30);

    private ActorSystem _system = null!;
    private ChildProcess _child = null!;
    private IActorRef _echo = null!;
    private IActorRef _player = null!;

    [Params(1, 100)]
    public int InFlight { get; set; }

    // BenchmarkDotNet's emitted toolchain waits for benchmarks, but not for what stands around them.
    [GlobalSetup]
    public void Start() => StartAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Stop() => StopAsync().GetAwaiter().GetResult();

    [Benchmark(OperationsPerInvoke = 2 * RoundTripsOfABenchmark)]
    public Task Play() => Play(RoundTripsOfABenchmark);

    private async Task StartAsync()
    {
        _child = ChildProcess.Start(ChildRoles.Echo);
        var port = (await _child.WaitFor(EchoProcess.Port, ChildStart)).Text;
        _system = ActorSystem.Create(EchoProcess.SystemName, ConfigurationFactory.ParseString(EchoProcess.Configuration));
        _player = _system.ActorOf(Props.Create(() => new PlayerActor()));
        var path = $"akka.tcp://{EchoProcess.SystemName}@127.0.0.1:{port}/user/echo";
        _echo = await _system.ActorSelection(path).ResolveOne(ChildStart);
    }

    private async Task StopAsync()
    {
        await _system.Terminate();
        await _child.DisposeAsync();
    }

    internal static async Task<IReadOnlyList<double>> Measure(int inFlight)
    {
        var game = new RemotePingPong { InFlight = inFlight };
        await game.StartAsync();
        var roundTrips = inFlight == 1 ? 20_000 : 150_000;
        var samples = new List<double>();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await game.Play(roundTrips);
            if (round >= 0)
                samples.Add(2.0 * roundTrips / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        await game.StopAsync();
        return samples;
    }

    private Task Play(long roundTrips)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _player.Tell(new PlayRound(_echo, "ball", roundTrips, InFlight, done), ActorRefs.NoSender);
        return done.Task;
    }
}
