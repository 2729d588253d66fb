using System.Text.Json.Nodes;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Canary;
using AkkaHa.Devices.Host;
using AkkaHa.Devices.Processes;
using AkkaHa.Devices.SelfFence;

namespace AkkaHa.Cli.Tests;

[Collection(LabCollection.Name)]
public sealed class RejoinTests : IDisposable
{
    private const int SigStop = 19;
    private const int SigCont = 18;
    private static readonly string[] _nodes = ["pve1", "pve2", "pve3"];

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_daemon_that_was_frozen_until_its_lease_was_over_kills_its_guests_and_joins_again_as_a_new_incarnation()
    {
        // Nothing can prove the node dead meanwhile, so all depends on what it does itself.
        await using var lab = await RunningLab.Up(_scratch.Folder, "--hypervisor", "embedded", "--power", "none", "--vms", "3");
        var victim = (string)(await lab.Status("pve1"))["crmNode"]!;
        var witness = _nodes.First(n => n != victim);
        Assert.Contains(victim, Owners(await lab.Status(witness)));
        var daemon = WatchedProcess.Open(lab.DaemonPid(victim))!;

        Assert.True(daemon.Signal(SigStop));
        var without = await lab.Until(witness, s => Member(s, victim) is false && (string?)s["crmNode"] is { } crm && crm != victim, $"a CRM without {victim}");
        await LeaseIsOver(lab, victim);
        Assert.Contains(victim, Owners(without));
        Assert.True(daemon.Signal(SigCont));

        foreach (var node in _nodes)
        {
            await lab.Until(
                node,
                s => (bool)s["quorate"]! && _nodes.All(n => Member(s, n) && Condition(s, n) == "online") && s["resources"]!.AsArray().All(r => (string)r!["actual"]! == "started"),
                "three online nodes and every guest started");
        }

        Assert.False(daemon.HasExited);
        var log = lab.DaemonLog(victim);
        Assert.Contains("The gate is closed (the lease of this node has ended); 1 guest was killed", log, StringComparison.Ordinal);
        Assert.Equal(2, log.Split($"{victim} joins the cluster").Length + log.Split($"{victim} forms a cluster").Length - 2);
        Assert.Contains("is quarantined", lab.DaemonLog(witness), StringComparison.Ordinal);
        Assert.All(lab.Disks(), disk => Assert.Equal(0u, CanaryDisk.Read(disk).State!.Conflicts));
    }

    /// <summary>The lease counts on while its holder stands still.</summary>
    private static async Task LeaseIsOver(RunningLab lab, string node)
    {
        var end = new LeaseFile(lab.RunFolder(node)).Read(new BootId(lab.BootId(node))).Until;
        Assert.NotEqual(TimeSpan.Zero, end);
        using var over = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (HostClock.BootTime() < end)
            await over.WaitForNextTickAsync();
    }

    private static List<string?> Owners(JsonNode status) => [.. status["resources"]!.AsArray().Select(r => (string?)r!["node"])];

    private static bool Member(JsonNode status, string node) => (bool)Node(status, node)["member"]!;

    private static string Condition(JsonNode status, string node) => (string)Node(status, node)["condition"]!;

    private static JsonNode Node(JsonNode status, string node) => status["nodes"]!.AsArray().Single(n => (string)n!["name"]! == node)!;
}
