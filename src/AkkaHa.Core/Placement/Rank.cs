using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <summary>How good a feasible node is for a resource: compared from the first member on, lower is better.</summary>
/// <param name="Partial">1 where not all that belongs with the resource would fit there.</param>
/// <param name="Failed">1 where it, or something that belongs with it, would not start not long ago.</param>
/// <param name="Priority">The group's priority, summed over what belongs together; a node out of the group comes after all in it.</param>
/// <param name="Absent">How much of what belongs with it is not there.</param>
/// <param name="Soft">How many soft rules the node goes against.</param>
/// <param name="Away">0 on the node that it ran on last.</param>
/// <param name="Running">How many guests run there.</param>
public readonly record struct Rank(int Partial, int Failed, long Priority, int Absent, int Soft, int Away, int Running) : IComparable<Rank>
{
    /// <summary>The priority of a node that is not in the group; sums of some thousand still fit.</summary>
    public const long OutOfGroup = 1L << 40;

    /// <inheritdoc />
    public int CompareTo(Rank other)
    {
        var order = Partial.CompareTo(other.Partial);
        if (order == 0)
            order = Failed.CompareTo(other.Failed);
        if (order == 0)
            order = Priority.CompareTo(other.Priority);
        if (order == 0)
            order = Absent.CompareTo(other.Absent);
        if (order == 0)
            order = Soft.CompareTo(other.Soft);
        if (order == 0)
            order = Away.CompareTo(other.Away);
        return order == 0 ? Running.CompareTo(other.Running) : order;
    }

    /// <summary>The priority of a node in a resource's group; 0 where it has none.</summary>
    public static long PriorityOf(ResourceGroup? group, NodeName node) =>
        group is null ? 0 : group.Nodes.TryGetValue(node, out var priority) ? priority : OutOfGroup;
}
