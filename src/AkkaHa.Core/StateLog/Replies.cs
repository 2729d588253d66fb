using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.StateLog;

/// <summary>What every answer of a replica says about itself.</summary>
/// <param name="From">Its node.</param>
/// <param name="Replica">Its UUID.</param>
/// <param name="StartCounter">How often it was started.</param>
/// <param name="Epoch">The epoch of the request that is answered.</param>
public readonly record struct ReplyHeader(NodeName From, Guid Replica, long StartCounter, Epoch Epoch);

/// <summary>An answer of a replica. It may be sent only once everything it rests on is durable.</summary>
public abstract record ReplicaReply(ReplyHeader Header);

/// <summary>The replica follows no older epoch any more, and this is how far its log goes.</summary>
/// <param name="Header">Who answers what.</param>
/// <param name="LastIndex">Its last entry; -1 if it is empty.</param>
/// <param name="LastEpoch">That entry's epoch.</param>
/// <param name="AcceptedEpoch">The newest leader its log was brought in line with.</param>
/// <param name="CommitIndex">Up to where it knows entries as committed.</param>
/// <param name="Configuration">The newest configuration in its log; null if it is empty.</param>
/// <param name="Remembered">What it remembers of the voters' acknowledgements.</param>
/// <param name="Earlier">The configurations before that one, oldest first, back to the newest that it knows as committed.</param>
public sealed record Promise(
    ReplyHeader Header,
    long LastIndex,
    Epoch LastEpoch,
    Epoch AcceptedEpoch,
    long CommitIndex,
    Configuration? Configuration,
    ImmutableSortedDictionary<NodeName, Acknowledgement> Remembered,
    ImmutableArray<Configuration> Earlier) : ReplicaReply(Header)
{
    /// <summary>Whether its log is more recent than the other's: a later last epoch, or the same and longer.</summary>
    public bool IsMoreRecentThan(Promise other)
    {
        var byEpoch = LastEpoch.CompareTo(other.LastEpoch);
        return byEpoch > 0 || (byEpoch == 0 && LastIndex > other.LastIndex);
    }
}

/// <summary>The replica's log agrees with the leader's up to an index, on disk.</summary>
public sealed record Appended(ReplyHeader Header, long MatchIndex, long Round) : ReplicaReply(Header);

/// <summary>The replica's log does not agree with the leader's before the entries that were sent.</summary>
/// <param name="Header">Who answers what.</param>
/// <param name="PreviousIndex">The index that did not agree.</param>
/// <param name="Hint">The highest index below it that may agree.</param>
/// <param name="Round">The round of the request.</param>
public sealed record Mismatch(ReplyHeader Header, long PreviousIndex, long Hint, long Round) : ReplicaReply(Header);

/// <summary>Part of the replica's log.</summary>
/// <param name="Header">Who answers what.</param>
/// <param name="FromIndex">The index asked for.</param>
/// <param name="Snapshot">What stands for everything up to its index, if the replica's log was cut at or above the index asked for.</param>
/// <param name="Entries">The entries from there on, as many as one message carries.</param>
public sealed record Fetched(ReplyHeader Header, long FromIndex, LogSnapshot? Snapshot, ImmutableArray<LogEntry> Entries) : ReplicaReply(Header);

/// <summary>The replica grants nothing.</summary>
public sealed record Refused(ReplyHeader Header, Refusal Why) : ReplicaReply(Header);

/// <summary>Why a replica grants nothing.</summary>
public abstract record Refusal
{
    private Refusal()
    {
    }

    /// <summary>It promised a higher epoch.</summary>
    public sealed record PromisedHigher(Epoch Promised) : Refusal;

    /// <summary>It knows a newer configuration than the sender.</summary>
    public sealed record KnowsNewer(Configuration Configuration) : Refusal;

    /// <summary>It has no vote, and learns only.</summary>
    public sealed record NotAVoter(LearnerReason Reason) : Refusal;

    /// <summary>One phrase for people.</summary>
    public string Describe() => this switch
    {
        PromisedHigher p => $"promised {p.Promised}",
        KnowsNewer k => $"knows the newer configuration {k.Configuration.Describe()}",
        NotAVoter n => $"has no vote: {n.Reason.Describe()}",
        _ => throw new InvariantViolation($"{GetType().Name} is no known refusal."),
    };
}

/// <summary>Why a replica learns only.</summary>
public enum LearnerReason
{
    /// <summary>The sender's configuration names no voter on its node.</summary>
    NotNamed,

    /// <summary>The configuration names another replica of its node: this one came back empty, or was copied.</summary>
    OtherReplica,

    /// <summary>Its disk gave back an old state: it has forgotten what it acknowledged.</summary>
    RolledBack,

    /// <summary>An operator forced a newer generation without it, and it holds committed entries that the newer generation never had.</summary>
    OlderGeneration,
}

/// <summary>Words for <see cref="LearnerReason"/>.</summary>
public static class LearnerReasons
{
    /// <summary>Whether the replica itself is spoilt: it must be reset, so that the one that replaces it is another.</summary>
    public static bool NeedsReset(this LearnerReason reason) => reason is LearnerReason.RolledBack or LearnerReason.OlderGeneration;

    /// <summary>One phrase for people.</summary>
    public static string Describe(this LearnerReason reason) => reason switch
    {
        LearnerReason.NotNamed => "the configuration names no voter on its node",
        LearnerReason.OtherReplica => "the configuration names another replica (this one came back empty)",
        LearnerReason.RolledBack => "its disk gave back an old state",
        LearnerReason.OlderGeneration => "it is of an older generation, and what was committed there is not what was committed since",
        _ => throw new InvariantViolation($"{reason} is no known reason to learn only."),
    };
}

/// <summary>An answer on its way to the candidate or leader that asked.</summary>
public sealed record OutgoingReply(NodeName To, ReplicaReply Reply);
