using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Placement;

namespace AkkaHa.Core.Crm;

/// <summary>The settings that decisions depend on.</summary>
/// <param name="RejoinGrace">How long a node may be out of the membership, without being downed, before it is taken for lost.</param>
public sealed record ManagerSettings(TimeSpan RejoinGrace)
{
    /// <summary>What placement depends on.</summary>
    public PlacementSettings Placement { get; init; } = PlacementSettings.Default;

    /// <summary>The defaults of DESIGN §13: <c>rejoin-grace</c> = <c>node-ttl</c> = 10 s.</summary>
    public static ManagerSettings Default { get; } = new(TimeSpan.FromSeconds(10));

    /// <summary>How many failures of a node within an hour put it into quarantine; 0 for never.</summary>
    public int FlapLimit { get; init; } = 5;

    /// <summary>How many nodes lost at once are fenced by devices without an operator's word; 0 for any number.</summary>
    public int FenceStormLimit { get; init; } = 4;

    /// <summary>How long a member's LRM may report nothing before the node is taken for lost: nobody else could tell what runs there.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The nodes that have a fence device; null for all. One that has none is never under attack, so it may come back with what it runs
    /// until something else has proven its boot dead.
    /// </summary>
    public ImmutableSortedSet<NodeName>? Fenceable { get; init; }
}
