using AkkaHa.Core.Model;

namespace AkkaHa.Core.Crm;

/// <summary>What the log and the membership say of one node.</summary>
/// <param name="Node">Its record.</param>
/// <param name="Report">The report of its committed session; null where it is no member or has not reported in it.</param>
/// <param name="IsMember">Whether it is a member now.</param>
internal sealed record NodeSight(NodeRecord Node, NodeReport? Report, bool IsMember);

/// <summary>The nodes under one look: made once, so that a pass over thousands of resources looks each node up by its hash.</summary>
internal sealed class NodeSights
{
    private readonly Dictionary<NodeName, NodeSight> _nodes;

    public NodeSights(ClusterState state, Observations seen)
    {
        _nodes = new Dictionary<NodeName, NodeSight>(state.Nodes.Count);
        foreach (var (name, node) in state.Nodes)
            _nodes[name] = new NodeSight(node, seen.ReportOf(node), seen.Members.Contains(name));
    }

    /// <summary>The node of that name; null where none was ever admitted.</summary>
    public NodeSight? Of(NodeName name) => _nodes.GetValueOrDefault(name);

    /// <summary>The node whose newest committed session is this one; null where another one is.</summary>
    public NodeSight? Of(Session session) => Of(session.Node) is { } sight && sight.Node.Session == session ? sight : null;

    /// <summary>Whether orders to the session and answers of it count: it is the newest of an admitted boot.</summary>
    public bool IsOpen(Session session) => Of(session) is { Node.IsOnline: true };
}
