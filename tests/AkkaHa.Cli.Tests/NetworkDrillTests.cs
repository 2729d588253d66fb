using System.Text.Json.Nodes;
using AkkaHa.Devices.Machines;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Cli.Tests;

/// <summary>A lab of five nodes in network namespaces, with its disks on a network of their own and without image locks.</summary>
[Collection(LabCollection.Name)]
public sealed class NetworkDrillTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [NamespacesFact]
    public async Task Two_of_five_nodes_that_are_cut_off_the_cluster_but_not_off_their_disks_are_fenced_before_their_VMs_run_elsewhere()
    {
        var report = await Drill("cluster-cut");

        Assert.Equal(2, Events(report, "fence-confirmed").Distinct().Count());
        Assert.InRange((double)report["failoverSeconds"]!, 0.1, 15);
    }

    [NamespacesFact]
    public async Task A_node_that_hears_the_others_but_is_not_heard_is_fenced_alone()
    {
        var report = await Drill("one-way");

        Assert.Single(Events(report, "fence-confirmed").Distinct());
    }

    [NamespacesFact]
    public async Task A_storage_network_that_is_away_for_a_while_fences_nobody_and_the_VMs_go_on_afterwards() =>
        Assert.Empty(Events(await Drill("storage-cut"), "node-lost"));

    [NamespacesFact(Skip = "On a machine that is busy with other things, loss and load together still cost a node now and then: run 'akkaha lab drill loss --namespaces --nodes 5' on an idle one.")]
    public async Task Thirty_percent_packet_loss_for_a_minute_fence_nobody() => Assert.Empty(Events(await Drill("loss"), "node-lost"));

    [NamespacesFact]
    public async Task The_loss_of_the_switch_of_the_first_cluster_link_fences_nobody() =>
        Assert.Empty(Events(await Drill("switch-off"), "node-unreachable"));

    private static List<string> Events(JsonNode report, string kind) =>
        [.. report["timeline"]!.AsArray().Where(m => (string)m!["event"]! == kind).Select(m => (string)m!["subject"]!)];

    private async Task<JsonNode> Drill(string name)
    {
        var result = await Akkaha.Run(_scratch.Folder, "lab", "drill", name, "--namespaces", "--nodes", "5", "--vms", "5", "--hypervisor", "qemu", "--json");

        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");
        var report = JsonNode.Parse(result.Output)!;
        Assert.Equal("PASS", (string)report["result"]!);
        Assert.Equal(0, (int)report["conflicts"]!);
        return report;
    }

    /// <summary>A fact about machines in network namespaces, which not every host can have.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class NamespacesFactAttribute : FactAttribute
    {
#pragma warning disable RS0030 // Real tools are asked: their clock is the real one.
        private static readonly Lazy<string?> Obstacle = new(() => LabNetwork.ObstacleAsync(new ToolRunner(TimeProvider.System)).GetAwaiter().GetResult());
#pragma warning restore RS0030

        public NamespacesFactAttribute() => Skip = Obstacle.Value!;
    }
}
