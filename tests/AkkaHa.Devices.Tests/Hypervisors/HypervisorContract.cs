using System.Collections.Concurrent;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Canary;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Tests.Hypervisors;

/// <summary>What every hypervisor must do, tried with real guests.</summary>
public abstract class HypervisorContract : IAsyncLifetime
{
    private static readonly ResourceId Id = ResourceId.Vm(101);

    private readonly TempFolder _folder = new();
    private readonly BlockingExits _exits = new();
    private IHypervisor _hypervisor = null!;

    private protected abstract IHypervisor Make(string runDirectory, string node);

    private VmDefinition Definition => new(Id, Guid.Parse("6a3ff6a5-6f0a-4e4c-b9c1-0d1c3d6e0101"), [new VmDisk(_folder["d.raw"]) { Bus = DiskBus.Ide }])
    {
        MemoryMib = 16,
    };

    public Task InitializeAsync()
    {
        _hypervisor = Make(_folder["run"], "pve1");
        _hypervisor.Watch(_exits.Add);
        CanaryDisk.Create(_folder["d.raw"]);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var guest in await _hypervisor.ListAsync())
            await _hypervisor.KillAsync(guest.Id!.Value);
        await _hypervisor.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<RunningGuest> StartAsync(IHypervisor? hypervisor = null)
    {
        hypervisor ??= _hypervisor;
        var spawned = await hypervisor.SpawnPausedAsync(Definition, Real.Token(5));
        Assert.True(spawned.Verdict == StartVerdict.Started, spawned.Detail);
        var running = await hypervisor.ContinueAsync(Id);
        Assert.True(running.Verdict == StartVerdict.Started, running.Detail);
        return running.Guest!;
    }

    private Task<CanaryReport> WritesAsync(uint above = 2) =>
        Real.EventuallyAsync(() => CanaryDisk.Read(_folder["d.raw"]), report => report.State?.Counter > above, "the guest's writing");

    [Fact]
    public async Task A_guest_is_spawned_paused_and_writes_only_when_continued()
    {
        var spawned = await _hypervisor.SpawnPausedAsync(Definition, Real.Token(5));
        Assert.Equal(StartVerdict.Started, spawned.Verdict);
        Assert.Equal(RunState.Prelaunch, spawned.Guest!.State);
        Assert.Null(CanaryDisk.Read(_folder["d.raw"]).State);

        Assert.True((await _hypervisor.ContinueAsync(Id)).Runs);
        var report = await WritesAsync();
        Assert.Equal("pve1", report.State!.Writer);
        Assert.Equal(1u, report.State.Boots);
        Assert.Equal(0u, report.State.Conflicts);
        Assert.Contains("BOOT pve1 00000001", File.ReadAllText(_folder["run/vm-101.serial"]));
    }

    [Fact]
    public async Task A_guest_that_is_asked_to_shut_down_does_and_marks_its_disk_clean()
    {
        await StartAsync();
        await WritesAsync();
        var stopped = await _hypervisor.StopAsync(Id, Real.Patience);
        Assert.True(stopped.Verdict == StopVerdict.Stopped, stopped.Detail);
        Assert.True(CanaryDisk.Read(_folder["d.raw"]).State!.IsClean);
        Assert.Equal(GuestExitReason.Stopped, (await _exits.NextAsync()).Reason);
        Assert.Empty(await _hypervisor.ListAsync());
        Assert.Equal(StopVerdict.NotRunning, (await _hypervisor.StopAsync(Id, Real.Patience)).Verdict);
    }

    [Fact]
    public async Task A_guest_that_does_not_shut_down_in_time_is_killed()
    {
        await _hypervisor.SpawnPausedAsync(Definition, Real.Token(5));
        var stopped = await _hypervisor.StopAsync(Id, TimeSpan.FromMilliseconds(300));
        Assert.Equal(StopVerdict.Killed, stopped.Verdict);
        Assert.Contains("did not shut down within 0.3 s", stopped.Detail);
    }

    [Fact]
    public async Task A_guest_that_is_killed_is_gone_when_the_answer_comes()
    {
        var guest = await StartAsync();
        var killed = await _hypervisor.KillAsync(Id);
        Assert.Equal(StopVerdict.Killed, killed.Verdict);
        Assert.True(ProcessStat.Read(guest.ProcessId) is null or { IsDead: true });
        Assert.Equal(GuestExitReason.Killed, (await _exits.NextAsync()).Reason);
        var again = await StartAsync();
        Assert.NotEqual(guest.ProcessId, again.ProcessId);
    }

    [Fact]
    public async Task A_guest_that_crashes_is_told_at_once()
    {
        var guest = await StartAsync();
        await WritesAsync();
        var killed = Real.Time.GetTimestamp();
        using (var kill = ChildProcess.Start(new ChildOptions("kill", ["-9", guest.ProcessId.ToString()])))
            await kill.Process.Exited;
        var exit = await _exits.NextAsync();
        Assert.Equal(GuestExitReason.Crashed, exit.Reason);
        Assert.Equal(Id, exit.Id);
        Assert.Equal(guest.ProcessId, exit.ProcessId);
        // The time of the kill command itself is in it, and a busy machine's.
        Assert.True(Real.Time.GetElapsedTime(killed) < TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_second_start_says_that_it_already_runs_and_touches_nothing()
    {
        var guest = await StartAsync();
        await WritesAsync();
        var second = await _hypervisor.SpawnPausedAsync(Definition, Real.Token(6));
        Assert.Equal(StartVerdict.AlreadyRunning, second.Verdict);
        Assert.Equal(guest.ProcessId, second.Guest!.ProcessId);
        Assert.Equal(Real.Token(5), second.Guest.Token);
        var other = await _hypervisor.SpawnPausedAsync(Definition with { Uuid = Guid.Empty }, Real.Token(6));
        Assert.Equal(StartVerdict.Failed, other.Verdict);
        Assert.Contains("another identity", other.Detail);
    }

    [Fact]
    public async Task A_disk_that_another_copy_holds_is_refused_and_nothing_stays_behind()
    {
        await StartAsync();
        await WritesAsync();
        await using var otherNode = Make(_folder["run2"], "pve2");
        var refused = await otherNode.SpawnPausedAsync(Definition, Real.Token(6));
        Assert.True(refused.Verdict == StartVerdict.DiskLocked, refused.Detail);
        Assert.Contains("vm:101", refused.Detail);
        Assert.Empty(await otherNode.ListAsync());

        // A frozen owner still owns: it could go on at any moment.
        var guest = (await _hypervisor.ListAsync()).Single();
        await Real.FreezeAsync(guest.ProcessId);
        Assert.Equal(StartVerdict.DiskLocked, (await otherNode.SpawnPausedAsync(Definition, Real.Token(6))).Verdict);
        await Real.RunAsync("kill", "-CONT", guest.ProcessId.ToString());
    }

    [Fact]
    public async Task A_later_daemon_finds_the_guest_with_its_identity_and_token_and_learns_of_its_end()
    {
        var guest = await StartAsync();
        await WritesAsync();
        await _hypervisor.DisposeAsync();

        await using var later = Make(_folder["run"], "pve1");
        var exits = new BlockingExits();
        later.Watch(exits.Add);
        var found = Assert.Single(await later.ListAsync());
        Assert.Equal((guest.ProcessId, guest.Uuid, "vm-101", RunState.Running), (found.ProcessId, found.Uuid, found.Name, found.State));
        Assert.Equal(Real.Token(5), found.Token);
        Assert.Equal(StartVerdict.AlreadyRunning, (await later.SpawnPausedAsync(Definition, Real.Token(9))).Verdict);
        Assert.Equal(StopVerdict.Stopped, (await later.StopAsync(Id, Real.Patience)).Verdict);
        Assert.Equal(GuestExitReason.Stopped, (await exits.NextAsync()).Reason);
    }

    [Fact]
    public async Task A_start_by_a_daemon_that_has_not_looked_yet_finds_the_live_guest()
    {
        var guest = await StartAsync();
        await _hypervisor.DisposeAsync();
        await using var later = Make(_folder["run"], "pve1");
        var outcome = await later.SpawnPausedAsync(Definition, Real.Token(9));
        Assert.Equal(StartVerdict.AlreadyRunning, outcome.Verdict);
        Assert.Equal(guest.ProcessId, outcome.Guest!.ProcessId);
    }

    [Fact]
    public async Task A_guest_that_does_not_answer_is_still_reported_and_can_be_killed()
    {
        var guest = await StartAsync();
        await Real.FreezeAsync(guest.ProcessId);
        var found = Assert.Single(await _hypervisor.ListAsync());
        Assert.Equal(RunState.Unknown, found.State);
        Assert.Equal(guest.Uuid, found.Uuid);
        Assert.Equal(StopVerdict.Killed, (await _hypervisor.KillAsync(Id)).Verdict);
    }

    [Fact]
    public async Task A_missing_disk_is_named()
    {
        File.Delete(_folder["d.raw"]);
        var outcome = await _hypervisor.SpawnPausedAsync(Definition, Real.Token(5));
        Assert.Equal(StartVerdict.Failed, outcome.Verdict);
        Assert.Contains(_folder["d.raw"], outcome.Detail);
        Assert.Contains("vm:101", outcome.Detail);
    }

    [Fact]
    public async Task A_cancelled_start_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var starting = _hypervisor.SpawnPausedAsync(Definition, Real.Token(5), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        Assert.Empty(await _hypervisor.ListAsync());
        Assert.Empty(_exits.Seen);
    }

    [Fact]
    public async Task A_guest_that_is_reset_boots_again_in_the_same_process()
    {
        if (_hypervisor is not IGuestControl control)
            return;
        var process = (await StartAsync()).ProcessId;
        var boots = (await WritesAsync()).State!.Boots;

        Assert.Null(await control.ResetAsync(Id));

        await Real.EventuallyAsync(() => CanaryDisk.Read(_folder["d.raw"]), report => report.State?.Boots > boots, "the second boot");
        Assert.Equal(process, Assert.Single(await _hypervisor.ListAsync()).ProcessId);
        Assert.Empty(_exits.Seen);
        Assert.Equal(AgentAnswer.NoChannel, await control.PingAgentAsync(Id, Real.Patience));
        Assert.Contains("does not live on this node", await control.ResetAsync(ResourceId.Vm(999)));
    }

    [Fact]
    public async Task A_closing_gate_kills_everything_also_what_is_being_started()
    {
        await using var host = new VmHost(_hypervisor, Real.Time);
        Assert.Equal(StartVerdict.GateClosed, (await host.StartAsync(Definition, Real.Token(1))).Verdict);
        Assert.True(host.OpenGate(TimeSpan.MaxValue));
        Assert.True((await host.StartAsync(Definition, Real.Token(2))).Runs);
        await WritesAsync();
        CanaryDisk.Create(_folder["e.raw"]);
        var second = new VmDefinition(ResourceId.Vm(102), Guid.Parse("6a3ff6a5-6f0a-4e4c-b9c1-0d1c3d6e0102"), [new VmDisk(_folder["e.raw"]) { Bus = DiskBus.Ide }]) { MemoryMib = 16 };
        var starting = host.StartAsync(second, Real.Token(3));

        var closed = await host.CloseGateAsync("lease ended", Real.Patience);
        Assert.True(closed.AllDead, closed.Detail);
        Assert.Contains("vm-101", closed.Killed);
        Assert.Equal(StartVerdict.GateClosed, (await starting).Verdict);
        Assert.Null(CanaryDisk.Read(_folder["e.raw"]).State);
        Assert.Equal(StartVerdict.GateClosed, (await host.StartAsync(second, Real.Token(4))).Verdict);
        Assert.Empty(await host.ListAsync());

        Assert.True(host.OpenGate(TimeSpan.MaxValue));
        Assert.True((await host.StartAsync(second, Real.Token(5))).Runs);
    }

    /// <summary>The ends of guests, in the order they were told.</summary>
    private sealed class BlockingExits
    {
        private readonly System.Threading.Channels.Channel<GuestExit> _exits = System.Threading.Channels.Channel.CreateUnbounded<GuestExit>();

        public ConcurrentQueue<GuestExit> Seen { get; } = new();

        public void Add(GuestExit exit)
        {
            Seen.Enqueue(exit);
            _exits.Writer.TryWrite(exit);
        }

        public Task<GuestExit> NextAsync() => _exits.Reader.ReadAsync().AsTask().WaitAsync(Real.Patience);
    }
}
