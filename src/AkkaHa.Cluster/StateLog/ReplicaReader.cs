using Akka.Actor;
using Akka.Persistence;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Cluster.StateLog;

/// <summary>What a journal of the state log recovers to.</summary>
/// <param name="Replica">The replica, not started; null if the journal cannot be read.</param>
/// <param name="Error">Why it cannot be read; null if it can.</param>
public sealed record ReadReplica(Replica? Replica, string? Error);

/// <summary>Reads the journal of a replica, writes nothing, and tells what it recovers to.</summary>
public sealed class ReplicaReader : ReceivePersistentActor
{
    private readonly IActorRef _asker;
    private readonly List<JournalEvent> _journal = [];

    /// <summary>Begins to read.</summary>
    /// <param name="node">The node whose journal it is.</param>
    /// <param name="settings">The bounds of the log.</param>
    /// <param name="asker">Who is told.</param>
    public ReplicaReader(NodeName node, LogSettings settings, IActorRef asker)
    {
        _asker = asker;
        Recover<SnapshotOffer>(offer => _journal.AddRange(((ReplicaImage)offer.Snapshot).Events));
        Recover<JournalEvent>(_journal.Add);
        Recover<RecoveryCompleted>(_ => Tell(node, settings));
    }

    /// <inheritdoc />
    public override string PersistenceId => ReplicaActor.Id;

    /// <inheritdoc />
    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        _asker.Tell(new ReadReplica(null, reason.Message));
        base.OnRecoveryFailure(reason, message!);
    }

    private void Tell(NodeName node, LogSettings settings)
    {
        try
        {
            _asker.Tell(_journal is [not ReplicaCreated, ..]
                ? new ReadReplica(null, "it begins in the middle: what came before, and the snapshot that stood for it, is lost")
                : new ReadReplica(Replica.Recover(node, settings, _journal), null));
        }
        catch (Core.InvariantViolation e)
        {
            _asker.Tell(new ReadReplica(null, e.Message));
        }
    }
}
