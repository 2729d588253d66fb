using System.Collections.Immutable;

namespace AkkaHa.Core.StateLog;

/// <summary>
/// What one input did to a replica. The order is the protocol: <see cref="Persist"/> is written first, in order; only when this and the
/// events of all earlier steps are durable may <see cref="ThenSend"/> go out. A crash in between loses the answers and keeps the promise.
/// </summary>
/// <param name="Next">The replica from now on. It may take further inputs before the events are durable.</param>
/// <param name="Persist">Events for the journal, in order.</param>
/// <param name="ThenSend">Answers to send when they are durable.</param>
public sealed record ReplicaStep(Replica Next, ImmutableArray<JournalEvent> Persist, ImmutableArray<OutgoingReply> ThenSend);
