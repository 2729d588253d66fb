using System.Collections.Immutable;
using Akka.Actor;
using Akka.Embedded;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster.Tools.Client;

/// <summary>
/// Sends messages into a cluster from a system that is no member of it (with <c>akka.actor.provider = remote</c>). It looks for a
/// receptionist among its contacts, holds on to it, and looks for another when that one does not answer any more. Meanwhile it
/// keeps messages, up to a limit. Delivery is at most once.
/// </summary>
public sealed partial class ClusterClient : ActorBase, IWithTimers
{
    private readonly ClusterClientSettings _settings;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly FailureDetector _detector;
    private readonly Queue<(object Message, IActorRef Sender)> _kept = new();
    private readonly HashSet<IActorRef> _subscribers = [];
    private readonly HashSet<IActorRef> _leaving = [];
    private ImmutableHashSet<ActorPath> _contacts;
    private IActorRef? _receptionist;

    /// <summary>Made by <see cref="Props"/>.</summary>
    /// <param name="settings">How the client does its work.</param>
    /// <exception cref="ArgumentException">There are no initial contacts.</exception>
    public ClusterClient(ClusterClientSettings settings)
    {
        if (settings.InitialContacts.Count == 0)
            throw new ArgumentException("A cluster client needs at least one contact (akka.cluster.client.initial-contacts).", nameof(settings));
        ClientConfiguration.Inject(Context.System);
        PublishSubscribe.DistributedPubSub.InjectDefaults(Context.System);
        _settings = settings;
        _contacts = settings.InitialContacts.ToImmutableHashSet();
        _detector = new DeadlineFailureDetector(settings.AcceptableHeartbeatPause, settings.HeartbeatInterval, FailureDetector.ClockOf(RuntimeEnvironment.Of(Context.System).Time));
    }

    /// <summary>The timers; set by the runtime.</summary>
    ITimerScheduler IWithTimers.Timers { get; set; } = null!;

    private ITimerScheduler Timers => ((IWithTimers)this).Timers;

    /// <summary>How to make a client.</summary>
    /// <param name="settings">How it does its work.</param>
    public static Props Props(ClusterClientSettings settings) => Actor.Props.Create(() => new ClusterClient(settings)).WithDeploy(Deploy.Local);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        base.PreStart();
        Timers.StartPeriodicTimer(HeartbeatTick.Instance, HeartbeatTick.Instance, _settings.HeartbeatInterval);
        LookForReceptionist();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        base.PostStop();
        while (_kept.TryDequeue(out var kept)) Drop(kept.Message, kept.Sender, "The cluster client has stopped");
    }

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Send send:
                Pass(new PublishSubscribe.Send(send.Path, send.Message, send.LocalAffinity));
                return true;
            case SendToAll send:
                Pass(new PublishSubscribe.SendToAll(send.Path, send.Message));
                return true;
            case Publish publish:
                Pass(new PublishSubscribe.Publish(publish.Topic, publish.Message));
                return true;
            case HeartbeatTick:
                BeatOrGiveUp();
                return true;
            case ClientHeartbeatRsp when Sender.Equals(_receptionist):
                _detector.HeartBeat();
                _leaving.Clear();
                return true;
            case RefreshContactsTick:
                AskForContacts();
                return true;
            case Contacts contacts:
                Learn(contacts);
                return true;
            case ActorIdentity { Subject: { } receptionist } when _receptionist is null && !_leaving.Contains(receptionist):
                Connect(receptionist);
                return true;
            case ReceptionistShutdown when Sender.Equals(_receptionist):
                _log.Info("The receptionist {0} stops, so another one is looked for.", _receptionist);
                // It answers until it is gone, and members that do not know yet still name it.
                _leaving.Add(Sender);
                LookForReceptionist();
                return true;
            case ReconnectTimeout when _receptionist is null:
                _log.Warning("The cluster could not be reached through any of {0} for {1}, so the cluster client stops.", string.Join(", ", _contacts), _settings.ReconnectTimeout);
                Context.Stop(Self);
                return true;
            case ISubscribeContactPoints:
                _subscribers.Add(Context.Watch(Sender));
                Sender.Tell(new ContactPoints(_contacts));
                return true;
            case IUnsubscribeContactPoints:
                if (_subscribers.Remove(Sender)) Context.Unwatch(Sender);
                return true;
            case Terminated terminated:
                _subscribers.Remove(terminated.ActorRef);
                return true;
            case IGetContactPoints:
                Sender.Tell(new ContactPoints(_contacts));
                return true;
            default:
                return message is ActorIdentity or ClientHeartbeatRsp or ReceptionistShutdown or ReconnectTimeout;
        }
    }

    private void LookForReceptionist()
    {
        _receptionist = null;
        // A contact list that has become useless must not keep the client from the ones it was given.
        LearnOf(_contacts.Union(_settings.InitialContacts));
        Timers.StartPeriodicTimer(RefreshContactsTick.Instance, RefreshContactsTick.Instance, _settings.EstablishingGetContactsInterval);
        if (_settings.ReconnectTimeout is { } timeout) Timers.StartSingleTimer(ReconnectTimeout.Instance, ReconnectTimeout.Instance, timeout);
        AskForContacts();
    }

    private void AskForContacts()
    {
        if (_receptionist is not null)
        {
            _receptionist.Tell(GetContacts.Instance);
            return;
        }

        foreach (var contact in _contacts) Context.ActorSelection(contact).Tell(GetContacts.Instance);
    }

    private void Learn(Contacts contacts)
    {
        var paths = contacts.Paths.Select(path => ActorPath.TryParse(path, out var parsed) ? parsed : null).OfType<ActorPath>().ToImmutableHashSet();
        if (paths.IsEmpty) return;
        LearnOf(_receptionist is null ? _contacts.Union(paths) : paths);
        if (_receptionist is not null) return;
        foreach (var path in paths) Context.ActorSelection(path).Tell(new Identify(path.ToString()));
    }

    private void LearnOf(ImmutableHashSet<ActorPath> contacts)
    {
        var before = _contacts;
        _contacts = contacts;
        foreach (var subscriber in _subscribers)
        {
            foreach (var added in contacts.Except(before)) subscriber.Tell(new ContactPointAdded(added));
            foreach (var removed in before.Except(contacts)) subscriber.Tell(new ContactPointRemoved(removed));
        }
    }

    private void Connect(IActorRef receptionist)
    {
        _log.Info("Connected to the cluster through {0}.", receptionist.Path);
        _receptionist = receptionist;
        _detector.HeartBeat();
        Timers.Cancel(ReconnectTimeout.Instance);
        Timers.StartPeriodicTimer(RefreshContactsTick.Instance, RefreshContactsTick.Instance, _settings.RefreshContactsInterval);
        receptionist.Tell(ClientHeartbeat.Instance);
        while (_kept.TryDequeue(out var kept)) receptionist.Tell(kept.Message, kept.Sender);
    }

    private void BeatOrGiveUp()
    {
        if (_receptionist is null) return;
        if (_detector.IsAvailable)
        {
            _receptionist.Tell(ClientHeartbeat.Instance);
            return;
        }

        _log.Info("The receptionist {0} does not answer any more, so another one is looked for.", _receptionist);
        LookForReceptionist();
    }

    private void Pass(object message)
    {
        if (_receptionist is not null)
        {
            _receptionist.Forward(message);
            return;
        }

        if (_settings.BufferSize == 0)
        {
            Drop(message, Sender, "There is no connection to the cluster, and nothing is kept (buffer-size = 0)");
            return;
        }

        if (_kept.Count == _settings.BufferSize)
        {
            var (oldest, from) = _kept.Dequeue();
            Drop(oldest, from, $"There is no connection to the cluster, and {_settings.BufferSize} messages are kept already (buffer-size)");
        }

        _kept.Enqueue((message, Sender));
    }

    private void Drop(object message, IActorRef sender, string reason) => Context.System.EventStream.Publish(new Dropped(message, reason, sender, Self));
}
