using System.Text.Json.Nodes;

namespace AkkaHa.Cli.Tests;

[Collection(LabCollection.Name)]
public sealed class DrillTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_power_cut_of_the_CRMs_node_is_survived_with_QEMU_and_real_BMCs()
    {
        var report = await Drill("power-off", "--hypervisor", "qemu", "--power", "ipmi");

        Assert.Equal("qemu", (string)report["hypervisor"]!);
        AssertFailover(report, "power-cut");
    }

    [Fact]
    public async Task The_power_cut_of_the_CRMs_node_is_survived_with_the_labs_own_hypervisor_and_power_controller()
    {
        var report = await Drill("power-off", "--hypervisor", "embedded", "--power", "controller");

        Assert.Equal("embedded", (string)report["hypervisor"]!);
        AssertFailover(report, "power-cut");
    }

    [Fact]
    public async Task A_node_whose_daemon_alone_was_killed_is_fenced_before_any_of_its_VMs_starts_elsewhere() =>
        AssertFailover(await Drill("kill-daemon"), "daemon-killed");

    [Fact]
    public async Task A_cluster_of_two_with_an_arbiter_survives_the_loss_of_either_node()
    {
        // Each drill cuts the node that hosts the CRM, so the second cut hits the other one.
        AssertFailover(await Drill("power-off-twice", "--nodes", "2", "--arbiter", "--vms", "4"), "power-cut");
    }

    [Fact]
    public async Task With_two_of_three_nodes_cut_nothing_is_started_and_the_survivor_says_why()
    {
        var report = await Drill("no-quorum");

        var told = Assert.Single(report["timeline"]!.AsArray(), m => (string)m!["event"]! == "no-quorum");
        Assert.StartsWith("no quorum: 1 of 3 votes are here and 2 are needed", (string)told!["text"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(report["timeline"]!.AsArray(), m => (string)m!["event"]! is "resource-placed" or "fence-started");
    }

    [Fact]
    public async Task A_node_can_be_cut_again_after_it_came_back() => AssertFailover(await Drill("power-off-twice"), "power-cut");

    [Fact]
    public async Task Every_VM_moves_live_between_real_QEMU_nodes_without_a_restart_or_a_second_writer()
    {
        var report = await Drill("migrate", "--hypervisor", "qemu", "--vms", "3");

        Assert.All(report["vms"]!.AsArray(), vm => Assert.NotEqual((string)vm!["from"]!, (string)vm["to"]!));
        Assert.Equal(3, report["timeline"]!.AsArray().Count(m => (string)m!["event"]! == "resource-handed-over"));
    }

    [Fact]
    public async Task A_migration_outlives_the_power_cut_of_the_CRMs_node()
    {
        var report = await Drill("migrate-cut", "--hypervisor", "qemu", "--vms", "3", "--migration-bandwidth", "65536");

        Assert.Contains(report["timeline"]!.AsArray(), m => (string)m!["event"]! == "fence-confirmed");
    }

    [Fact]
    public async Task Migrations_in_a_row_end_with_the_VM_running_also_when_the_source_or_the_destination_loses_its_power_in_their_middle()
    {
        var result = await Akkaha.Run(_scratch.Folder, "lab", "soak", "migrate", "--rounds", "5", "--hypervisor", "qemu", "--vms", "1", "--migration-bandwidth", "262144", "--json");

        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");
        var report = JsonNode.Parse(result.Output)!;
        Assert.Equal(("PASS", 0), ((string)report["result"]!, (int)report["conflicts"]!));
        Assert.Equal(["cut-none", "cut-source", "cut-none", "cut-destination", "cut-none"], report["timeline"]!.AsArray().Select(m => (string)m!["event"]!));
    }

    [Fact]
    public async Task A_node_is_emptied_for_maintenance_while_its_VMs_go_on()
    {
        var report = await Drill("maintenance", "--hypervisor", "qemu", "--vms", "3");

        Assert.NotEmpty(report["vms"]!.AsArray());
        Assert.DoesNotContain(report["timeline"]!.AsArray(), m => (string)m!["event"]! is "fence-started" or "resource-placed");
    }

    [Theory]
    [InlineData("power-off", "power-cut")]
    [InlineData("freeze-daemon", "daemon-frozen")]
    public async Task Without_any_fence_device_a_node_with_a_watchdog_is_proven_dead_by_the_self_fence_bound(string drill, string fault)
    {
        var report = await Drill(drill, "--power", "none", "--watchdog");

        var timeline = report["timeline"]!.AsArray();
        Assert.Equal(fault, (string)timeline[0]!["event"]!);
        var proof = Assert.Single(timeline, m => (string)m!["event"]! == "fence-confirmed");
        Assert.EndsWith("is proven off by the self-fence bound", (string)proof!["text"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(timeline, m => (string)m!["event"]! == "fence-started");
        // Not before the last lease has ended and the watchdog has fired, whatever the clocks.
        Assert.InRange((double)proof["at"]!, 15, 30);
        Assert.InRange((double)report["failoverSeconds"]!, 15, 30);
    }

    private async Task<JsonNode> Drill(params string[] arguments)
    {
        var result = await Akkaha.Run(_scratch.Folder, ["lab", "drill", .. arguments, "--json"]);

        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");
        var report = JsonNode.Parse(result.Output)!;
        Assert.Equal("PASS", (string)report["result"]!);
        Assert.Equal(0, (int)report["conflicts"]!);
        Assert.Equal(2, Directory.GetFiles(_scratch.Folder, "drill-*").Length);
        return report;
    }

    private static void AssertFailover(JsonNode report, string fault)
    {
        var timeline = report["timeline"]!.AsArray().Select(m => (At: (double)m!["at"]!, Event: (string)m["event"]!, Subject: (string)m["subject"]!)).ToList();
        Assert.Equal(fault, timeline[0].Event);
        var victim = timeline[0].Subject;
        Assert.InRange((double)report["failoverSeconds"]!, 0.1, 15);
        var order = new[] { "node-unreachable", "node-downed", "crm-active", "node-lost", "fence-started", "fence-confirmed", "resource-placed", "resource-started" };
        var offsets = order.Select(name => timeline.First(m => m.Event == name && (m.Subject == victim || !name.StartsWith("node", StringComparison.Ordinal))).At).ToList();
        Assert.Equal(offsets.Order(), offsets);
        foreach (var vm in report["vms"]!.AsArray())
        {
            Assert.Equal(victim, (string)vm!["from"]!);
            Assert.NotEqual(victim, (string)vm["to"]!);
        }
    }
}
