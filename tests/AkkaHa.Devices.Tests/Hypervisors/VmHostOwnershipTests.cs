using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.Storage;
using AkkaHa.Devices.Tests.Storage;

namespace AkkaHa.Devices.Tests.Hypervisors;

/// <summary>The last line behind log and fence: two nodes on one storage, and the record beside the disks between them.</summary>
public sealed class VmHostOwnershipTests : IDisposable
{
    private static readonly ResourceId Id = ResourceId.Vm(101);

    private static readonly VmDefinition Definition =
        new(Id, Guid.Parse("6a3ff6a5-6f0a-4e4c-b9c1-0d1c3d6e0101"), [new VmDisk("/mnt/d.raw") { Storage = "nfs-vm" }]);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_start_that_is_older_than_the_record_is_refused_and_spawns_nothing()
    {
        var (pve1, pve2) = (Node("pve1"), Node("pve2"));
        Assert.True((await pve1.Host.StartAsync(Definition, Real.Token(5))).Runs);
        Assert.True((await pve2.Host.StartAsync(Definition, Real.Token(7))).Runs);
        pve1.Hypervisor.Calls.Clear();

        var late = await pve1.Host.StartAsync(Definition, Real.Token(6));

        Assert.Equal(StartVerdict.NotOwned, late.Verdict);
        Assert.Contains("vm:101 belongs to pve2", late.Detail);
        Assert.Contains("remove the record by hand", late.Detail);
        Assert.Empty(pve1.Hypervisor.Calls);
    }

    [Fact]
    public async Task Of_two_hosts_that_race_the_newer_command_always_wins_and_the_older_never_runs_after_it()
    {
        var (pve1, pve2) = (Node("pve1"), Node("pve2"));
        for (var round = 1; round <= 50; round++)
        {
            var (older, newer) = (Real.Token(2 * round), Real.Token((2 * round) + 1));
            var (first, second) = round % 2 == 0 ? (pve1, pve2) : (pve2, pve1);
            var starts = await Task.WhenAll(first.Host.StartAsync(Definition, older), second.Host.StartAsync(Definition, newer));

            Assert.True(starts[1].Runs, starts[1].Detail);
            Assert.True(starts[0].Verdict is StartVerdict.Started or StartVerdict.NotOwned, starts[0].Detail);
            Assert.Equal(newer, (await Records().ReadAsync(Id))!.Token);
            Assert.Equal(StartVerdict.NotOwned, (await first.Host.StartAsync(Definition, older)).Verdict);
        }
    }

    [Fact]
    public async Task A_guest_that_arrives_takes_the_record_before_it_runs_and_one_that_cannot_is_killed()
    {
        var (pve1, pve2) = (Node("pve1"), Node("pve2"));
        Assert.True((await pve1.Host.StartAsync(Definition, Real.Token(5))).Runs);
        pve2.Hypervisor.Put(Definition, RunState.Paused);
        Assert.True((await pve2.Host.ContinueIncomingAsync(Definition, Real.Token(8))).Runs);
        Assert.Equal(("pve2", Real.Token(8)), ((await Records().ReadAsync(Id))!.Owner.Node.Value, (await Records().ReadAsync(Id))!.Token));

        pve1.Hypervisor.Put(Definition, RunState.Paused);
        pve1.Hypervisor.Calls.Clear();
        var refused = await pve1.Host.ContinueIncomingAsync(Definition, Real.Token(7));
        Assert.Equal((StartVerdict.NotOwned, null), (refused.Verdict, refused.Guest));
        Assert.Equal(["kill vm:101"], pve1.Hypervisor.Calls);
    }

    [Fact]
    public async Task A_gate_that_closes_while_a_storage_hangs_waits_for_no_storage_and_lets_nothing_run_later()
    {
        await using var hanging = await HangingFolder.StartAsync(_folder);
        var node = Node("pve1", hanging.Path);
        Assert.True((await node.Host.StartAsync(Definition, Real.Token(1))).Runs);
        await node.Host.KillAsync(Id);
        node.Hypervisor.Calls.Clear();
        hanging.Hang(true);
        var starting = node.Host.StartAsync(Definition, Real.Token(2));
        Assert.False(starting.IsCompleted);

        var closed = await node.Host.CloseGateAsync("lease ended", Real.Patience);

        Assert.True(closed.AllDead, closed.Detail);
        Assert.Equal(StartVerdict.GateClosed, (await starting).Verdict);
        hanging.Hang(false);
        Assert.True(node.Host.OpenGate(TimeSpan.MaxValue));
        Assert.DoesNotContain("spawn vm:101", node.Hypervisor.Calls);
    }

    [Fact]
    public async Task A_storage_that_cannot_be_reached_refuses_the_start_and_a_guest_on_another_one_starts()
    {
        var node = Node("pve1", _folder["none"]);

        Assert.Equal(StartVerdict.NotOwned, (await node.Host.StartAsync(Definition, Real.Token(5))).Verdict);
        Assert.True((await node.Host.StartAsync(Definition with { Disks = [new VmDisk("/dev/rbd0") { Storage = "rbd" }] }, Real.Token(6))).Runs);
    }

    private OwnershipFile Records() => new(Storage(_folder.Path), Real.Patience, Real.Time);

    private static StorageDefinition Storage(string path) => new("nfs-vm", StorageType.Dir, path, true);

    private (VmHost Host, RecordingHypervisor Hypervisor) Node(string name, string? path = null)
    {
        var hypervisor = new RecordingHypervisor();
        var ownership = new DiskOwnership(new Boot(new NodeName(name), new BootId("boot-1")), [Storage(path ?? _folder.Path)], Real.Patience, Real.Time);
        var host = new VmHost(hypervisor, Real.Time, ownership: ownership);
        host.OpenGate(TimeSpan.MaxValue);
        return (host, hypervisor);
    }
}
