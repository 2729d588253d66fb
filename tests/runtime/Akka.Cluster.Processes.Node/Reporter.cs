using Akka.Actor;
using Akka.Remote;

namespace Akka.Cluster.Processes.Node;

/// <summary>Says in one line each what this node sees of the cluster whenever that changes, and whom it quarantines.</summary>
internal sealed class Reporter : ReceiveActor
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);

    public Reporter()
    {
        Receive<QuarantinedEvent>(q => Console.WriteLine($"quarantines {q.Address}"));
        Receive<ThisActorSystemQuarantinedEvent>(q => Console.WriteLine($"quarantined-by {q.RemoteAddress}"));
        ReceiveAny(_ => Report());
    }

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(QuarantinedEvent));
        Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));
        _cluster.Subscribe(Self, typeof(ClusterEvent.IClusterDomainEvent));
        CoordinatedShutdown.Get(Context.System).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "say why", SayWhy(Context.System));
    }

    private static Func<Task<Done>> SayWhy(ActorSystem system) => () =>
    {
        Console.WriteLine($"ends {CoordinatedShutdown.Get(system).ShutdownReason}");
        return Task.FromResult(Done.Instance);
    };

    private void Report()
    {
        var state = _cluster.State;
        var members = state.Members.Select(m => $"{m.Address}={m.Status}{(state.Unreachable.Contains(m) ? "!" : "")}");
        Console.WriteLine($"sees {string.Join(' ', members)}");
    }
}
