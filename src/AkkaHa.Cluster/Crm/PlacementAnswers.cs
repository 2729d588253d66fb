using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Core.Placement;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Crm;

/// <summary>Answers operators' questions about resources and placement from the committed state.</summary>
internal static class PlacementAnswers
{
    public static object Of(ResourceQuery query, ClusterState state)
    {
        var resources = state.Resources.Values.Where(r => !r.Removed && (query.Id is null || r.Id == query.Id)).ToList();
        return query.Id is { } id && resources.Count == 0
            ? Unknown(id)
            : new ResourceReply([.. resources], [.. state.Groups.Values], [.. state.Affinity]);
    }

    public static object Of(ExplainRequest request, ClusterState state, Observations seen, PlacementSettings settings)
    {
        if (Explain.Of(state, seen, settings, request.Id) is not { } explanation)
            return Unknown(request.Id);
        var decision = explanation.Decision;
        return new ExplainReply(
            request.Id, explanation.Standing, decision.Why, explanation.Rules,
            [
                .. decision.Candidates.Select(c => new ExplainedNode(
                    c.Node, c.Refusal ?? "", c.Rank.Priority < Rank.OutOfGroup ? c.Rank.Priority : null, c.Running, c.FreeMemoryMib,
                    explanation.Resource.Owner?.Node == c.Node, decision.Chosen?.Node == c.Node)),
            ]);
    }

    public static object Of(PlanRequest request, ClusterState state, Observations seen, PlacementSettings settings)
    {
        var unknown = request.Fail.Where(n => !state.KnowsNode(n)).ToList();
        if (unknown.Count > 0 || request.Fail.IsEmpty)
        {
            return new CommandRefused($"{(unknown.Count > 0 ? $"{string.Join(", ", unknown)} is no node of this cluster" : "no node is named")}; "
                + $"expected some of {string.Join(", ", state.Nodes.Keys)}.")
            { IsInputWrong = true };
        }

        var plan = WhatIf.Fail(state, seen, settings, request.Fail);
        return new PlanReply(
            plan.KeepsQuorum, [.. plan.Moves.Select(m => new PlannedResource(m.Resource, m.From, m.Decision.Chosen?.Node, m.Decision.Why))]);
    }

    private static CommandRefused Unknown(ResourceId id) =>
        new($"{id}: there is no such resource; expected one that 'akkaha resource list' shows.") { IsInputWrong = true };
}
