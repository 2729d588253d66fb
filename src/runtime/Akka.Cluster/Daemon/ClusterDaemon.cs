using Akka.Actor;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>
/// The root of the cluster's own actors. It starts them, hands commands on, and ends the cluster extension when one that cannot
/// go on without its state has died.
/// </summary>
internal sealed class ClusterDaemon : ReceiveActor
{
    private readonly Cluster _cluster;
    private readonly IActorRef _publisher;
    private readonly IActorRef _core;
    private long _callbacks;

    public ClusterDaemon(Cluster cluster)
    {
        _cluster = cluster;
        var dispatcher = cluster.Settings.UseDispatcher;
        _publisher = Context.ActorOf(Props.Create(() => new ClusterEventPublisher(cluster)).WithDispatcher(dispatcher).WithDeploy(Deploy.Local), "publisher");
        var publisher = _publisher;
        _core = Context.ActorOf(Props.Create(() => new ClusterCore(cluster, publisher)).WithDispatcher(dispatcher).WithDeploy(Deploy.Local), ClusterPaths.Core);
        Context.ActorOf(
            Props.Create(() => new ClusterHeartbeatReceiver(cluster.SelfUniqueAddress)).WithDispatcher(dispatcher).WithDeploy(Deploy.Local),
            ClusterPaths.HeartbeatReceiver);
        Context.Watch(_core);
        Context.Watch(_publisher);

        Receive<ClusterCommands.Subscribe>(_publisher.Forward);
        Receive<ClusterCommands.Unsubscribe>(_publisher.Forward);
        Receive<ClusterCommands.SendCurrentState>(_publisher.Forward);
        Receive<ClusterCommands.AddStatusCallback>(AddCallback);
        Receive<ThisActorSystemQuarantinedEvent>(q => _core.Tell(new ClusterCommands.QuarantinedBy(q.RemoteAddress)));
        Receive<Terminated>(OnTerminated);
        ReceiveAny(_core.Forward);
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(failure =>
    {
        _cluster.LogError(failure, "One of the cluster's own actors failed: [{0}]. It cannot go on without its state.", failure.Message);
        return Directive.Stop;
    });

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));
        if (_cluster.DowningProvider.DowningActorProps is { } props)
            Context.ActorOf(Props.Create(() => new DowningSupervisor(_cluster, props)).WithDispatcher(_cluster.Settings.UseDispatcher).WithDeploy(Deploy.Local), "downing");
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        _cluster.MarkTerminated();
        _cluster.LogInfo("Shut down");
        _cluster.Lifecycle.ClusterEnded();
    }

    private void OnTerminated(Terminated terminated)
    {
        // The core said its last word to the publisher before it ended: subscribers must hear it before the end.
        if (terminated.ActorRef.Equals(_core)) _publisher.Tell(PoisonPill.Instance);
        else Context.Stop(Self);

        // Whichever of the two ended, the other cannot do its work alone. A core that stops by intent has already said why.
        _cluster.Lifecycle.SelfIsDown();
    }

    private void AddCallback(ClusterCommands.AddStatusCallback add) => Context.ActorOf(
        Props.Create(() => new MemberStatusCallback(_cluster, _publisher, add.Status, add.Callback)).WithDispatcher(_cluster.Settings.UseDispatcher).WithDeploy(Deploy.Local),
        $"callback-{++_callbacks}");
}
