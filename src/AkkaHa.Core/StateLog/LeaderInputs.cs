using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.StateLog;

/// <summary>How far a candidate has come.</summary>
public enum LeaderPhase
{
    /// <summary>It collects promises.</summary>
    Preparing,

    /// <summary>It has a majority's promises and fetches the most recent log among them.</summary>
    Adopting,

    /// <summary>It has put its own epoch behind the adopted log with a no-op, and waits for its commit.</summary>
    Confirming,

    /// <summary>It leads: it takes proposals, and every effect may follow a commit.</summary>
    Leading,

    /// <summary>It is over for this epoch.</summary>
    Deposed,
}

/// <summary>What a candidate starts with.</summary>
/// <param name="Epoch">Its epoch: never used before, its number above every one the caller has seen. Its node is where answers go.</param>
/// <param name="ConfiguredVoters">The voters that the node's configuration file names: whom to ask while no configuration of a log is known.</param>
/// <param name="NewClusterId">The cluster's id if this candidate comes to write the genesis.</param>
/// <param name="Settings">The bounds.</param>
/// <param name="Forced">An operator's new expected votes, if this candidate carries them out.</param>
public sealed record CandidateOptions(
    Epoch Epoch,
    ImmutableSortedSet<NodeName> ConfiguredVoters,
    Guid NewClusterId,
    LogSettings Settings,
    ForcedGeneration? Forced = null);

/// <summary>An operator's word that only these voters are left; each other one has a proof, or the operator's word, that it is off.</summary>
/// <param name="Generation">Above the newest generation there is.</param>
/// <param name="Voters">Who votes from then on; all of them must answer.</param>
public sealed record ForcedGeneration(long Generation, ImmutableSortedSet<NodeName> Voters);

/// <summary>What can happen to a candidate or leader.</summary>
public abstract record LeaderInput;

/// <summary>A replica answered.</summary>
public sealed record Received(ReplicaReply Reply) : LeaderInput;

/// <summary>The caller wants these commands in the log, in this order, as one batch.</summary>
public sealed record Propose(ImmutableArray<LogCommand> Commands) : LeaderInput;

/// <summary>The caller wants to know when a round that starts now has a majority's answers.</summary>
/// <param name="Id">The caller's name for the request.</param>
public sealed record ConfirmRound(long Id) : LeaderInput;

/// <summary>Time passed. Wanted a few times per <see cref="LogSettings.RetryAfter"/>.</summary>
public sealed record Tick : LeaderInput
{
    /// <summary>The one there is.</summary>
    public static Tick Instance { get; } = new();
}

/// <summary>An operator's <c>cluster init</c>: write the genesis though not every configured voter answered that it is empty.</summary>
public sealed record ForceGenesis : LeaderInput;

/// <summary>The leader's own log may be cut at this committed index.</summary>
public sealed record Compact(long Index, IStateSnapshot State) : LeaderInput;
