using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using AkkaHa.Cluster.Leases;
using AkkaHa.Core.Leases;
using AkkaHa.Core.StateLog;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.StateLog;

/// <summary>
/// This node's replica of the state log: a <see cref="Replica"/> whose events are on disk before its answers go out. It answers nothing
/// before its recovery is complete and its start is counted.
/// </summary>
public sealed class ReplicaActor : ReceivePersistentActor
{
    /// <summary>The replica's id in its journal.</summary>
    public const string Id = "akkaha-statelog";

    private readonly NodeContext _node;
    private readonly IActorRef _grants;
    private readonly List<JournalEvent> _journal = [];
    private Replica _replica;
    private TailState _state = TailState.Empty;
    private long _sinceImage;
    private bool _isSavingImage;

    /// <summary>Begins with recovery.</summary>
    /// <param name="node">The node.</param>
    /// <param name="grants">This voter's grant actor: told what the log denies before anything is acknowledged.</param>
    public ReplicaActor(NodeContext node, IActorRef grants)
    {
        _node = node;
        _grants = grants;
        _replica = Replica.Recover(node.Self, node.Log, []);
        Recover<SnapshotOffer>(offer => _journal.AddRange(((ReplicaImage)offer.Snapshot).Events));
        Recover<JournalEvent>(_journal.Add);
        Recover<RecoveryCompleted>(_ => Start());
        Command<ReplicaRequest>(request => Take(_replica.Step(request)));
        Command<RollRequest>(_ => TellRoll());
        Command<ReplicaStatusRequest>(_ =>
            Sender.Tell(new ReplicaStatus(_replica.PromisedEpoch, _replica.Configuration, _replica.Learns, _state.Committed)));
        Command<ReplicaIdentityRequest>(_ => TellWho(Sender));
        Command<ResetReplica>(OnReset);
        Command<SaveSnapshotSuccess>(saved =>
        {
            _isSavingImage = false;
            DeleteMessages(saved.Metadata.SequenceNr);
            DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1));
        });
        Command<SaveSnapshotFailure>(failed =>
        {
            _isSavingImage = false;
            Log.Warning("{0}: the snapshot of the replica could not be saved ({1}); its journal grows on", _node.Self, failed.Cause.Message);
        });
        Command<DeleteMessagesFailure>(failed => Log.Warning("{0}: old events of the replica could not be deleted: {1}", _node.Self, failed.Cause.Message));
        Command<DeleteSnapshotsFailure>(failed => Log.Warning("{0}: old snapshots of the replica could not be deleted: {1}", _node.Self, failed.Cause.Message));
        Command<DeleteMessagesSuccess>(_ => { });
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<ReplicaConfigurationRequest>(_ => Sender.Tell(Known()));
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        // Who counts votes must not count that of a replica that answers nobody.
        Context.System.EventStream.Publish(new ReplicaConfiguration(_replica.Configuration, IsSound: false));
        base.PostStop();
    }

    /// <inheritdoc />
    public override string PersistenceId => Id;

    private void Start()
    {
        if (_journal is [not ReplicaCreated, ..])
            throw new InvalidOperationException($"{_node.Self}: the journal of the state log begins in the middle: what came before, and the snapshot that stood for it, is lost. Restore a backup, or remove the journal; the node is then given its vote back.");
        _sinceImage = _journal.Count;
        _replica = Replica.Recover(_node.Self, _node.Log, _journal);
        _journal.Clear();
        _journal.TrimExcess();
        Take(_replica.Start(_node.NewUuid()));
    }

    /// <summary>Adopts a step only once its events are durable; commands that arrive meanwhile wait.</summary>
    private void Take(ReplicaStep step)
    {
        var sender = Sender;
        if (step.Persist.IsEmpty)
        {
            Finish(step, sender);
            return;
        }

        var left = step.Persist.Length;
        PersistAll(step.Persist, _ =>
        {
            if (--left == 0)
                Finish(step, sender);
        });
    }

    private void Finish(ReplicaStep step, IActorRef sender)
    {
        var (before, knownBefore) = (_replica, Known());
        _replica = step.Next;
        if (Known() is var known && known != knownBefore)
            Context.System.EventStream.Publish(known);
        // A denial and a promise count from here on: whoever hears of them asks a grant actor that knows of them.
        if (!ReferenceEquals(before.Log, _replica.Log) || before.CommitIndex != _replica.CommitIndex || !step.Persist.IsEmpty)
            TellRoll();
        foreach (var outgoing in step.ThenSend)
            sender.Tell(outgoing.Reply);
        _sinceImage += step.Persist.Sum(e => e is EntriesAppended appended ? 1 + appended.Entries.Length : 1);
        if (_sinceImage >= _node.Log.SnapshotEvery && !_isSavingImage)
            SaveImage();
    }

    /// <summary>Cuts the log at the commit index, and lets one snapshot stand for the whole journal up to here.</summary>
    private void SaveImage()
    {
        _state = _state.Follow(_replica.Log, _replica.CommitIndex);
        if (_state.Committed.AppliedIndex >= _replica.Log.FirstIndex)
            _replica = _replica.TakeSnapshot(_state.Committed.AppliedIndex, _state.Committed).Next;
        (_sinceImage, _isSavingImage) = (0, true);
        SaveSnapshot(new ReplicaImage(_replica.Condense()));
    }

    private void OnReset(ResetReplica request)
    {
        if (!_replica.MayReset(request))
            return;
        Log.Warning("{0}: the replica {1} may not vote and begins anew, empty, on the word of the CRM of epoch {2}", _node.Self, _replica.Id, request.Header.Epoch);
        _state = TailState.Empty;
        Take(_replica.Reset(_node.NewUuid()));
    }

    private void TellWho(IActorRef asker) =>
        asker.Tell(new ReplicaIdentity(_node.Self, _replica.Id, _replica.StartCounter, _replica.Configuration?.ClusterId ?? Guid.Empty));

    private ReplicaConfiguration Known() => new(_replica.Configuration, _replica is { IsStarted: true, Learns: null });

    private void TellRoll()
    {
        _state = _state.Follow(_replica.Log, _replica.CommitIndex);
        _grants.Tell(new RollChanged(LeaseRoll.Of(_replica, _state.Tail)));
    }
}
