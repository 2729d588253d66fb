using Akka.Actor;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>
/// Watches actors of other systems. For members of the cluster it leaves the verdict to the cluster: their actors count as
/// terminated when the member is removed, not when a heartbeat of this one node is missed, so that all nodes agree. Others
/// it watches as a remote watcher does.
/// </summary>
internal sealed class ClusterRemoteWatcher : RemoteWatcher
{
    private readonly HashSet<Address> _members = [];
    private readonly Cluster _cluster;

    public ClusterRemoteWatcher(
        IFailureDetectorRegistry<Address> failureDetector, TimeSpan heartbeatInterval, TimeSpan unreachableReaperInterval, TimeSpan heartbeatExpectedResponseAfter)
        : base(failureDetector, heartbeatInterval, unreachableReaperInterval, heartbeatExpectedResponseAfter) =>
        _cluster = Cluster.Get(Context.System);

    protected override void PreStart()
    {
        base.PreStart();
        _cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent));
    }

    protected override void PostStop()
    {
        base.PostStop();
        _cluster.Unsubscribe(Self);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.CurrentClusterState state:
                _members.Clear();
                foreach (var member in state.Members) TakeOver(member.Address);
                break;
            case ClusterEvent.MemberRemoved removed:
                OnRemoved(removed);
                break;
            case ClusterEvent.IMemberEvent change:
                TakeOver(change.Member.Address);
                break;
            default:
                base.OnReceive(message);
                break;
        }
    }

    protected override void WatchNode(IInternalActorRef watchee)
    {
        if (!_members.Contains(watchee.Path.Address)) base.WatchNode(watchee);
    }

    private void TakeOver(Address address)
    {
        if (address.Equals(_cluster.SelfAddress) || !_members.Add(address)) return;
        if (WatchingNodes.Contains(address)) UnwatchNode(address);
    }

    private void OnRemoved(ClusterEvent.MemberRemoved removed)
    {
        var node = removed.Member.UniqueAddress;
        if (node == _cluster.SelfUniqueAddress) return;
        _members.Remove(node.Address);
        if (removed.PreviousStatus == MemberStatus.Down && ((ExtendedActorSystem)Context.System).Provider is RemoteActorRefProvider provider)
            provider.Quarantine(node.Address, node.Uid, "it was downed and removed from the cluster");
        PublishAddressTerminated(node.Address);
    }
}
