using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.Crm;

/// <summary>When a CRM may try to win an epoch.</summary>
public static class Campaigns
{
    /// <summary>
    /// Only one whose node hears a majority of the votes: replicas answer whoever reaches them, and a CRM in a cluster of its own would depose
    /// the one that the majority has.
    /// </summary>
    /// <param name="known">The newest configuration that the node's replica knows; null before genesis.</param>
    /// <param name="configured">The voters that the node's settings name.</param>
    /// <param name="heard">The members that are reachable now, oneself included.</param>
    public static bool MayBegin(Configuration? known, ImmutableSortedSet<NodeName> configured, ImmutableSortedSet<NodeName> heard) =>
        known?.IsMajority(heard) ?? configured.Count(heard.Contains) >= Majorities.Of(configured.Count);

    /// <summary>
    /// Whether a CRM that could not commit for a while shall make room for another: only if the other voters that it hears are a majority
    /// without its node. While the genesis waits there is nothing that another CRM could do better.
    /// </summary>
    /// <param name="replicaAnswered">Whether the node's own replica has ever answered: one that does not is a reason to go.</param>
    /// <param name="known">The newest configuration known; null before genesis.</param>
    /// <param name="configured">The voters that the node's settings name.</param>
    /// <param name="others">The other members that are reachable now.</param>
    public static bool ShouldResign(bool replicaAnswered, Configuration? known, ImmutableSortedSet<NodeName> configured, ImmutableSortedSet<NodeName> others) =>
        (known is not null || !replicaAnswered) && Electorate.Of(known, configured).IsMajority(others);
}
