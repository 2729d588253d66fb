using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Extensions;

namespace Akka.Tests.Actor;

public sealed class CoordinatedShutdownSpec : IDisposable
{
    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<string> _ran = new();
    private readonly List<ActorSystem> _systems = [];

    public void Dispose()
    {
        foreach (var system in _systems)
            system.Dispose();
    }

    private CoordinatedShutdown Start(string config = "")
    {
        var system = ActorSystem.Create("shutdown", ConfigurationFactory.ParseString("akka.stdout-loglevel = OFF\nakka.loglevel = OFF\nakka.coordinated-shutdown.run-by-clr-shutdown-hook = off\n" + config));
        _systems.Add(system);
        return CoordinatedShutdown.Get(system);
    }

    private Func<Task<Done>> Note(string what) => () =>
    {
        _ran.Enqueue(what);
        return Task.FromResult(Done.Instance);
    };

    private static Task<Done> Run(CoordinatedShutdown shutdown, string? from = null) =>
        shutdown.Run(CoordinatedShutdown.UnknownReason.Instance, from).WithTimeout(Plenty);

    [Fact]
    public async Task Phases_run_in_the_order_of_what_they_depend_on()
    {
        var shutdown = Start();
        string[] phases =
        [
            CoordinatedShutdown.PhaseBeforeServiceUnbind,
            CoordinatedShutdown.PhaseServiceUnbind,
            CoordinatedShutdown.PhaseServiceRequestsDone,
            CoordinatedShutdown.PhaseServiceStop,
            CoordinatedShutdown.PhaseBeforeClusterShutdown,
            CoordinatedShutdown.PhaseClusterShardingShutdownRegion,
            CoordinatedShutdown.PhaseClusterLeave,
            CoordinatedShutdown.PhaseClusterExiting,
            CoordinatedShutdown.PhaseClusterExitingDone,
            CoordinatedShutdown.PhaseClusterShutdown,
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate,
            CoordinatedShutdown.PhaseActorSystemTerminate,
        ];
        foreach (var phase in phases.Reverse())
            shutdown.AddTask(phase, "note", Note(phase));
        await Run(shutdown);
        Assert.Equal(phases, _ran);
        Assert.True(shutdown.System.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public void The_default_timeouts_are_those_of_the_published_configuration()
    {
        var shutdown = Start();
        Assert.Equal(TimeSpan.FromSeconds(5), shutdown.Timeout(CoordinatedShutdown.PhaseServiceStop));
        Assert.Equal(TimeSpan.FromSeconds(10), shutdown.Timeout(CoordinatedShutdown.PhaseClusterShardingShutdownRegion));
        Assert.Equal(TimeSpan.FromSeconds(10), shutdown.Timeout(CoordinatedShutdown.PhaseClusterExiting));
        Assert.Equal(TimeSpan.FromSeconds(10), shutdown.Timeout(CoordinatedShutdown.PhaseActorSystemTerminate));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "task", Note(""));
        Assert.Equal(TimeSpan.FromSeconds(15), shutdown.TotalTimeout);
    }

    [Fact]
    public async Task Only_the_first_run_counts()
    {
        var shutdown = Start();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "note", Note("once"));
        Assert.Null(shutdown.ShutdownReason);
        var first = shutdown.Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
        var second = shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);
        await Task.WhenAll(first, second).WithTimeout(Plenty);
        Assert.Equal(["once"], _ran);
        Assert.Same(CoordinatedShutdown.ClusterLeavingReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task A_run_from_a_phase_leaves_out_those_before_it()
    {
        var shutdown = Start();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "note", Note("before"));
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "note", Note("from"));
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterShutdown, "note", Note("after"));
        await Run(shutdown, CoordinatedShutdown.PhaseClusterLeave);
        Assert.Equal(["from", "after"], _ran);
    }

    [Fact]
    public async Task Tasks_of_one_phase_run_side_by_side_and_the_next_phase_waits_for_all()
    {
        var shutdown = Start();
        var first = new TaskCompletionSource<Done>();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "waits for the other", () => first.Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "lets the other go", () =>
        {
            _ran.Enqueue("second");
            first.SetResult(Done.Instance);
            return Task.FromResult(Done.Instance);
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "note", Note("next phase"));
        await Run(shutdown);
        Assert.Equal(["second", "next phase"], _ran);
    }

    [Fact]
    public async Task A_task_that_fails_does_not_stop_the_shutdown()
    {
        var shutdown = Start();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "fails", () => Task.FromException<Done>(new InvalidOperationException("on purpose")));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "throws", () => throw new InvalidOperationException("on purpose"));
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "note", Note("after"));
        await Run(shutdown);
        Assert.Equal(["after"], _ran);
    }

    [Fact]
    public async Task A_task_that_is_late_does_not_stop_the_shutdown()
    {
        var shutdown = Start("akka.coordinated-shutdown.phases.service-stop.timeout = 50ms");
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "never ends", () => new TaskCompletionSource<Done>().Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "note", Note("after"));
        await Run(shutdown);
        Assert.Equal(["after"], _ran);
    }

    [Fact]
    public async Task In_a_phase_that_does_not_recover_a_failure_ends_the_shutdown()
    {
        var shutdown = Start("akka.coordinated-shutdown.phases.service-stop.recover = off");
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "fails", () => Task.FromException<Done>(new InvalidOperationException("on purpose")));
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "note", Note("after"));
        Assert.Equal("on purpose", (await Assert.ThrowsAsync<InvalidOperationException>(() => Run(shutdown))).Message);
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task In_a_phase_that_does_not_recover_being_late_ends_the_shutdown_and_the_late_task_is_named()
    {
        var shutdown = Start("akka.coordinated-shutdown.phases.service-stop { recover = off, timeout = 50ms }");
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "sleepyhead", () => new TaskCompletionSource<Done>().Task);
        Assert.Contains("sleepyhead", (await Assert.ThrowsAsync<TimeoutException>(() => shutdown.Run(CoordinatedShutdown.UnknownReason.Instance))).Message);
    }

    [Fact]
    public async Task A_task_added_while_the_shutdown_runs_is_run_in_a_later_phase()
    {
        var shutdown = Start();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "adds", () =>
        {
            shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "added", Note("added"));
            return Task.FromResult(Done.Instance);
        });
        await Run(shutdown);
        Assert.Equal(["added"], _ran);
    }

    [Fact]
    public void A_task_for_a_phase_that_does_not_exist_is_refused_with_the_phases_there_are()
    {
        var refusal = Assert.Throws<ArgumentException>(() => Start().AddTask("nowhere", "task", Note("")));
        Assert.Contains("nowhere", refusal.Message);
        Assert.Contains(CoordinatedShutdown.PhaseServiceStop, refusal.Message);
        Assert.Throws<ArgumentException>(() => Start().AddTask(CoordinatedShutdown.PhaseServiceStop, "", Note("")));
    }

    [Fact]
    public void Phases_that_depend_on_each_other_in_a_circle_are_refused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => Start("akka.coordinated-shutdown.phases.before-service-unbind.depends-on = [service-stop]"));
        Assert.Contains("circle", refusal.Message);
    }

    [Fact]
    public async Task A_phase_of_ones_own_takes_its_place()
    {
        var shutdown = Start("""
            akka.coordinated-shutdown.phases {
              save-work { depends-on = [service-stop] }
              before-cluster-shutdown { depends-on = [service-stop, save-work] }
            }
            """);
        shutdown.AddTask("save-work", "note", Note("save"));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "note", Note("stop"));
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeClusterShutdown, "note", Note("cluster"));
        await Run(shutdown);
        Assert.Equal(["stop", "save", "cluster"], _ran);
    }

    [Fact]
    public async Task Terminating_the_actor_system_runs_the_shutdown()
    {
        var shutdown = Start();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "note", Note("ran"));
        await shutdown.System.Terminate().ShouldCompleteWithin(Plenty);
        Assert.Equal(["ran"], _ran);
        Assert.Same(CoordinatedShutdown.ActorSystemTerminateReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task Where_terminating_does_not_run_it_the_system_just_ends()
    {
        var shutdown = Start("akka.coordinated-shutdown.run-by-actor-system-terminate = off");
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "note", Note("ran"));
        await shutdown.System.Terminate().ShouldCompleteWithin(Plenty);
        Assert.Empty(_ran);
        Assert.Null(shutdown.ShutdownReason);
    }

    [Fact]
    public async Task Where_the_shutdown_does_not_terminate_the_system_stays()
    {
        var shutdown = Start("akka.coordinated-shutdown { terminate-actor-system = off, run-by-actor-system-terminate = off }");
        await Run(shutdown);
        Assert.False(shutdown.System.WhenTerminated.IsCompleted);
    }

    [Fact]
    public void Terminating_by_a_shutdown_that_does_not_terminate_is_refused() =>
        Assert.Contains(
            "run-by-actor-system-terminate",
            Assert.Throws<ConfigurationException>(() => Start("akka.coordinated-shutdown.terminate-actor-system = off")).Message);
}
