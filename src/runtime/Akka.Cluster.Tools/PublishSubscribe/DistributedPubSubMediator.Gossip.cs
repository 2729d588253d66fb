using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe.Internal;
using Akka.Event;

namespace Akka.Cluster.Tools.PublishSubscribe;

// How mediators tell each other what is registered: one sends what it knows of (versions), the other what the first one lacks.
public partial class DistributedPubSubMediator
{
    private ITimerScheduler Timers => ((IWithTimers)this).Timers;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        base.PreStart();
        if (_cluster.IsTerminated) throw new InvalidOperationException($"The cluster of the system '{Context.System.Name}' has ended, so nothing can be published.");
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsSnapshot, typeof(ClusterEvent.IMemberEvent));
        Timers.StartPeriodicTimer(GossipTick.Instance, GossipTick.Instance, _settings.GossipInterval);
        Timers.StartPeriodicTimer(PruneTick.Instance, PruneTick.Instance, _settings.RemovedTimeToLive / 2);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        base.PostStop();
        _cluster.Unsubscribe(Self);
    }

    private void ReceiveGossip()
    {
        Receive<GossipTick>(_ => Gossip());
        Receive<PruneTick>(_ => _registry.ForgetRemovalsOlderThan(_settings.RemovedTimeToLive));
        Receive<RegistryStatus>(OnStatus, _ => IsFromMember);
        Receive<RegistryDelta>(OnDelta, _ => IsFromMember);
        Receive<IDistributedPubSubMessage>(late => Log.Debug("{0} from {1}, which is no member, is dropped.", late.GetType().Name, Sender));
        Receive<ClusterEvent.CurrentClusterState>(_ => FollowMembers());
        Receive<ClusterEvent.MemberRemoved>(removed => removed.Member.UniqueAddress == _cluster.SelfUniqueAddress, _ => Context.Stop(Self));
        Receive<ClusterEvent.IMemberEvent>(_ => FollowMembers());
    }

    private bool IsFromMember => _nodes.Any(n => n.Address == Sender.Path.Address);

    private void FollowMembers()
    {
        var before = _nodes;
        _nodes = _cluster.State.Members
            .Where(m => m.Status is MemberStatus.Up or MemberStatus.WeaklyUp or MemberStatus.Leaving)
            .Where(m => m.UniqueAddress != _cluster.SelfUniqueAddress && (_settings.Role is not { Length: > 0 } role || m.HasRole(role)))
            .Select(m => m.UniqueAddress)
            .ToImmutableHashSet();
        _registry.Keep(_nodes);
        // A new member is told what is registered here at once: it may have something to publish.
        foreach (var added in _nodes.Except(before)) SendStatusTo(added);
    }

    private void Gossip()
    {
        if (_nodes.IsEmpty) return;
        var nodes = _nodes.Order().ToList();
        SendStatusTo(nodes[_below(nodes.Count)]);
    }

    private void SendStatusTo(UniqueAddress node) =>
        Context.ActorSelection(new RootActorPath(node.Address) / Self.Path.Elements).Tell(new RegistryStatus(_registry.Versions, IsReply: false), Self);

    private void OnStatus(RegistryStatus status)
    {
        var changes = _registry.ChangesSince(status.Versions, _settings.MaxDeltaElements);
        if (!changes.IsEmpty) Sender.Tell(new RegistryDelta(changes));
        // A status is answered once, or two mediators that both lack something would never stop.
        if (!status.IsReply && _registry.Lacks(status.Versions)) Sender.Tell(new RegistryStatus(_registry.Versions, IsReply: true));
    }

    private void OnDelta(RegistryDelta delta)
    {
        foreach (var bucket in delta.Buckets.Where(b => _nodes.Contains(b.Owner))) _registry.Apply(bucket);
    }

    private sealed record GossipTick : INoSerializationVerificationNeeded
    {
        public static readonly GossipTick Instance = new();
    }

    private sealed record PruneTick : INoSerializationVerificationNeeded
    {
        public static readonly PruneTick Instance = new();
    }
}
