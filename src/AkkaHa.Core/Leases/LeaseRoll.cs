using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Leases;

/// <summary>What a voter's log says of one node's lease.</summary>
/// <param name="Boot">The boot that it admits: no other one gets a lease.</param>
/// <param name="DenialIndex">The denial of that boot; null while none is in force.</param>
/// <param name="Terms">The terms of its newest admission.</param>
/// <param name="TermsIndex">The entry that set them.</param>
public sealed record RollEntry(Boot Boot, long? DenialIndex, LeaseTerms Terms, long TermsIndex);

/// <summary>
/// All that grants depend on, computed from a voter's present log, the uncommitted tail included: a denial counts from its append on, and a
/// truncation lifts it (DESIGN §6).
/// </summary>
/// <param name="Self">The voter.</param>
/// <param name="Configuration">The newest configuration in the log.</param>
/// <param name="Promised">The highest epoch that the voter promised.</param>
/// <param name="CommitIndex">Up to where the voter knows entries as committed: those are the same in every log.</param>
/// <param name="Nodes">The nodes that were ever admitted.</param>
public sealed record LeaseRoll(
    VoterIdentity Self, Configuration Configuration, Epoch Promised, long CommitIndex, ImmutableSortedDictionary<NodeName, RollEntry> Nodes)
{
    /// <summary>The roll of a replica; null while it has no vote, and so grants nothing.</summary>
    /// <param name="replica">The replica, its recovery complete.</param>
    /// <param name="tail">The state that all entries of its log make.</param>
    public static LeaseRoll? Of(Replica replica, ClusterState tail) =>
        replica is { IsStarted: true, Learns: null, Configuration: { } configuration }
            ? new LeaseRoll(new VoterIdentity(replica.Node, replica.Id, replica.StartCounter), configuration, replica.PromisedEpoch, replica.CommitIndex, Entries(tail))
            : null;

    private static ImmutableSortedDictionary<NodeName, RollEntry> Entries(ClusterState tail) =>
        (from node in tail.Nodes.Values
         where node.Admitted is not null
         select KeyValuePair.Create(node.Name, new RollEntry(node.Admitted!.Value, DenialOf(node), TermsOf(node), node.TermsIndex)))
        .ToImmutableSortedDictionary();

    // What may run without a lease is not dead when no lease can be left.
    private static LeaseTerms TermsOf(NodeRecord node) => node.LeaseFreeSince is null ? node.Terms : node.Terms with { IsArmed = false };

    // An offline boot keeps its denial; one that left cleanly has none of its own and must not run again without an admission either.
    private static long? DenialOf(NodeRecord node) => node.Condition == NodeCondition.Online ? null : node.DenialIndex ?? node.Proof?.DenialIndex ?? node.TermsIndex;
}
