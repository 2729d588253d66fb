using Akka.Actor;
using Akka.Persistence;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Cluster.StateLog;

/// <summary>
/// This node's replica of the state log: a <see cref="Replica"/> whose events are on disk before its answers go out. It answers nothing
/// before its recovery is complete and its start is counted.
/// </summary>
public sealed class ReplicaActor : ReceivePersistentActor
{
    private readonly NodeContext _node;
    private readonly List<JournalEvent> _journal = [];
    private Replica _replica;
    private ClusterState _committed = ClusterState.Empty;

    /// <summary>Begins with recovery.</summary>
    public ReplicaActor(NodeContext node)
    {
        _node = node;
        _replica = Replica.Recover(node.Self, node.Log, []);
        Recover<JournalEvent>(_journal.Add);
        Recover<RecoveryCompleted>(_ => Start());
        Command<ReplicaRequest>(request => Take(_replica.Step(request)));
        Command<ReplicaStatusRequest>(_ =>
        {
            CatchUp();
            Sender.Tell(new ReplicaStatus(_replica.PromisedEpoch, _replica.Configuration, _replica.Learns, _committed));
        });
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
    public override string PersistenceId => "akkaha-statelog";

    private void Start()
    {
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
        var before = Known();
        _replica = step.Next;
        if (Known() is var known && known != before)
            Context.System.EventStream.Publish(known);
        foreach (var outgoing in step.ThenSend)
            sender.Tell(outgoing.Reply);
    }

    private ReplicaConfiguration Known() => new(_replica.Configuration, _replica is { IsStarted: true, Learns: null });

    private void CatchUp()
    {
        var log = _replica.Log;
        if (log.Snapshot is { State: ClusterState snapshot } && snapshot.AppliedIndex > _committed.AppliedIndex)
            _committed = snapshot;
        while (_committed.AppliedIndex < _replica.CommitIndex)
            _committed = ClusterStateMachine.Apply(_committed, log[_committed.AppliedIndex + 1]).State;
    }
}
