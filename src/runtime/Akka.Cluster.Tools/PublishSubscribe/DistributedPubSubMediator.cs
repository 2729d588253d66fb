using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe.Internal;
using Akka.Embedded;
using Akka.Event;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>
/// Delivers messages to actors by path or topic, wherever in the cluster they are. There is one on each member with the same
/// path; each keeps what is registered on its own node and tells the others of it by gossip, so a new registration is known
/// everywhere a little later. Delivery is at most once. On its own node it works before any cluster is formed.
/// </summary>
public partial class DistributedPubSubMediator : ReceiveActor, IWithTimers
{
    private readonly DistributedPubSubSettings _settings;
    private readonly Cluster _cluster;
    private readonly Func<int, int> _below;
    private readonly DeliveryChoice _choice;
    private readonly Registry _registry;
    private readonly LocalSubscribers _subscribers = new();
    private ImmutableHashSet<UniqueAddress> _nodes = [];

    /// <summary>Made by <see cref="Props"/>.</summary>
    /// <param name="settings">How the mediator does its work.</param>
    /// <exception cref="ArgumentException">This member does not have the role.</exception>
    public DistributedPubSubMediator(DistributedPubSubSettings settings)
    {
        DistributedPubSub.InjectDefaults(Context.System);
        _settings = settings;
        _cluster = Cluster.Get(Context.System);
        if (settings.Role is { Length: > 0 } role && !_cluster.SelfRoles.Contains(role))
            throw new ArgumentException($"The member {_cluster.SelfAddress} does not have the role '{role}' of the mediators for publish and subscribe.", nameof(settings));
        Log = Context.GetLogger();
        var environment = RuntimeEnvironment.Of(Context.System);
#pragma warning disable RS0030 // seeded by the environment
        _below = environment.CreateRandom("pub-sub").Next;
#pragma warning restore RS0030
        _choice = new DeliveryChoice(settings.Routing, _below);
        _registry = new Registry(_cluster.SelfUniqueAddress, environment.Time);

        Receive<Send>(OnSend);
        Receive<SendToAll>(OnSendToAll);
        Receive<Publish>(OnPublish);
        Receive<TopicDelivery>(d => DeliverHere(ServiceKey.OfTopic(d.Topic, d.Group), d.Message));
        Receive<Put>(OnPut);
        Receive<Remove>(remove => RemovePath(ServiceKey.OfPath(remove.Path)));
        Receive<Subscribe>(OnSubscribe);
        Receive<Unsubscribe>(OnUnsubscribe);
        Receive<Terminated>(OnTerminated);
        Receive<GetTopics>(_ => Sender.Tell(new CurrentTopics(_registry.Topics.ToImmutableHashSet())));
        Receive<CountSubscribers>(count => Sender.Tell(_subscribers.Count(count.Topic)));
        ReceiveGossip();
    }

    /// <summary>The log of the mediator.</summary>
    public ILoggingAdapter Log { get; }

    /// <summary>The timers; set by the runtime.</summary>
    ITimerScheduler IWithTimers.Timers { get; set; } = null!;

    /// <summary>How to make a mediator.</summary>
    /// <param name="settings">How it does its work.</param>
    public static Props Props(DistributedPubSubSettings settings) => Actor.Props.Create(() => new DistributedPubSubMediator(settings)).WithDeploy(Deploy.Local);

    private void OnSend(Send send)
    {
        var key = ServiceKey.OfPath(send.Path);
        if (send.LocalAffinity && _registry.FindOwn(key) is { } own)
            own.Forward(send.Message);
        else
            Deliver(_choice.From(_registry.Find(key)), send.Message);
    }

    private void OnSendToAll(SendToAll send)
    {
        var all = _registry.Find(ServiceKey.OfPath(send.Path));
        Deliver(send.ExcludeSelf ? [.. all.Where(found => found.Owner != _cluster.SelfUniqueAddress)] : all, send.Message);
    }

    private void Deliver(IReadOnlyList<(UniqueAddress Owner, IActorRef Ref)> to, object message)
    {
        foreach (var (_, actor) in to) actor.Forward(message);
        if (to.Count == 0) NobodyWants(message);
    }

    private void OnPublish(Publish publish)
    {
        var keys = publish.SendOneMessageToEachGroup
            ? _registry.GroupsOf(publish.Topic).Select(group => ServiceKey.OfTopic(publish.Topic, group)).ToList()
            : [ServiceKey.OfTopic(publish.Topic, null)];
        var isWanted = false;
        foreach (var key in keys)
        {
            var nodes = _registry.Find(key);
            foreach (var (owner, mediator) in key.Kind == ServiceKind.Group ? _choice.From(nodes) : nodes)
            {
                isWanted = true;
                if (owner == _cluster.SelfUniqueAddress)
                    DeliverHere(key, publish.Message);
                else
                    mediator.Forward(new TopicDelivery(key.Name, key.Group.Length == 0 ? null : key.Group, publish.Message));
            }
        }

        if (!isWanted) NobodyWants(publish.Message);
    }

    private void DeliverHere(ServiceKey key, object message)
    {
        var subscribers = _subscribers.Of(key);
        foreach (var subscriber in key.Kind == ServiceKind.Group ? _choice.From(subscribers) : subscribers) subscriber.Forward(message);
        if (subscribers.Count == 0) NobodyWants(message);
    }

    private void NobodyWants(object message)
    {
        if (_settings.SendToDeadLettersWhenNoSubscribers)
            Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self));
        else if (Log.IsDebugEnabled)
            Log.Debug("Nobody wants the message [{0}] of {1}, so it is dropped.", message, Sender);
    }

    private void OnPut(Put put)
    {
        if (put.Ref.Path.Address.HasGlobalScope && put.Ref.Path.Address != _cluster.SelfAddress)
        {
            Log.Warning("{0} is not registered: it lives on another node and must be put there.", put.Ref);
            return;
        }

        var key = ServiceKey.OfPath(put.Ref.Path.ToStringWithoutAddress());
        var before = _registry.FindOwn(key);
        _registry.Register(key, put.Ref);
        _subscribers.Use(put.Ref);
        Context.Watch(put.Ref);
        if (before is not null && !before.Equals(put.Ref)) Disuse(before);
    }

    private void RemovePath(ServiceKey key)
    {
        if (_registry.FindOwn(key) is not { } actor) return;
        _registry.Unregister(key);
        Disuse(actor);
    }

    private void OnSubscribe(Subscribe subscribe)
    {
        var key = ServiceKey.OfTopic(subscribe.Topic, subscribe.Group);
        if (_subscribers.Add(key, subscribe.Ref))
        {
            Context.Watch(subscribe.Ref);
            _registry.Register(key, Self);
        }

        Sender.Tell(new SubscribeAck(subscribe));
    }

    private void OnUnsubscribe(Unsubscribe unsubscribe)
    {
        RemoveSubscriber(ServiceKey.OfTopic(unsubscribe.Topic, unsubscribe.Group), unsubscribe.Ref);
        Sender.Tell(new UnsubscribeAck(unsubscribe));
    }

    private void RemoveSubscriber(ServiceKey key, IActorRef subscriber)
    {
        if (!_subscribers.Remove(key, subscriber)) return;
        if (_subscribers.Of(key).Count == 0) _registry.Unregister(key);
        if (!_subscribers.IsUsed(subscriber)) Context.Unwatch(subscriber);
    }

    private void Disuse(IActorRef actor)
    {
        _subscribers.Disuse(actor);
        if (!_subscribers.IsUsed(actor)) Context.Unwatch(actor);
    }

    private void OnTerminated(Terminated terminated)
    {
        var actor = terminated.ActorRef;
        foreach (var key in _subscribers.KeysOf(actor)) RemoveSubscriber(key, actor);
        var path = ServiceKey.OfPath(actor.Path.ToStringWithoutAddress());
        if (actor.Equals(_registry.FindOwn(path))) RemovePath(path);
    }
}
