using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.StateLog;

/// <summary>What every message of a candidate or leader says about its sender.</summary>
/// <param name="From">The node it runs on, which is where answers go; it need not be a voter.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Configuration">How new a configuration it knows.</param>
/// <param name="Addressee">The voter that configuration names for the receiver's node; null if it names none there, or none is known yet.</param>
public readonly record struct RequestHeader(NodeName From, Epoch Epoch, ConfigurationVersion Configuration, Voter? Addressee);

/// <summary>A message from a candidate or leader to a replica.</summary>
public abstract record ReplicaRequest(RequestHeader Header);

/// <summary>Asks for the promise to follow no older epoch any more.</summary>
public sealed record Prepare(RequestHeader Header) : ReplicaRequest(Header);

/// <summary>Entries to keep, or none: a heartbeat.</summary>
/// <param name="Header">Who sends it.</param>
/// <param name="PreviousIndex">The index before the first entry; -1 before entry 0. The replica's log must agree with the leader's there.</param>
/// <param name="PreviousEpoch">The epoch of that entry in the leader's log; none for -1.</param>
/// <param name="Entries">The entries, without gaps.</param>
/// <param name="CommitIndex">Up to where the leader knows entries as committed.</param>
/// <param name="Round">The newest round the leader had started when it sent this; the answer repeats it.</param>
/// <param name="Acknowledged">What every voter has acknowledged to this leader; replicas remember it, so that a voter that was rolled back is found out.</param>
public sealed record Append(
    RequestHeader Header,
    long PreviousIndex,
    Epoch PreviousEpoch,
    ImmutableArray<LogEntry> Entries,
    long CommitIndex,
    long Round,
    ImmutableSortedDictionary<NodeName, Acknowledgement> Acknowledged) : ReplicaRequest(Header);

/// <summary>Asks a replica that promised this epoch for its log from an index on.</summary>
public sealed record Fetch(RequestHeader Header, long FromIndex, int MaxEntries) : ReplicaRequest(Header);

/// <summary>The state at an index, for a replica that lags behind where the leader's log was cut.</summary>
public sealed record InstallSnapshot(RequestHeader Header, LogSnapshot Snapshot, long Round) : ReplicaRequest(Header);

/// <summary>Tells a replica that it acknowledged more than it has: its disk gave back an old state, and it may not vote.</summary>
public sealed record RolledBackNotice(RequestHeader Header, Acknowledgement Remembered) : ReplicaRequest(Header);

/// <summary>Tells a replica that may not vote to begin anew, empty and as another one, so that it can be given the vote back.</summary>
/// <param name="Header">Who sends it.</param>
/// <param name="Replica">The replica that is meant.</param>
public sealed record ResetReplica(RequestHeader Header, Guid Replica);

/// <summary>A request on its way to a voter.</summary>
public sealed record OutgoingRequest(NodeName To, ReplicaRequest Request);
