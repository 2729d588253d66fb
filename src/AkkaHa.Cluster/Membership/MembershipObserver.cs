using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using AkkaHa.Cluster.Events;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Protocol.Operator;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AkkaHa.Cluster.Membership;

/// <summary>
/// Follows the membership on every node, from its start on, so that a CRM that begins here knows how a node went: downed, or gone by itself.
/// </summary>
public sealed class MembershipObserver : ReceiveActor
{
    /// <summary>What an observer that failed leaves to its next incarnation: who is told, and how nodes went.</summary>
    private sealed record Legacy(ImmutableList<IActorRef> Subscribers, ImmutableSortedDictionary<NodeName, Absence> Absences) : INoSerializationVerificationNeeded;

    private readonly NodeContext _node;
    private readonly IActorRef _events;
    private readonly HashSet<IActorRef> _subscribers = [];
    private readonly Dictionary<NodeName, int> _incarnations = [];
    private MembershipView _view = MembershipView.Empty;

    /// <summary>Begins to follow.</summary>
    public MembershipObserver(NodeContext node, IActorRef events)
    {
        _node = node;
        _events = events;
        Receive<ClusterEvent.MemberUp>(e => Up(e.Member));
        Receive<ClusterEvent.MemberDowned>(e => Down(e.Member));
        Receive<ClusterEvent.MemberRemoved>(e => Remove(e.Member, e.PreviousStatus));
        Receive<ClusterEvent.UnreachableMember>(e => Unreachable(e.Member));
        Receive<ClusterEvent.ReachableMember>(e => Reachable(e.Member));
        Receive<ClusterEvent.IMemberEvent>(_ => { });
        Receive<WatchMembership>(_ =>
        {
            if (_subscribers.Add(Sender))
                Context.Watch(Sender);
            Sender.Tell(_view);
        });
        Receive<Legacy>(Inherit);
        Receive<Terminated>(t => _subscribers.Remove(t.ActorRef));
    }

    /// <inheritdoc />
    protected override void PreStart() => AkkaCluster.Get(Context.System).Subscribe(
        Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));

    /// <inheritdoc />
    protected override void PreRestart(Exception reason, object message)
    {
        Self.Tell(new Legacy([.. _subscribers], _view.Absences));
        base.PreRestart(reason, message);
    }

    /// <inheritdoc />
    protected override void PostStop() => AkkaCluster.Get(Context.System).Unsubscribe(Self);

    private TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    private void Inherit(Legacy legacy)
    {
        foreach (var subscriber in legacy.Subscribers.Where(_subscribers.Add))
            Context.Watch(subscriber);
        Publish(_view with { Absences = legacy.Absences.RemoveRange(_view.Members).SetItems(_view.Absences) });
    }

    private void Up(Member member)
    {
        if (Name(member) is not { } name)
            return;
        _incarnations[name] = member.UniqueAddress.Uid;
        Publish(_view with { Members = _view.Members.Add(name), Absences = _view.Absences.Remove(name) });
        Record(EventKinds.NodeUp, name, $"{name} is a member of the cluster");
    }

    private void Down(Member member)
    {
        if (Name(member) is not { } name || !IsCurrent(name, member))
            return;
        // A member that is downed while it is heard gave way to its own next incarnation; that one has its grace to join.
        var downed = _view.Unreachable.Contains(name);
        Publish(Without(name) with { Absences = _view.Absences.SetItem(name, new Absence(Now, downed)) });
        Record(EventKinds.NodeDowned, name, downed ? $"{name} was downed by the split-brain resolver" : $"{name} was downed to give way to its next incarnation");
    }

    private void Remove(Member member, MemberStatus previous)
    {
        if (Name(member) is not { } name || !IsCurrent(name, member))
            return;
        _incarnations.Remove(name);
        var absence = _view.Absences.GetValueOrDefault(name)
            ?? new Absence(Now, previous == MemberStatus.Down && _view.Unreachable.Contains(name));
        Publish(Without(name) with { Absences = _view.Absences.SetItem(name, absence) });
        Record(EventKinds.NodeRemoved, name, $"{name} is a member no more");
    }

    private void Unreachable(Member member)
    {
        if (Name(member) is not { } name || !IsCurrent(name, member))
            return;
        Publish(_view with { Unreachable = _view.Unreachable.Add(name) });
        Record(EventKinds.NodeUnreachable, name, $"{name} is not heard any more");
    }

    private void Reachable(Member member)
    {
        if (Name(member) is not { } name || !IsCurrent(name, member))
            return;
        Publish(_view with { Unreachable = _view.Unreachable.Remove(name) });
        Record(EventKinds.NodeReachable, name, $"{name} is heard again");
    }

    private MembershipView Without(NodeName name) =>
        _view with { Members = _view.Members.Remove(name), Unreachable = _view.Unreachable.Remove(name) };

    private NodeName? Name(Member member) => _node.NodeAt(member.Address);

    private bool IsCurrent(NodeName name, Member member) =>
        !_incarnations.TryGetValue(name, out var uid) || uid == member.UniqueAddress.Uid;

    private void Publish(MembershipView view)
    {
        _view = view;
        foreach (var subscriber in _subscribers)
            subscriber.Tell(view);
    }

    private void Record(string kind, NodeName subject, string text) => _events.Tell(new RecordEvent(kind, subject.Value, text));
}
