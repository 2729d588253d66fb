using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Crm;

/// <content>What it sees, and what it answers to those who ask.</content>
public sealed partial class CrmActor
{
    private object Answer(Func<ClusterState, object> answer) =>
        HasAuthority ? answer(_reign!.Committed) : new CommandRefused("no CRM leads now; try again in a moment");

    private Observations Seen() => new()
    {
        Now = Now,
        Clock = Context.System.Scheduler.Now,
        LeadingSince = _leadingSince,
        HeardAt = _heardAt.ToImmutableSortedDictionary(),
        Reports = _reports,
        Members = _view.Members,
        Unreachable = _view.Unreachable,
        Absences = _view.Absences,
        Proofs = _proofs,
        PausedMoves = _movePauses.Running(Now),
        Duplicated = _auditor.Duplicated(_reports),
        Unexpected = _auditor.Unexpected,
    };

    private Dictionary<NodeName, string> Progress() => _fenceProgress.Keys.Union(_boundProgress.Keys).ToDictionary(
        n => n, n => string.Join("; ", new[] { _fenceProgress.GetValueOrDefault(n, ""), _boundProgress.GetValueOrDefault(n, "") }.Where(t => t.Length > 0)));

    private ClusterStatus Status()
    {
        var state = _reign?.Committed ?? ClusterState.Empty;
        return StatusReport.Of(_node, state, _view, _node.Self, Seen(), Progress()) with
        {
            Epoch = _reign?.Leader.Epoch ?? Epoch.None,
            IsStale = !HasAuthority,
            WaitsFor = HasAuthority ? "" : _reign?.Leader.WaitsFor() ?? "the CRM waits to hear a majority of the votes and its own replica of the state log",
        };
    }
}
