using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Event;

/// <summary>Says that a whole actor system was given up.</summary>
internal sealed record AddressTerminated(Address Address) : IAutoReceivedMessage, IPossiblyHarmful, IDeadLetterSuppression;

/// <summary>Passes <see cref="AddressTerminated"/> to all cells that watch, or are watched by, actors elsewhere.</summary>
internal sealed class AddressTerminatedTopic : IExtension
{
    // In the order of subscription, so that one seed always gives one order.
    private ImmutableList<IActorRef> _subscribers = [];

    public static AddressTerminatedTopic Get(ActorSystem system) => system.WithExtension<AddressTerminatedTopic, AddressTerminatedTopicProvider>();

    public void Subscribe(IActorRef subscriber)
        => ImmutableInterlocked.Update(ref _subscribers, static (all, one) => all.Contains(one) ? all : all.Add(one), subscriber);

    public void Unsubscribe(IActorRef subscriber) => ImmutableInterlocked.Update(ref _subscribers, static (all, one) => all.Remove(one), subscriber);

    public void Publish(AddressTerminated message)
    {
        foreach (var subscriber in _subscribers)
            subscriber.Tell(message, ActorRefs.NoSender);
    }
}

internal sealed class AddressTerminatedTopicProvider : ExtensionIdProvider<AddressTerminatedTopic>
{
    public override AddressTerminatedTopic CreateExtension(ExtendedActorSystem system) => new();
}
