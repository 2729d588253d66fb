using System.Collections.Immutable;
using AkkaHa.Cli.Lab;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Machines;

namespace AkkaHa.Cli.Drills;

/// <summary>How a drill breaks a lab's networks.</summary>
/// <param name="Name">The drill's name.</param>
/// <param name="Description">What is done, for people who choose one.</param>
/// <param name="Duration">How long it lasts.</param>
/// <param name="Victims">How many nodes it cuts off: the CRM's is the first of them. None may be lost if it is 0.</param>
/// <param name="Faults">The faults, for the lab's nodes and those that are cut off.</param>
internal sealed record NetworkFault(
    string Name, string Description, TimeSpan Duration, int Victims, Func<LabPlan, ImmutableList<NodeName>, ImmutableList<LinkFault>> Faults)
{
    /// <summary>Every drill of this kind.</summary>
    public static ImmutableList<NetworkFault> All { get; } =
    [
        new("cluster-cut", "Cut the CRM's node and another one off the cluster's networks; their disks stay within reach.", TimeSpan.FromSeconds(20), 2,
            (plan, victims) => [.. ClusterLinks.SelectMany(link => BothWays(link, plan, victims))]),
        new("one-way", "Let nothing that the CRM's node sends reach the others; it hears them.", TimeSpan.FromSeconds(20), 1,
            (plan, victims) => [.. ClusterLinks.Select(link => new LinkFault(link, Numbers(victims), Numbers(plan.Nodes.Except(victims))))]),
        new("storage-cut", "Cut every node off the disks for 20 s; the cluster's networks stay whole.", TimeSpan.FromSeconds(20), 0,
            (plan, _) => [new LinkFault(LabLink.Storage, Numbers(plan.Nodes), [0]), new LinkFault(LabLink.Storage, [0], Numbers(plan.Nodes))]),
        new("loss", "Lose 30 % of all packets of the cluster's networks for a minute.", TimeSpan.FromMinutes(1), 0,
            (plan, _) => [.. ClusterLinks.Select(link => new LinkFault(link, Numbers(plan.Nodes), Numbers(plan.Nodes), LossPercent: 30))]),
        new("switch-off", "Lose the switch of the first cluster link for 20 s.", TimeSpan.FromSeconds(20), 0,
            (plan, _) => [new LinkFault(LabLink.Cluster, Numbers(plan.Nodes), Numbers(plan.Nodes))]),
    ];

    private static ImmutableList<LabLink> ClusterLinks => [LabLink.Cluster, LabLink.Second];

    private static ImmutableList<LinkFault> BothWays(LabLink link, LabPlan plan, ImmutableList<NodeName> victims)
    {
        var others = Numbers(plan.Nodes.Except(victims));
        return [new LinkFault(link, Numbers(victims), others), new LinkFault(link, others, Numbers(victims))];
    }

    private static ImmutableList<int> Numbers(IEnumerable<NodeName> nodes) => [.. nodes.Select(LabPlan.Number)];
}
