using System.Collections.Immutable;
using Akka.Actor;
using Akka.Embedded;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster.Tools.Client;

/// <summary>
/// Lets systems that are no members talk to the actors that are registered with <see cref="ClusterClientReceptionist"/>, and to no
/// others. There is one on each member; a client uses one of them at a time.
/// </summary>
public sealed class ClusterReceptionist : ActorBase, IWithTimers
{
    private readonly IActorRef _pubSubMediator;
    private readonly ClusterReceptionistSettings _settings;
    private readonly Cluster _cluster;
    private readonly Clock _clock;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<IActorRef, FailureDetector> _clients = [];
    private readonly HashSet<IActorRef> _subscribers = [];
    private bool _isLeaving;

    /// <summary>Made by <see cref="Props"/>.</summary>
    /// <param name="pubSubMediator">The mediator of this node, which knows the services.</param>
    /// <param name="settings">How the receptionist does its work.</param>
    /// <exception cref="ArgumentException">This member does not have the role.</exception>
    public ClusterReceptionist(IActorRef pubSubMediator, ClusterReceptionistSettings settings)
    {
        ClientConfiguration.Inject(Context.System);
        _pubSubMediator = pubSubMediator;
        _settings = settings;
        _cluster = Cluster.Get(Context.System);
        _clock = FailureDetector.ClockOf(RuntimeEnvironment.Of(Context.System).Time);
        if (settings.Role is { Length: > 0 } role && !_cluster.SelfRoles.Contains(role))
            throw new ArgumentException($"The member {_cluster.SelfAddress} does not have the role '{role}' of the receptionists.", nameof(settings));
    }

    /// <summary>The timers; set by the runtime.</summary>
    ITimerScheduler IWithTimers.Timers { get; set; } = null!;

    /// <summary>How to make a receptionist.</summary>
    /// <param name="pubSubMediator">The mediator of this node, which knows the services.</param>
    /// <param name="settings">How it does its work.</param>
    public static Props Props(IActorRef pubSubMediator, ClusterReceptionistSettings settings) =>
        Actor.Props.Create(() => new ClusterReceptionist(pubSubMediator, settings)).WithDeploy(Deploy.Local);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        base.PreStart();
        if (_cluster.IsTerminated) throw new InvalidOperationException($"The cluster of the system '{Context.System.Name}' has ended, so it receives no clients.");
        ((IWithTimers)this).Timers.StartPeriodicTimer(HeartbeatTick.Instance, HeartbeatTick.Instance, _settings.FailureDetectionInterval);
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberExited), typeof(ClusterEvent.MemberRemoved));
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        base.PostStop();
        _cluster.Unsubscribe(Self);
        SendClientsElsewhere();
    }

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case PublishSubscribe.Send or PublishSubscribe.SendToAll or PublishSubscribe.Publish:
                _pubSubMediator.Tell(message, TunnelTo(Sender));
                return true;
            case ClientHeartbeat when _isLeaving:
                // It heard of this receptionist from a member that did not know yet.
                Sender.Tell(ReceptionistShutdown.Instance);
                return true;
            case ClientHeartbeat:
                HearOf(Sender);
                Sender.Tell(ClientHeartbeatRsp.Instance);
                return true;
            case GetContacts:
                Sender.Tell(new Contacts(ContactsFor(Sender)));
                return true;
            case HeartbeatTick:
                ForgetSilentClients();
                return true;
            case SubscribeClusterClients:
                _subscribers.Add(Context.Watch(Sender));
                Sender.Tell(new ClusterClients(_clients.Keys.ToImmutableHashSet()));
                return true;
            case UnsubscribeClusterClients:
                if (_subscribers.Remove(Sender)) Context.Unwatch(Sender);
                return true;
            case GetClusterClients:
                Sender.Tell(new ClusterClients(_clients.Keys.ToImmutableHashSet()));
                return true;
            case Terminated terminated:
                _subscribers.Remove(terminated.ActorRef);
                return true;
            case ClusterEvent.MemberExited exited:
                // Told now, since the connections may be closed by the time this actor stops.
                if (exited.Member.UniqueAddress == _cluster.SelfUniqueAddress) SendClientsElsewhere();
                return true;
            case ClusterEvent.MemberRemoved removed:
                if (removed.Member.UniqueAddress == _cluster.SelfUniqueAddress) Context.Stop(Self);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Some receptionists: the same for the same client as long as the members do not change, others for other clients.</summary>
    private ImmutableList<string> ContactsFor(IActorRef client)
    {
        var path = Self.Path.ToStringWithoutAddress();
        var members = _cluster.State.Members
            .Where(m => m.Status is MemberStatus.Up or MemberStatus.WeaklyUp)
            .Where(m => _settings.Role is not { Length: > 0 } role || m.HasRole(role))
            .Select(m => m.Address)
            .Order(Member.AddressOrdering)
            .ToList();
        // A node that is in no cluster yet can be talked to all the same.
        if (members.Count == 0) members.Add(_cluster.SelfAddress);
        var start = (int)(StableHash(client.Path.ToStringWithAddress(client.Path.Address)) % (uint)members.Count);
        return Enumerable.Range(0, Math.Min(_settings.NumberOfContacts, members.Count))
            .Select(i => (new RootActorPath(members[(start + i) % members.Count]) / Self.Path.Elements).ToString()!)
            .ToImmutableList();
    }

    // All receptionists must come to the same answer, so the hash may not differ between processes (FNV-1a).
    private static uint StableHash(string text) => text.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u);

    private void SendClientsElsewhere()
    {
        _isLeaving = true;
        foreach (var client in _clients.Keys) client.Tell(ReceptionistShutdown.Instance);
        _clients.Clear();
    }

    private void HearOf(IActorRef client)
    {
        if (!_clients.TryGetValue(client, out var detector))
        {
            _clients.Add(client, detector = new DeadlineFailureDetector(_settings.AcceptableHeartbeatPause, _settings.HeartbeatInterval, _clock));
            _log.Debug("The client {0} has connected.", client);
            foreach (var subscriber in _subscribers) subscriber.Tell(new ClusterClientUp(client));
        }

        detector.HeartBeat();
    }

    private void ForgetSilentClients()
    {
        foreach (var client in _clients.Where(c => !c.Value.IsAvailable).Select(c => c.Key).ToList())
        {
            _clients.Remove(client);
            _log.Debug("The client {0} has not been heard of for too long.", client);
            foreach (var subscriber in _subscribers) subscriber.Tell(new ClusterClientUnreachable(client));
        }
    }

    private IActorRef TunnelTo(IActorRef client)
    {
        var name = Uri.EscapeDataString(client.Path.ToSerializationFormat());
        var child = Context.Child(name);
        return child.IsNobody() ? Context.ActorOf(ClientResponseTunnel.Props(client, _settings.ResponseTunnelReceiveTimeout), name) : child;
    }
}
