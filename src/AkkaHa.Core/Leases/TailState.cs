using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Leases;

/// <summary>
/// Follows a replica's log with the state that all of its entries make, committed or not. An entry's index and epoch name it and everything
/// before it, so each entry is applied once, and a truncation takes back what it cut.
/// </summary>
public sealed record TailState
{
    private TailState()
    {
    }

    /// <summary>Before anything was followed.</summary>
    public static TailState Empty { get; } = new();

    /// <summary>The state that the committed entries make.</summary>
    public ClusterState Committed { get; private init; } = ClusterState.Empty;

    /// <summary>The state that all entries make.</summary>
    public ClusterState Tail => Uncommitted.IsEmpty ? Committed : Uncommitted[^1].State;

    // After each entry behind the committed ones.
    private ImmutableList<(Epoch Epoch, ClusterState State)> Uncommitted { get; init; } = [];

    /// <summary>The states of a replica's present log.</summary>
    public TailState Follow(EntryLog log, long commitIndex)
    {
        var (committed, behind) = (Committed, Uncommitted);
        if (log.Snapshot is { State: ClusterState snapshot } && snapshot.AppliedIndex > committed.AppliedIndex)
        {
            behind = behind.RemoveAll(s => s.State.AppliedIndex <= snapshot.AppliedIndex);
            committed = snapshot;
        }

        // What was committed and is not in the log any more was of a replica that has been made anew.
        if (committed.AppliedIndex > log.LastIndex)
            (committed, behind) = (log.Snapshot?.State as ClusterState ?? ClusterState.Empty, []);
        while (!behind.IsEmpty && log.EpochAt(behind[^1].State.AppliedIndex) != behind[^1].Epoch)
            behind = behind.RemoveAt(behind.Count - 1);
        var state = behind.IsEmpty ? committed : behind[^1].State;
        while (state.AppliedIndex < log.LastIndex)
        {
            var entry = log[state.AppliedIndex + 1];
            state = ClusterStateMachine.Apply(state, entry).State;
            behind = behind.Add((entry.Epoch, state));
        }

        var known = behind.FindLastIndex(s => s.State.AppliedIndex <= commitIndex);
        return known < 0
            ? this with { Committed = committed, Uncommitted = behind }
            : this with { Committed = behind[known].State, Uncommitted = behind.RemoveRange(0, known + 1) };
    }
}
