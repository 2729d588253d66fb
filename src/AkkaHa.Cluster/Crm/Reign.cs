using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Cluster.Crm;

/// <summary>
/// The two states that an acting CRM works with: the committed one, which effects follow, and the projected one, with all that it proposed,
/// which further proposals are made on.
/// </summary>
internal sealed class Reign(Leader leader)
{
    private readonly Queue<LogCommand> _unplaced = new();

    public Leader Leader { get; set; } = leader;

    public ClusterState Committed { get; private set; } = ClusterState.Empty;

    public ClusterState Projected { get; private set; } = ClusterState.Empty;

    /// <summary>The state machine starts from a snapshot.</summary>
    public void Restore(ClusterState snapshot) => Committed = Projected = snapshot;

    /// <summary>Applies a committed entry; says why if it changed nothing.</summary>
    public string? Commit(LogEntry entry)
    {
        var applied = ClusterStateMachine.Apply(Committed, entry);
        Committed = applied.State;
        if (Projected.AppliedIndex < Committed.AppliedIndex)
            Projected = Committed;
        return applied.Refusal;
    }

    /// <summary>These commands are about to be proposed as one batch.</summary>
    public void Expect(ImmutableArray<LogCommand> commands)
    {
        foreach (var command in commands)
            _unplaced.Enqueue(command);
    }

    /// <summary>The batch got its places in the log.</summary>
    public void Place(long firstIndex, long lastIndex)
    {
        for (var index = firstIndex; index <= lastIndex; index++)
            Projected = ClusterStateMachine.Apply(Projected, new LogEntry(index, Leader.Epoch, _unplaced.Dequeue())).State;
    }

    /// <summary>The log wrote an entry of its own behind all that was proposed.</summary>
    public void Note(LogEntry entry)
    {
        if (Projected.AppliedIndex == entry.Index - 1)
            Projected = ClusterStateMachine.Apply(Projected, entry).State;
    }

    /// <summary>The batch was not taken in.</summary>
    public void Forget() => _unplaced.Clear();
}
