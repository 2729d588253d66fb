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
}
