using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.StateLog;

/// <summary>What one input did to a candidate or leader.</summary>
/// <param name="Next">The leader from now on.</param>
/// <param name="Send">Requests to send at once, in order.</param>
/// <param name="Outcomes">What the caller is told, in order.</param>
public sealed record LeaderStep(Leader Next, ImmutableArray<OutgoingRequest> Send, ImmutableArray<LeaderOutcome> Outcomes)
{
    /// <summary>The entries that this step found committed, in order.</summary>
    public IEnumerable<LogEntry> Committed => Outcomes.OfType<EntriesCommitted>().SelectMany(o => o.Entries);
}

/// <summary>Something the caller is told.</summary>
public abstract record LeaderOutcome;

/// <summary>The leader came into another phase.</summary>
public sealed record PhaseChanged(LeaderPhase Phase) : LeaderOutcome;

/// <summary>It is over for this epoch: proposals that are not committed by now have an unknown outcome, which the next leader's no-op settles.</summary>
public sealed record LeaderDeposed(DeposedReason Reason) : LeaderOutcome;

/// <summary>The state machine starts from this snapshot; it comes before all entries, if it comes.</summary>
public sealed record StateRestored(LogSnapshot Snapshot) : LeaderOutcome;

/// <summary>These entries are committed: the next ones for the state machine, without gaps.</summary>
public sealed record EntriesCommitted(ImmutableArray<LogEntry> Entries) : LeaderOutcome;

/// <summary>The proposal got these places. It holds once <see cref="EntriesCommitted"/> reaches <see cref="LastIndex"/> in this epoch.</summary>
public sealed record ProposalAppended(long FirstIndex, long LastIndex) : LeaderOutcome;

/// <summary>The leader wrote an entry of its own behind all proposals so far: a no-op, which changes nothing but takes a place.</summary>
public sealed record EntryWritten(LogEntry Entry) : LeaderOutcome;

/// <summary>The proposal was not taken in; nothing of it is in the log.</summary>
/// <param name="Reason">A sentence for the person who gave the command.</param>
public sealed record ProposalRefused(string Reason) : LeaderOutcome;

/// <summary>A majority answered a round that was started after the request.</summary>
/// <param name="Id">The caller's name for the request.</param>
/// <param name="StartedAt">When that round was sent.</param>
public sealed record RoundConfirmed(long Id, TimeSpan StartedAt) : LeaderOutcome;

/// <summary>The request for a round was not taken in.</summary>
/// <param name="Id">The caller's name for the request.</param>
/// <param name="Reason">A sentence for people.</param>
public sealed record RoundRefused(long Id, string Reason) : LeaderOutcome;

/// <summary>A voter turned out to be a learner: it grants nothing until a <c>voter-replace</c>.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Replica">The replica that answers there.</param>
/// <param name="StartCounter">Its start counter.</param>
/// <param name="Reason">Why it learns only.</param>
public sealed record LearnerFound(NodeName Node, Guid Replica, long StartCounter, LearnerReason Reason) : LeaderOutcome;

/// <summary>Why a leader is none any more.</summary>
public abstract record DeposedReason
{
    private DeposedReason()
    {
    }

    /// <summary>A voter promised a higher epoch. To lead again, take a number above it.</summary>
    public sealed record HigherEpoch(NodeName Voter, Epoch Promised) : DeposedReason;

    /// <summary>A voter knows a configuration that this leader never wrote.</summary>
    public sealed record NewerConfiguration(NodeName Voter, Configuration Configuration) : DeposedReason;

    /// <summary>One sentence for people.</summary>
    public string Describe() => this switch
    {
        HigherEpoch h => $"{h.Voter} promised epoch {h.Promised} to another CRM",
        NewerConfiguration n => $"{n.Voter} knows the newer configuration {n.Configuration.Describe()}",
        _ => throw new InvariantViolation($"{GetType().Name} is no known reason to be deposed."),
    };
}
