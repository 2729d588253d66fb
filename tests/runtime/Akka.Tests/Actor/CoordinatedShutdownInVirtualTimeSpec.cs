using Akka.Actor;
using Akka.Configuration;
using Akka.Embedded;
using Akka.Pattern;

namespace Akka.Tests.Actor;

public sealed class CoordinatedShutdownInVirtualTimeSpec
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly DeterministicEnvironment _environment = new(42);
    private readonly ActorSystem _system;

    public CoordinatedShutdownInVirtualTimeSpec() => _system = ActorSystem.Create(
        "virtual",
        BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("akka.loglevel = OFF\nakka.stdout-loglevel = OFF"))
            .And(new RuntimeEnvironmentSetup(_environment)));

    [Fact]
    public void A_late_task_holds_its_phase_for_exactly_the_timeout_of_virtual_time()
    {
        var shutdown = CoordinatedShutdown.Get(_system);
        var began = TimeSpan.Zero;
        var wentOn = TimeSpan.Zero;
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "never ends", () =>
        {
            began = _environment.Elapsed;
            return new TaskCompletionSource<Done>().Task;
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "note", () =>
        {
            wentOn = _environment.Elapsed;
            return Task.FromResult(Done.Instance);
        });
        _environment.RunUntilCompleted(shutdown.Run(CoordinatedShutdown.UnknownReason.Instance), Hour);
        Assert.Equal(TimeSpan.FromSeconds(5), wentOn - began);
        Assert.True(_system.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public void Every_task_runs_on_the_thread_of_the_simulation()
    {
        var threads = new HashSet<int>();
        var shutdown = CoordinatedShutdown.Get(_system);
        foreach (var phase in new[] { CoordinatedShutdown.PhaseServiceStop, CoordinatedShutdown.PhaseClusterLeave, CoordinatedShutdown.PhaseClusterShutdown })
        {
            shutdown.AddTask(phase, "note", async () =>
            {
                await Task.Yield();
                threads.Add(Environment.CurrentManagedThreadId);
                return Done.Instance;
            });
        }

        _environment.RunUntilCompleted(_system.Terminate(), Hour);
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public void A_circuit_breaker_counts_in_virtual_time_too()
    {
        var breaker = new CircuitBreaker(_system.Scheduler, 1, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
        Task<int>? call = null;
        _environment.Execute(() => call = breaker.WithCircuitBreaker(() => new TaskCompletionSource<int>().Task));
        _environment.RunFor(TimeSpan.FromSeconds(2));
        Assert.IsType<TimeoutException>(call!.Exception!.InnerException);
        Assert.True(breaker.IsOpen);
        _environment.RunFor(TimeSpan.FromSeconds(29));
        Assert.True(breaker.IsOpen);
        _environment.RunFor(TimeSpan.FromSeconds(1));
        Assert.True(breaker.IsHalfOpen);
    }
}
