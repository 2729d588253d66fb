using AkkaHa.Core.Model;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Protocol.Wire;

/// <summary>What operators ask and are told, between records and the wire.</summary>
internal static class OperatorMapping
{
    public static ClusterStatusPb ToWire(this ClusterStatus status)
    {
        var wire = new ClusterStatusPb
        {
            AnsweredBy = status.AnsweredBy.Value,
            Stale = status.IsStale,
            Quorate = status.IsQuorate,
            Votes = status.Votes,
            ExpectedVotes = status.ExpectedVotes,
            CrmNode = status.CrmNode?.Value ?? "",
            Epoch = status.Epoch.ToWire(),
            CommittedIndex = status.CommittedIndex,
            WaitsFor = status.WaitsFor,
            Hypervisor = status.Hypervisor,
        };
        wire.Nodes.AddRange(status.Nodes.Select(n => new NodeStatusPb
        {
            Name = n.Name.Value,
            Condition = n.Condition,
            Boot = n.Boot,
            Reason = n.Reason,
            Member = n.IsMember,
            Reachable = n.IsReachable,
            Fence = n.Fence,
            Crm = n.IsCrm,
        }));
        wire.Resources.AddRange(status.Resources.Select(r => new ResourceStatusPb
        {
            Id = r.Id.ToString(),
            Name = r.Name,
            Requested = r.Requested,
            Actual = r.Actual,
            Node = r.Node?.Value ?? "",
            Reason = r.Reason,
        }));
        wire.Problems.AddRange(status.Problems);
        wire.Incidents.AddRange(status.Incidents.Select(i => new IncidentPb { Index = i.Index, Subject = i.Subject, Text = i.Text }));
        return wire;
    }

    public static ClusterStatus FromWire(this ClusterStatusPb wire) => new()
    {
        AnsweredBy = ModelMapping.Node(wire.AnsweredBy),
        IsStale = wire.Stale,
        IsQuorate = wire.Quorate,
        Votes = wire.Votes,
        ExpectedVotes = wire.ExpectedVotes,
        CrmNode = ModelMapping.NodeOrNull(wire.CrmNode),
        Epoch = wire.Epoch.FromWire(),
        CommittedIndex = wire.CommittedIndex,
        WaitsFor = wire.WaitsFor,
        Hypervisor = wire.Hypervisor,
        Nodes =
        [
            .. wire.Nodes.Select(n => new NodeStatus(
                ModelMapping.Node(n.Name), n.Condition, n.Boot, n.Reason, n.Member, n.Reachable, n.Fence, n.Crm)),
        ],
        Resources =
        [
            .. wire.Resources.Select(r => new ResourceStatus(
                ResourceId.Parse(r.Id), r.Name, r.Requested, r.Actual, ModelMapping.NodeOrNull(r.Node), r.Reason)),
        ],
        Problems = [.. wire.Problems],
        Incidents = [.. wire.Incidents.Select(i => new Incident(i.Index, i.Subject, i.Text))],
    };

    public static EventsReplyPb ToWire(this EventsReply reply)
    {
        var wire = new EventsReplyPb();
        wire.Events.AddRange(reply.Events.Select(e => new EventRecordPb
        {
            Sequence = e.Sequence,
            AtUnixMicros = (e.At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
            Node = e.Node.Value,
            Kind = e.Kind,
            Subject = e.Subject,
            Text = e.Text,
            Epoch = e.Epoch.ToWire(),
            By = e.By,
        }));
        return wire;
    }

    public static EventsReply FromWire(this EventsReplyPb wire) => new(
    [
        .. wire.Events.Select(e => new EventRecord(
            e.Sequence, DateTimeOffset.UnixEpoch.AddTicks(e.AtUnixMicros * TimeSpan.TicksPerMicrosecond), ModelMapping.Node(e.Node),
            e.Kind, e.Subject, e.Text, e.Epoch.FromWire())
        {
            By = e.By,
        }),
    ]);
}
