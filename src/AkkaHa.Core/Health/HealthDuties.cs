using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Health;

/// <summary>Which guests each node is to look after: those that HA runs, never one that it is to leave alone.</summary>
public static class HealthDuties
{
    /// <summary>For every node that is online its checks; none of them while the cluster is disarmed.</summary>
    public static ImmutableSortedDictionary<NodeName, ImmutableSortedDictionary<ResourceId, HealthCheck>> Of(ClusterState state)
    {
        var duties = state.Nodes.Values.Where(n => n.IsOnline)
            .ToDictionary(n => n.Name, _ => ImmutableSortedDictionary.CreateBuilder<ResourceId, HealthCheck>());
        if (state.IsArmed)
        {
            foreach (var resource in state.Resources.Values)
            {
                if (resource is { IsWanted: true, Actual: ActualState.Starting or ActualState.Started, Owner: { } owner, Definition.Health: { } check }
                    && duties.TryGetValue(owner.Node, out var own))
                    own[resource.Id] = check;
            }
        }

        return duties.ToImmutableSortedDictionary(d => d.Key, d => d.Value.ToImmutable());
    }
}
