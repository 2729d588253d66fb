using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.PublishSubscribe.Internal;

/// <summary>One entry of a node's registry; without a reference it was removed.</summary>
internal sealed record RegistryEntry(ServiceKey Key, long Version, IActorRef? Ref);

/// <summary>Changes of what one node has registered: all of them up to a version, from one that the receiver has.</summary>
internal sealed record BucketDelta(UniqueAddress Owner, long Version, ImmutableList<RegistryEntry> Entries);

/// <summary>Up to which version a mediator knows each node's registry.</summary>
internal sealed record RegistryStatus(ImmutableDictionary<UniqueAddress, long> Versions, bool IsReply) : IDistributedPubSubMessage, IDeadLetterSuppression;

/// <summary>What the receiver does not know yet, or the first part of it.</summary>
internal sealed record RegistryDelta(ImmutableList<BucketDelta> Buckets) : IDistributedPubSubMessage, IDeadLetterSuppression;

/// <summary>From mediator to mediator: deliver to the subscribers on your node, of no group or of one.</summary>
internal sealed record TopicDelivery(string Topic, string? Group, object Message) : IDistributedPubSubMessage, IWrappedMessage;
