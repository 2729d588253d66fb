using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>What this node is told to do, by the application or by the cluster extension. None of these goes over the wire.</summary>
internal static class ClusterCommands
{
    public sealed record JoinSeedNodes(ImmutableList<Address> SeedNodes) : INoSerializationVerificationNeeded;

    public sealed record JoinTo(Address Address) : INoSerializationVerificationNeeded;

    public sealed record Leave(Address Address) : INoSerializationVerificationNeeded;

    public sealed record Down(Address Address) : INoSerializationVerificationNeeded;

    /// <summary>Downs incarnations, and none that may have come after them on the same addresses.</summary>
    public sealed record DownNodes(ImmutableHashSet<UniqueAddress> Nodes) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>Another member has put this actor system in quarantine.</summary>
    public sealed record QuarantinedBy(Address Address) : INoSerializationVerificationNeeded;

    /// <summary>The tasks of the coordinated shutdown before the cluster ends are done.</summary>
    public sealed record ExitingCompleted : INoSerializationVerificationNeeded
    {
        public static ExitingCompleted Instance { get; } = new();
    }

    public sealed record Subscribe(IActorRef Subscriber, ClusterEvent.SubscriptionInitialStateMode InitialState, ImmutableHashSet<Type> To)
        : INoSerializationVerificationNeeded;

    public sealed record Unsubscribe(IActorRef Subscriber, Type? From) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    public sealed record SendCurrentState(IActorRef Receiver) : INoSerializationVerificationNeeded;

    /// <summary>Publishes what has changed since the last state.</summary>
    public sealed record Publish(MembershipState State) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    public sealed record AddStatusCallback(MemberStatus Status, Action Callback) : INoSerializationVerificationNeeded;
}
