using Akka.Actor.Setup;

namespace AkkaHa.Cluster;

/// <summary>Gives an actor system its node, for what the system makes itself: the split-brain resolver.</summary>
/// <param name="node">The node.</param>
public sealed class NodeSetup(NodeContext node) : Setup
{
    /// <summary>The node.</summary>
    public NodeContext Node { get; } = node;
}
