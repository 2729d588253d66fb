using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.StateLog;

/// <summary>A replica as one value, for a snapshot that replaces all events of its journal up to then.</summary>
/// <param name="Events">The shortest journal that recovers to it (<see cref="Replica.Condense"/>).</param>
public sealed record ReplicaImage(ImmutableArray<JournalEvent> Events);

/// <summary>What a replica writes to its journal; a replica is the fold of its events (<see cref="Replica.Recover"/>).</summary>
public abstract record JournalEvent;

/// <summary>An empty replica came into being with this UUID. What stood before, if anything, is void.</summary>
public sealed record ReplicaCreated(Guid Replica) : JournalEvent;

/// <summary>The replica was started.</summary>
/// <param name="StartCounter">From 1 on, one more each time.</param>
public sealed record ReplicaStarted(long StartCounter) : JournalEvent;

/// <summary>The replica follows no epoch below this one any more.</summary>
public sealed record Promised(Epoch Epoch) : JournalEvent;

/// <summary>The log was brought in line with a leader's, and grew by these entries (maybe none).</summary>
/// <param name="Epoch">The leader's epoch.</param>
/// <param name="Entries">The entries behind the log's end.</param>
/// <param name="CommitIndex">Up to where entries were known as committed then.</param>
/// <param name="Acknowledged">What the leader said that every voter had acknowledged.</param>
public sealed record EntriesAppended(
    Epoch Epoch,
    ImmutableArray<LogEntry> Entries,
    long CommitIndex,
    ImmutableSortedDictionary<NodeName, Acknowledgement> Acknowledged) : JournalEvent;

/// <summary>A tail that contradicts a leader's log was cut; nothing in it was ever committed.</summary>
/// <param name="Epoch">The leader's epoch.</param>
/// <param name="FromIndex">The first entry that went.</param>
public sealed record LogTruncated(Epoch Epoch, long FromIndex) : JournalEvent;

/// <summary>The entries up to the snapshot's index went, the snapshot stands for them.</summary>
public sealed record SnapshotTaken(LogSnapshot Snapshot) : JournalEvent;

/// <summary>A leader's snapshot replaced the log up to its index.</summary>
public sealed record SnapshotInstalled(Epoch Epoch, LogSnapshot Snapshot) : JournalEvent;

/// <summary>The replica was found to have forgotten what it acknowledged; it learns only until it is created anew.</summary>
public sealed record ReplicaDemoted(Acknowledgement Remembered) : JournalEvent;
