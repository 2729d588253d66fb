using AkkaHa.Core.Model;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Protocol.Wire;

/// <summary>Questions about placement, and their answers, between records and the wire.</summary>
internal static class PlacementQueryMapping
{
    public static ResourceQueryPb ToWire(this ResourceQuery query) => new() { Id = query.Id?.ToString() ?? "" };

    public static ResourceQuery FromWire(this ResourceQueryPb wire) => new(wire.Id.Length == 0 ? null : ResourceId.Parse(wire.Id));

    public static ResourceReplyPb ToWire(this ResourceReply reply)
    {
        var wire = new ResourceReplyPb();
        wire.Resources.AddRange(reply.Resources.Select(r => r.ToWire()));
        wire.Groups.AddRange(reply.Groups.Select(g => g.ToWire()));
        wire.Rules.AddRange(reply.Rules.Select(r => r.ToWire()));
        return wire;
    }

    public static ResourceReply FromWire(this ResourceReplyPb wire) =>
        new([.. wire.Resources.Select(r => r.FromWire())], [.. wire.Groups.Select(g => g.FromWire())], [.. wire.Rules.Select(r => r.FromWire())]);

    public static ExplainReplyPb ToWire(this ExplainReply reply)
    {
        var wire = new ExplainReplyPb { Id = reply.Id.ToString(), Standing = reply.Standing, Why = reply.Why };
        wire.Rules.AddRange(reply.Rules);
        foreach (var node in reply.Nodes)
        {
            var entry = new ExplainedNodePb
            {
                Node = node.Node.Value,
                Refusal = node.Refusal,
                Running = node.Running,
                FreeMemoryMib = node.FreeMemoryMib,
                Current = node.IsCurrent,
                Chosen = node.IsChosen,
            };
            if (node.Priority is { } priority)
                entry.Priority = priority;
            wire.Nodes.Add(entry);
        }

        return wire;
    }

    public static ExplainReply FromWire(this ExplainReplyPb wire) => new(
        ResourceId.Parse(wire.Id), wire.Standing, wire.Why, [.. wire.Rules],
        [
            .. wire.Nodes.Select(n => new ExplainedNode(
                ModelMapping.Node(n.Node), n.Refusal, n.HasPriority ? n.Priority : null, n.Running, n.FreeMemoryMib, n.Current, n.Chosen)),
        ]);

    public static PlanRequestPb ToWire(this PlanRequest request)
    {
        var wire = new PlanRequestPb();
        wire.Fail.AddRange(request.Fail.Select(n => n.Value));
        return wire;
    }

    public static PlanRequest FromWire(this PlanRequestPb wire) => new([.. wire.Fail.Select(ModelMapping.Node)]);

    public static PlanReplyPb ToWire(this PlanReply reply)
    {
        var wire = new PlanReplyPb { KeepsQuorum = reply.KeepsQuorum };
        wire.Resources.AddRange(reply.Resources.Select(r => new PlannedResourcePb
        {
            Id = r.Id.ToString(),
            From = r.From?.Value ?? "",
            To = r.To?.Value ?? "",
            Why = r.Why,
        }));
        return wire;
    }

    public static PlanReply FromWire(this PlanReplyPb wire) => new(
        wire.KeepsQuorum,
        [
            .. wire.Resources.Select(r => new PlannedResource(
                ResourceId.Parse(r.Id), ModelMapping.NodeOrNull(r.From), ModelMapping.NodeOrNull(r.To), r.Why)),
        ]);
}
