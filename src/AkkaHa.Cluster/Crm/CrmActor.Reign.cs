using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using AkkaHa.Cluster.Events;
using AkkaHa.Cluster.Fencing;
using AkkaHa.Cluster.Leases;
using AkkaHa.Cluster.StateLog;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;
using AkkaHa.Protocol.Lrm;
using AkkaHa.Protocol.Operator;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AkkaHa.Cluster.Crm;

/// <content>How it wins an epoch, leads the state log, and is deposed.</content>
public sealed partial class CrmActor
{
    private void OnReplicaStatus(ReplicaStatus status)
    {
        _replicaAnswered = true;
        _known = status.Configuration ?? _known;
        if (_reign is not null || !Campaigns.MayBegin(status.Configuration, _node.Voters, _view.Reachable))
            return;
        _epochFloor = Math.Max(_epochFloor, status.PromisedEpoch.Number) + 1;
        var epoch = new Epoch(_epochFloor, _node.Self, _node.NewReign());
        _log.Info("{0} campaigns for epoch {1}", _node.Self, epoch);
        var step = Leader.Start(new CandidateOptions(epoch, _node.Voters, _node.NewUuid(), _node.Log), status.Configuration, Now);
        _reign = new Reign(step.Next);
        Take(step);
    }

    private long? Offer(ImmutableArray<LogCommand> commands)
    {
        _reign!.Expect(commands);
        long? last = null;
        Feed(new Propose(commands), outcome => last = (outcome as ProposalAppended)?.LastIndex ?? last);
        return last;
    }

    private void Feed(LeaderInput input, Action<LeaderOutcome>? watch = null)
    {
        if (_reign is { } reign)
            Take(reign.Leader.Step(input, Now), watch);
    }

    private void Take(LeaderStep step, Action<LeaderOutcome>? watch = null)
    {
        var reign = _reign!;
        reign.Leader = step.Next;
        foreach (var outgoing in step.Send)
            Context.ActorSelection(_node.PathOn(outgoing.To, ActorNames.Replica)).Tell(outgoing.Request);
        foreach (var outcome in step.Outcomes)
        {
            watch?.Invoke(outcome);
            switch (outcome)
            {
                case StateRestored { Snapshot.State: ClusterState snapshot }:
                    reign.Restore(snapshot);
                    break;
                case EntriesCommitted committed:
                    foreach (var entry in committed.Entries)
                        OnCommitted(reign, entry);
                    break;
                case ProposalAppended placed:
                    reign.Place(placed.FirstIndex, placed.LastIndex);
                    break;
                case EntryWritten written:
                    reign.Note(written.Entry);
                    break;
                case ProposalRefused refused:
                    reign.Forget();
                    _log.Warning("{0}: a proposal was not taken into the log: {1}", _node.Self, refused.Reason);
                    break;
                case PhaseChanged { Phase: LeaderPhase.Leading }:
                    OnLeading(reign);
                    break;
                case LeaderDeposed deposed:
                    OnDeposed(deposed.Reason);
                    return;
                case LearnerFound learner:
                    _log.Warning("{0}: the replica on {1} has no vote: {2}; it learns only", _node.Self, learner.Node, learner.Reason.Describe());
                    break;
                case PhaseChanged or RoundConfirmed:
                    break;
                default:
                    throw new Core.InvariantViolation($"the CRM does not know the outcome {outcome.GetType().Name}");
            }
        }
    }

    private void OnCommitted(Reign reign, LogEntry entry)
    {
        var before = reign.Committed;
        var refusal = reign.Commit(entry);
        _movePauses.Note(before, reign.Committed, Now);
        if (entry.Epoch == reign.Leader.Epoch && refusal is null && EventTexts.Of(entry, reign.Committed) is { } told)
            _events.Tell(told);
        if (!_submissions.Remove(entry.Index, out var submission))
            return;
        submission.From.Tell(refusal is null ? new CommandAccepted(entry.Index) : new CommandRefused(refusal));
        if (refusal is null)
            _events.Tell(new RecordEvent(EventKinds.OperatorCommand, SubjectOf(entry.Command), $"an operator gave {entry.Command.Describe()}", entry.Epoch) { By = submission.By });
    }

    private void OnLeading(Reign reign)
    {
        _leadingSince = _lastAuthority = Now;
        var epoch = reign.Leader.Epoch;
        _log.Info("{0} leads as CRM of epoch {1} from entry {2} on", _node.Self, epoch, reign.Committed.AppliedIndex);
        _events.Tell(new RecordEvent(EventKinds.CrmActive, _node.Self.Value, $"the CRM on {_node.Self} leads in epoch {epoch}", epoch));
        foreach (var node in _node.Nodes.Keys)
            Context.ActorSelection(_node.PathOn(node, ActorNames.Lrm)).Tell(new ReportRequest(reign.Committed.AppliedIndex));
    }

    private void OnDeposed(DeposedReason reason)
    {
        var epoch = _reign!.Leader.Epoch;
        _log.Warning("{0}: the CRM of epoch {1} leads no more: {2}", _node.Self, epoch, reason.Describe());
        _events.Tell(new RecordEvent(EventKinds.CrmDeposed, _node.Self.Value, reason.Describe(), epoch));
        if (reason is DeposedReason.HigherEpoch higher)
            _epochFloor = Math.Max(_epochFloor, higher.Promised.Number);
        // Whether an unfinished command was committed is settled by the next epoch's no-op; until then it is not acknowledged.
        foreach (var submission in _submissions.Values)
            submission.From.Tell(new CommandRefused("the CRM was deposed before the command was known as committed; ask for the status before giving it again"));
        _submissions.Clear();
        _sent.Clear();
        _proofs = [];
        _fencing.Tell(new PursueFences([], epoch, TimeSpan.Zero));
        _bounds.Tell(new PursueBounds([], null, epoch));
        _boundProgress.Clear();
        _reign = null;
        Timers.StartSingleTimer("campaign", Campaign.Instance, CampaignRetry);
    }

    private void Resign()
    {
        _log.Warning("{0}: this CRM had no majority of the votes for {1} s; its node leaves the cluster so that another can lead",
            _node.Self, (int)_node.Times.ResignAfter.TotalSeconds);
        _lastAuthority = Now;
        var cluster = AkkaCluster.Get(Context.System);
        cluster.Leave(cluster.SelfAddress);
    }
}
