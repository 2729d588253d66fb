using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cli.Operator;

/// <summary>Shows a status to programs.</summary>
internal static class StatusJson
{
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };

    public static string Of(ClusterStatus status) => new JsonObject
    {
        ["answeredBy"] = status.AnsweredBy.Value,
        ["stale"] = status.IsStale,
        ["quorate"] = status.IsQuorate,
        ["votes"] = status.Votes,
        ["expectedVotes"] = status.ExpectedVotes,
        ["crmNode"] = status.CrmNode?.Value,
        ["epoch"] = status.Epoch.ToString(),
        ["committedIndex"] = status.CommittedIndex,
        ["waitsFor"] = status.WaitsFor,
        ["hypervisor"] = status.Hypervisor,
        ["nodes"] = new JsonArray([.. status.Nodes.Select(n => (JsonNode)new JsonObject
        {
            ["name"] = n.Name.Value, ["condition"] = n.Condition, ["boot"] = n.Boot, ["member"] = n.IsMember,
            ["reachable"] = n.IsReachable, ["fence"] = n.Fence, ["crm"] = n.IsCrm, ["reason"] = n.Reason,
        })]),
        ["resources"] = new JsonArray([.. status.Resources.Select(r => (JsonNode)new JsonObject
        {
            ["id"] = r.Id.ToString(), ["name"] = r.Name, ["requested"] = r.Requested, ["actual"] = r.Actual,
            ["node"] = r.Node?.Value, ["reason"] = r.Reason,
        })]),
        ["problems"] = new JsonArray([.. status.Problems.Select(p => (JsonNode)p)]),
        ["incidents"] = new JsonArray([.. status.Incidents.Select(i => (JsonNode)new JsonObject
        {
            ["index"] = i.Index, ["subject"] = i.Subject, ["text"] = i.Text,
        })]),
    }.ToJsonString(Indented);
}
