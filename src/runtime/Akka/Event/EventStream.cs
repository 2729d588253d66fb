using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Event;

/// <summary>The bus of an actor system: dead letters, unhandled messages, log lines, and whatever actors publish. Subscribers that end are removed.</summary>
public class EventStream : LoggingBus
{
    private readonly bool _debug;
    private volatile IActorRef? _unsubscriber;

    /// <summary>Makes the stream.</summary>
    /// <param name="debug">Whether subscriptions are logged.</param>
    public EventStream(bool debug) => _debug = debug;

    /// <inheritdoc/>
    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(channel);
        Trace($"subscribing {subscriber} to channel {channel}");
        var changed = base.Subscribe(subscriber, channel);
        if (changed && subscriber is not MinimalActorRef)
            _unsubscriber?.Tell(new EventStreamUnsubscriber.Register(subscriber), ActorRefs.NoSender);
        return changed;
    }

    /// <inheritdoc/>
    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        var changed = base.Unsubscribe(subscriber, channel);
        Trace($"unsubscribing {subscriber} from channel {channel}");
        return changed;
    }

    /// <inheritdoc/>
    public override bool Unsubscribe(IActorRef subscriber)
    {
        var changed = base.Unsubscribe(subscriber);
        Trace($"unsubscribing {subscriber} from all channels");
        if (changed)
            _unsubscriber?.Tell(new EventStreamUnsubscriber.Forget(subscriber), ActorRefs.NoSender);
        return changed;
    }

    /// <summary>Starts the actor that removes subscribers when they end.</summary>
    /// <param name="system">The system.</param>
    public void StartUnsubscriber(ActorSystemImpl system)
        => _unsubscriber ??= system.SystemActorOf(Props.Create(() => new EventStreamUnsubscriber(this)), "EventStreamUnsubscriber");

    private void Trace(string message)
    {
        if (_debug)
            Publish(new Debug(Logging.SimpleName(this), GetType(), message));
    }
}

/// <summary>Subscribing by type argument.</summary>
public static class EventStreamExtensions
{
    /// <summary>Subscribes to a type and all types below it.</summary>
    /// <typeparam name="TChannel">The type.</typeparam>
    /// <param name="eventStream">The stream.</param>
    /// <param name="subscriber">Who gets the events.</param>
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Subscribe(subscriber, typeof(TChannel));

    /// <summary>Ends a subscription.</summary>
    /// <typeparam name="TChannel">The type.</typeparam>
    /// <param name="eventStream">The stream.</param>
    /// <param name="subscriber">The subscriber.</param>
    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Unsubscribe(subscriber, typeof(TChannel));
}

/// <summary>Watches subscribers and removes them when they end.</summary>
internal sealed class EventStreamUnsubscriber(EventStream stream) : UntypedActor
{
    internal sealed record Register(IActorRef Subscriber);

    internal sealed record Forget(IActorRef Subscriber);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Register register:
                Context.Watch(register.Subscriber);
                break;
            case Forget forget:
                Context.Unwatch(forget.Subscriber);
                break;
            case Terminated terminated:
                stream.Unsubscribe(terminated.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
