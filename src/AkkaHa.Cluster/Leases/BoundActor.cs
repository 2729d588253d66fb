using System.Collections.Immutable;
using Akka.Actor;
using AkkaHa.Cluster.Fencing;
using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Cluster.Leases;

/// <summary>The denied boots whose self-fence bound is waited for now: what is not among them any more is given up.</summary>
/// <param name="Cases">The boots.</param>
/// <param name="Configuration">The newest configuration in the CRM's log.</param>
/// <param name="Epoch">The CRM's epoch.</param>
internal sealed record PursueBounds(ImmutableList<BoundCase> Cases, Configuration? Configuration, Epoch Epoch);

/// <summary>How long a self-fence bound still lasts, for people.</summary>
/// <param name="Node">The node.</param>
/// <param name="Text">What is waited for; empty where nothing is any more.</param>
internal sealed record BoundProgress(NodeName Node, string Text);

/// <summary>
/// Asks the voters for the self-fence bound of denied boots (<see cref="BoundProof"/>) and hands a proof to the CRM. It needs no device and
/// runs beside them from the denial on. What it knows it can lose: the clocks that count are the voters'.
/// </summary>
internal sealed class BoundActor : ReceiveActor
{
    private static readonly TimeSpan AskInterval = TimeSpan.FromMilliseconds(250);

    private readonly NodeContext _node;
    private readonly SortedDictionary<Boot, BoundProof> _open = [];
    private TimeSpan _askedAt;

    public BoundActor(NodeContext node)
    {
        _node = node;
        Receive<PursueBounds>(Pursue);
        Receive<BoundAnswer>(OnAnswer);
    }

    private void Pursue(PursueBounds message)
    {
        foreach (var (boot, bound) in _open.ToList())
        {
            if (message.Configuration is not { } now || bound.Configuration != now || bound.Epoch != message.Epoch || !message.Cases.Contains(bound.Case))
                _open.Remove(boot);
            if (message.Cases.All(c => c.Boot != boot))
                Context.Parent.Tell(new BoundProgress(boot.Node, ""));
        }

        if (message.Configuration is not { } configuration)
            return;
        foreach (var @case in message.Cases.Where(c => !_open.ContainsKey(c.Boot)))
        {
            _open[@case.Boot] = new BoundProof(@case, configuration, message.Epoch);
            _askedAt = TimeSpan.Zero;
        }

        if (!_open.Values.Any(b => !b.IsProven) || Context.System.Scheduler.MonotonicClock - _askedAt < AskInterval)
            return;
        _askedAt = Context.System.Scheduler.MonotonicClock;
        foreach (var bound in _open.Values)
        {
            Tell(bound);
            foreach (var voter in configuration.Voters.Keys.Where(_node.Nodes.ContainsKey))
                Context.ActorSelection(_node.PathOn(voter, ActorNames.Grants)).Tell(bound.Question);
        }
    }

    private void OnAnswer(BoundAnswer answer)
    {
        if (!_open.TryGetValue(answer.Question.Boot, out var before))
            return;
        var bound = _open[before.Case.Boot] = before.Hear(answer);
        if (bound.IsProven && !before.IsProven)
            Tell(bound);
    }

    // Told again as long as the case is open: a proof that a CRM lost on its way is no less true.
    private void Tell(BoundProof bound)
    {
        Context.Parent.Tell(new BoundProgress(bound.Case.Boot.Node, bound.Describe()));
        if (bound.IsProven)
            Context.Parent.Tell(new FenceProven(bound.Proof));
    }
}
