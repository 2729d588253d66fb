using Akka.Actor;
using AkkaHa.Core.Leases;

namespace AkkaHa.Cluster.Leases;

/// <summary>
/// A voter's grants (<see cref="GrantLedger"/>). It waits for no disk, so that a slow one costs no node its lease, and answers whoever asks,
/// member of the cluster or not. It grants nothing before its replica has told it what the log says.
/// </summary>
public sealed class GrantActor : ReceiveActor
{
    private readonly NodeContext _node;
    private GrantLedger _ledger;

    /// <summary>Begins without a vote.</summary>
    public GrantActor(NodeContext node)
    {
        _node = node;
        _ledger = new GrantLedger(node.Self, node.BootTime());
        Receive<RollChanged>(m => _ledger = _ledger.Follow(m.Roll, _node.BootTime()));
        Receive<LeaseRequest>(request =>
        {
            (_ledger, var answer) = _ledger.Ask(request, _node.BootTime());
            Sender.Tell(answer);
        });
        Receive<BoundQuestion>(question => Sender.Tell(_ledger.Ask(question, _node.Lease, _node.BootTime())));
    }

    /// <inheritdoc />
    protected override void PreStart() => Context.ActorSelection($"/user/{ActorNames.Replica}").Tell(RollRequest.Instance);
}
