using Akka.Actor;
using Akka.Configuration;

namespace AkkaHa.Benchmarks.Local;

/// <summary>What a tell to an actor of the same process allocates, the message itself not counted.</summary>
internal static class TellAllocation
{
    private const int Tells = 1_000_000;
    private const int Rounds = 5;

    public static async Task<IReadOnlyList<double>> Measure()
    {
        var system = ActorSystem.Create("tell-allocation", ConfigurationFactory.ParseString("akka.loglevel = WARNING"));
        var message = new object();
        var samples = new List<double>();
        for (var round = -1; round < Rounds; round++)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var counter = system.ActorOf(Props.Create(() => new CountDownActor(Tells, done)));
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < Tells; i++)
                counter.Tell(message, ActorRefs.NoSender);
            await done.Task;
            if (round >= 0)
                samples.Add((GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Tells);
        }

        await system.Terminate();
        return samples;
    }

    private sealed class CountDownActor(int messages, TaskCompletionSource done) : UntypedActor
    {
        private int _left = messages;

        protected override void OnReceive(object message)
        {
            if (--_left == 0)
                done.SetResult();
        }
    }
}
