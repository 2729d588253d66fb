using AkkaHa.Protocol.Operator;

namespace AkkaHa.Protocol.Wire;

/// <summary>Tests of fence devices, between records and the wire.</summary>
internal static class FenceTestMapping
{
    public static FenceTestRequestPb ToWire(this FenceTestRequest request) => new() { Node = request.Node?.Value ?? "", Device = request.Device ?? "" };

    public static FenceTestRequest FromWire(this FenceTestRequestPb wire) =>
        new(ModelMapping.NodeOrNull(wire.Node), wire.Device.Length == 0 ? null : wire.Device);

    public static FenceTestReportPb ToWire(this FenceTestReport report)
    {
        var wire = new FenceTestReportPb { TestedBy = report.TestedBy.Value };
        wire.Results.AddRange(report.Results.Select(r => new FenceTestResultPb
        {
            Node = r.Node.Value,
            Level = r.Level,
            Device = r.Device,
            Kind = r.Kind,
            ProvesOff = r.ProvesOff,
            Power = r.Power,
            Works = r.Works,
            Detail = r.Detail,
        }));
        return wire;
    }

    public static FenceTestReport FromWire(this FenceTestReportPb wire) => new(
        ModelMapping.Node(wire.TestedBy),
        [.. wire.Results.Select(r => new FenceTestResult(ModelMapping.Node(r.Node), r.Level, r.Device, r.Kind, r.ProvesOff, r.Power, r.Works, r.Detail))]);
}
