using AkkaHa.Core.Model;

namespace AkkaHa.Core.Downing;

/// <summary>A member of the cluster: one incarnation of a node's actor system. The next one on the same node is another peer.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Incarnation">The uid of the actor system.</param>
public readonly record struct Peer(NodeName Node, long Incarnation) : IComparable<Peer>
{
    /// <inheritdoc />
    public int CompareTo(Peer other)
    {
        var byNode = Node.CompareTo(other.Node);
        return byNode != 0 ? byNode : Incarnation.CompareTo(other.Incarnation);
    }

    /// <inheritdoc />
    public override string ToString() => Node.Value;
}
