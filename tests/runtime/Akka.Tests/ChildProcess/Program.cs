using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests.ChildProcess;

/// <summary>
/// What <see cref="Actor.EndOfProcessSpec"/> starts as a process of its own: how a process ends can only be seen from outside.
/// </summary>
public static class Program
{
    public static async Task Main(string[] args)
    {
        if (args is not [var how, ..])
            return;
        var config = $$"""
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            akka.coordinated-shutdown {
              exit-clr = {{(how is "return" ? "off" : "on")}}
              terminate-actor-system = {{(how is "exit-only" ? "off" : "on")}}
              run-by-actor-system-terminate = {{(how is "exit-only" ? "off" : "on")}}
            }
            """;
        var system = ActorSystem.Create("child", ConfigurationFactory.ParseString(config));
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "say so", () =>
        {
            Console.WriteLine($"shut down: {shutdown.ShutdownReason}");
            return Task.FromResult(Done.Instance);
        });
        Console.WriteLine("ready");
        switch (how)
        {
            case "return":
                return;
            case "exit" or "exit-only":
                _ = shutdown.Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
                break;
            case "downed":
                _ = shutdown.Run(CoordinatedShutdown.ClusterDowningReason.Instance);
                break;
        }

        await new TaskCompletionSource().Task;
    }
}
