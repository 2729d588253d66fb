using System.Collections.Immutable;

namespace Akka.Cluster.SBR;

/// <summary>
/// The nodes that one node is still connected with, directly or through others, and which of them are so only by a detour.
/// </summary>
/// <param name="Nodes">This node, and all that a node of its side monitors and does not find unreachable.</param>
/// <param name="IndirectlyConnected">Nodes of this side with a cut link between them.</param>
internal sealed record Side(ImmutableHashSet<UniqueAddress> Nodes, ImmutableHashSet<UniqueAddress> IndirectlyConnected)
{
    /// <summary>
    /// Takes the side of a node. Only what nodes of this side find counts: a node that is cut off may have sent a last word
    /// about whom it does not reach, as one does whose link died in one direction first, and that says nothing about the links of this side.
    /// </summary>
    public static Side Of(MembershipState state, IReadOnlyCollection<UniqueAddress> members, int monitoredBy)
    {
        var reachability = state.TrustedReachability;
        var side = new HashSet<UniqueAddress> { state.Self };
        var toAsk = new Queue<UniqueAddress>([state.Self]);
        while (toAsk.TryDequeue(out var observer))
            foreach (var subject in HeartbeatRing.ReceiversOf(observer, members, reachability.AllUnreachable, monitoredBy))
                if (reachability.IsReachable(observer, subject) && side.Add(subject)) toAsk.Enqueue(subject);

        var cut = reachability.Records.Where(r => side.Contains(r.Observer) && side.Contains(r.Subject));
        return new Side([.. side], cut.SelectMany(r => new[] { r.Observer, r.Subject }).ToImmutableHashSet());
    }
}
