using Akka.Actor.Internal;
using Akka.Embedded;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Gives an actor system its <see cref="CoordinatedShutdown"/>, as <c>akka.coordinated-shutdown</c> says.</summary>
public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    /// <summary>Makes the id of the extension.</summary>
    public CoordinatedShutdownExtension()
    {
    }

    /// <inheritdoc/>
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system)
    {
        var config = system.Settings.Config.GetConfig("akka.coordinated-shutdown");
        var shutdown = new CoordinatedShutdown(system, ShutdownPhase.Read(config));
        var terminate = config.GetBoolean("terminate-actor-system");
        var exit = config.GetBoolean("exit-clr");
        var process = new ProcessEnd(shutdown, exit);
        if (terminate || exit)
            shutdown.AddTask(CoordinatedShutdown.PhaseActorSystemTerminate, "terminate-system", () => EndAsync(shutdown, process, terminate));
        if (config.GetBoolean("run-by-clr-shutdown-hook") && !RuntimeEnvironment.Of(system).IsDeterministic)
            process.Hook();
        return shutdown;
    }

    private static async Task<Done> EndAsync(CoordinatedShutdown shutdown, ProcessEnd process, bool terminate)
    {
        process.AnnounceExitCode();
        if (terminate)
        {
            ((ActorSystemImpl)shutdown.System).FinalTerminate();
            try
            {
                await shutdown.System.WhenTerminated.WaitAsync(shutdown.Timeout(CoordinatedShutdown.PhaseActorSystemTerminate), RuntimeEnvironment.Of(shutdown.System).Time);
            }
            catch (TimeoutException) when (process.Exits)
            {
                // A system that does not end must not keep the process, which somebody wants gone.
            }
        }

        process.Exit();
        return Done.Instance;
    }

    /// <summary>The end of the process, which can both cause a shutdown and follow from one.</summary>
    private sealed class ProcessEnd(CoordinatedShutdown shutdown, bool exits)
    {
        private bool _ending;

        internal bool Exits => exits;

        private int ExitCode => (shutdown.ShutdownReason ?? CoordinatedShutdown.UnknownReason.Instance).ExitCode;

        internal void Hook()
        {
            AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
            shutdown.System.WhenTerminated.ContinueWith(
                _ => AppDomain.CurrentDomain.ProcessExit -= OnProcessExit,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        /// <summary>A program that waits for the end of its actor system may return before <see cref="Exit"/>: that is no success either.</summary>
        internal void AnnounceExitCode()
        {
            if (exits)
                Environment.ExitCode = ExitCode;
        }

        internal void Exit()
        {
            // Either side comes first, and the other has nothing left to do.
            if (exits && !Interlocked.Exchange(ref _ending, true))
                Environment.Exit(ExitCode);
        }

        private void OnProcessExit(object? sender, EventArgs e)
        {
            if (Interlocked.Exchange(ref _ending, true) || shutdown.System.WhenTerminated.IsCompleted)
                return;
            try
            {
                shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).Wait(shutdown.TotalTimeout);
            }
            catch (AggregateException failure)
            {
                shutdown.System.Log.Warning("The shutdown of {0} at the end of the process failed: {1}", shutdown.System.Name, failure.InnerException?.Message);
            }
        }
    }
}
