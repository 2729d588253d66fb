using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>Runs a callback once when this node gets a status, or at once if it has it.</summary>
internal sealed class MemberStatusCallback : ReceiveActor
{
    private readonly MemberStatus _status;
    private readonly Action _callback;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private bool _done;

    public MemberStatusCallback(Cluster cluster, IActorRef publisher, MemberStatus status, Action callback)
    {
        _status = status;
        _callback = callback;
        Receive<ClusterEvent.CurrentClusterState>(s =>
        {
            if (s.Members.Any(m => m.UniqueAddress == cluster.SelfUniqueAddress && m.Status == status)) Done();
        });
        Receive<ClusterEvent.IMemberEvent>(e =>
        {
            if (e.Member.UniqueAddress == cluster.SelfUniqueAddress && e.Member.Status == status) Done();
        });
        publisher.Tell(new ClusterCommands.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, [typeof(ClusterEvent.IMemberEvent)]), Self);
    }

    // The end of the cluster extension is the removal of this node as far as it can see, however the two events race.
    protected override void PostStop()
    {
        if (_status == MemberStatus.Removed) Run();
    }

    private void Done()
    {
        Run();
        Context.Stop(Self);
    }

    private void Run()
    {
        if (_done) return;
        _done = true;
        try
        {
            _callback();
        }
        catch (Exception failure)
        {
            _log.Error(failure, "The callback for this member being [{0}] failed: [{1}]", _status, failure.Message);
        }
    }
}
