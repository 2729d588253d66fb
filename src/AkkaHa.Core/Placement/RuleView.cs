using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <summary>What the rules say of one resource, under what is placed already: made once for it, then asked for every node.</summary>
internal sealed class RuleView
{
    /// <summary>For a resource that no rule names.</summary>
    public static RuleView None { get; } = new();

    /// <summary>The nodes where something runs that it is strictly kept apart from, by the node's index.</summary>
    public Dictionary<int, ResourceId> Apart { get; } = [];

    /// <summary>How many soft rules each node goes against, by the node's index; what is not named goes against <see cref="SoftElsewhere"/>.</summary>
    public Dictionary<int, int> Soft { get; } = [];

    /// <summary>How many soft together-rules have a resource running somewhere: a node without it goes against each.</summary>
    public int SoftElsewhere { get; set; }

    /// <summary>The other wanted resources of its unit.</summary>
    public ImmutableArray<ResourceRecord> Unit { get; set; } = [];

    /// <summary>How many of them are on each node, by the node's index.</summary>
    public Dictionary<int, int> UnitOn { get; } = [];

    public int SoftOn(int node) => SoftElsewhere + Soft.GetValueOrDefault(node);
}
