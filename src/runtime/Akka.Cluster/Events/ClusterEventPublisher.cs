using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>Tells subscribers what changes, at once and in order.</summary>
internal sealed class ClusterEventPublisher : ReceiveActor
{
    private readonly Cluster _cluster;
    private readonly MembershipState _nothing;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<IActorRef, ImmutableHashSet<Type>> _subscriptions = [];
    private MembershipState _published;

    public ClusterEventPublisher(Cluster cluster)
    {
        _cluster = cluster;
        _nothing = new MembershipState(Gossip.Empty, cluster.SelfUniqueAddress);
        _published = _nothing;
        Receive<ClusterCommands.Publish>(p => PublishUpTo(p.State));
        Receive<ClusterCommands.Subscribe>(Subscribe);
        Receive<ClusterCommands.Unsubscribe>(u => Unsubscribe(u.Subscriber, u.From));
        Receive<ClusterCommands.SendCurrentState>(s => s.Receiver.Tell(_published.ToCurrentState(), Self));
        Receive<Terminated>(t => _subscriptions.Remove(t.ActorRef));
    }

    protected override void PostStop()
    {
        Publish(ClusterEvent.ClusterShuttingDown.Instance);

        // To this node it is itself that is gone. The others are still there as far as anyone knows; to report them as
        // removed would invite a dying node to take over what they run.
        if (_published.SelfMember is not { } self) return;
        var previous = self.Status is MemberStatus.Leaving ? MemberStatus.Exiting : self.Status;
        var gone = _published.Gossip.Remove([self.UniqueAddress]);
        _published = new MembershipState(gone, _published.Self);
        _cluster.ReadView = _published;
        Publish(new ClusterEvent.MemberRemoved(new Member(self.UniqueAddress, self.UpNumber, MemberStatus.Removed, self.Roles, self.AppVersion), previous));
    }

    private void PublishUpTo(MembershipState state)
    {
        var events = ClusterEventDiff.Between(_published, state);
        _published = state;
        _cluster.ReadView = state;
        foreach (var published in events) Publish(published);
    }

    private void Publish(ClusterEvent.IClusterDomainEvent published)
    {
        if (_cluster.Settings.LogInfoVerbose && published is ClusterEvent.IMemberEvent or ClusterEvent.IReachabilityEvent)
            _log.Info("Cluster Node [{0}] - event {1}", _cluster.SelfAddress, published);
        foreach (var (subscriber, types) in _subscriptions)
            if (IsWanted(published, types)) subscriber.Tell(published, Self);
    }

    private void Subscribe(ClusterCommands.Subscribe subscription)
    {
        var subscriber = subscription.Subscriber;
        if (subscription.InitialState == ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot)
        {
            subscriber.Tell(_published.ToCurrentState(), Self);
        }
        else
        {
            foreach (var past in ClusterEventDiff.Between(_nothing, _published))
                if (IsWanted(past, subscription.To)) subscriber.Tell(past, Self);
        }

        _subscriptions[subscriber] = _subscriptions.GetValueOrDefault(subscriber, []).Union(subscription.To);
        Context.Watch(subscriber);
    }

    private void Unsubscribe(IActorRef subscriber, Type? from)
    {
        if (!_subscriptions.TryGetValue(subscriber, out var types)) return;
        var left = from is null ? [] : types.Remove(from);
        if (!left.IsEmpty)
        {
            _subscriptions[subscriber] = left;
            return;
        }

        _subscriptions.Remove(subscriber);
        Context.Unwatch(subscriber);
    }

    private static bool IsWanted(ClusterEvent.IClusterDomainEvent published, ImmutableHashSet<Type> types)
    {
        foreach (var type in types)
            if (type.IsInstanceOfType(published)) return true;
        return false;
    }
}
