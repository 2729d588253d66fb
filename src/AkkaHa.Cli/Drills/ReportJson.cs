using System.Globalization;
using System.Text.Json.Nodes;
using AkkaHa.Cli.Operator;

namespace AkkaHa.Cli.Drills;

/// <summary>A report as one JSON object, for programs.</summary>
internal static class ReportJson
{
    public static string Of(DrillReport report) => new JsonObject
    {
        ["drill"] = report.Drill,
        ["date"] = report.Date.ToString("O", CultureInfo.InvariantCulture),
        ["method"] = report.Method,
        ["expected"] = report.Expected,
        ["result"] = report.Passed ? "PASS" : "FAIL",
        ["failoverSeconds"] = Seconds(report.Failover),
        ["conflicts"] = report.Conflicts,
        ["hypervisor"] = report.Hypervisor,
        ["fenceDevice"] = report.FenceDevice,
        ["tester"] = report.Tester,
        ["timeline"] = new JsonArray([.. report.Timeline.Select(m => (JsonNode)new JsonObject
        {
            ["at"] = Seconds(m.At), ["event"] = m.Event, ["subject"] = m.Subject, ["text"] = m.Text,
        })]),
        ["vms"] = new JsonArray([.. report.Vms.Select(v => (JsonNode)new JsonObject
        {
            ["id"] = v.Id.ToString(), ["from"] = v.From.Value, ["to"] = v.To?.Value, ["recoverySeconds"] = Seconds(v.Recovery),
        })]),
        ["issues"] = new JsonArray([.. report.Issues.Select(i => (JsonNode)i)]),
    }.ToJsonString(StatusJson.Indented);

    private static double? Seconds(TimeSpan? time) => time is { } t ? Math.Round(t.TotalSeconds, 3) : null;
}
