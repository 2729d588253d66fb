using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.Hypervisors.Commands;

namespace AkkaHa.Devices.Tests.Hypervisors;

/// <summary>Guests run by commands: an own script, and a real OCF agent.</summary>
public sealed class CommandHypervisorTests : IAsyncLifetime
{
    // A guest is a sleep with a pidfile; 'slow' makes its start wait, 'stubborn' its stop fail, 'mute' its status.
    private const string Script = """
        #!/bin/sh
        here=$(dirname "$0"); pid="$here/$2.pid"
        alive() { [ -f "$pid" ] && kill -0 "$(cat "$pid")" 2>/dev/null; }
        case "$1" in
          start)
            [ -f "$here/slow" ] && sleep 30
            [ -f "$here/broken" ] && { echo "no room for $2 ($AKKAHA_MEMORY_MIB MiB)" >&2; exit 1; }
            setsid sleep 1000 </dev/null >/dev/null 2>&1 & echo $! >"$pid" ;;
          stop) [ -f "$here/stubborn" ] && exit 1; kill "$(cat "$pid")"; while alive; do sleep 0.02; done ;;
          kill) kill -9 "$(cat "$pid")" 2>/dev/null; while alive; do sleep 0.02; done; exit 0 ;;
          status) [ -f "$here/mute" ] && exit 1; alive || exit 3 ;;
        esac
        """;

    private static readonly ResourceId Id = ResourceId.Vm(101);
    private static readonly VmDefinition Definition = new(Id, Guid.Parse("6a3ff6a5-6f0a-4e4c-b9c1-0d1c3d6e0101"), [new VmDisk("/nowhere/d.raw")]);

    private readonly TempFolder _folder = new();
    private readonly System.Threading.Channels.Channel<GuestExit> _exits = System.Threading.Channels.Channel.CreateUnbounded<GuestExit>();
    private CommandHypervisor _hypervisor = null!;

    public Task InitializeAsync()
    {
        _folder.Write("guest", Script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _hypervisor = Make(new ExecCommands([_folder["guest"]]));
        _hypervisor.Watch(e => _exits.Writer.TryWrite(e));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var trouble in new[] { "slow", "broken", "stubborn", "mute" })
            File.Delete(_folder[trouble]);
        await _hypervisor.KillAsync(Id);
        await _hypervisor.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_guest_is_started_told_stopped_and_gone()
    {
        var started = await StartAsync();
        Assert.True(started.Verdict == StartVerdict.Started, started.Detail);
        var guest = Assert.Single(await _hypervisor.ListAsync());
        Assert.Equal(("vm-101", Definition.Uuid, RunState.Running, Real.Token(5)), (guest.Name, guest.Uuid, guest.State, guest.Token!.Value));
        Assert.Equal(StartVerdict.AlreadyRunning, (await _hypervisor.SpawnPausedAsync(Definition, Real.Token(6))).Verdict);

        Assert.Equal(StopVerdict.Stopped, (await _hypervisor.StopAsync(Id, Real.Patience)).Verdict);
        Assert.Equal(GuestExitReason.Stopped, (await NextExit()).Reason);
        Assert.Empty(await _hypervisor.ListAsync());
        Assert.Equal(StopVerdict.NotRunning, (await _hypervisor.StopAsync(Id, Real.Patience)).Verdict);
    }

    [Fact]
    public async Task A_later_daemon_finds_the_guest_by_its_record()
    {
        await StartAsync();
        await _hypervisor.DisposeAsync();
        _hypervisor = Make(new ExecCommands([_folder["guest"]]));

        Assert.Equal(Real.Token(5), Assert.Single(await _hypervisor.ListAsync()).Token);
        Assert.Contains("another identity", (await _hypervisor.SpawnPausedAsync(Definition with { Uuid = Guid.Empty }, Real.Token(6))).Detail, StringComparison.Ordinal);
        Assert.Equal(StopVerdict.Stopped, (await _hypervisor.StopAsync(Id, Real.Patience)).Verdict);
    }

    [Fact]
    public async Task A_guest_that_ends_by_itself_is_told()
    {
        await StartAsync();
        await Real.RunAsync("kill", "-9", File.ReadAllText(_folder["vm-101.pid"]).Trim());

        Assert.Equal(GuestExitReason.Crashed, (await NextExit()).Reason);
        Assert.Empty(await _hypervisor.ListAsync());
    }

    [Fact]
    public async Task A_start_that_fails_tells_the_commands_own_words_and_leaves_nothing()
    {
        _folder.Write("broken", "");
        var started = await StartAsync();

        Assert.Equal(StartVerdict.Failed, started.Verdict);
        Assert.Null(started.Guest);
        Assert.Contains("no room for vm-101 (512 MiB)", started.Detail, StringComparison.Ordinal);
        Assert.Empty(await _hypervisor.ListAsync());
    }

    [Fact]
    public async Task A_guest_that_does_not_stop_is_killed()
    {
        await StartAsync();
        _folder.Write("stubborn", "");

        var stopped = await _hypervisor.StopAsync(Id, TimeSpan.FromSeconds(2));

        Assert.Equal(StopVerdict.Killed, stopped.Verdict);
        Assert.Contains("did not shut down within 2 s", stopped.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_whose_command_cannot_tell_must_be_taken_for_running()
    {
        await StartAsync();
        _folder.Write("mute", "");

        Assert.Equal(RunState.Unknown, Assert.Single(await _hypervisor.ListAsync()).State);
        Assert.Equal(StopVerdict.Failed, (await _hypervisor.KillAsync(Id)).Verdict);
        Assert.NotNull((await _hypervisor.SpawnPausedAsync(Definition, Real.Token(9))).Guest);
        File.Delete(_folder["mute"]);
        Assert.DoesNotContain(await _hypervisor.ListAsync(), g => g.State == RunState.Running);
    }

    [Fact]
    public async Task A_closing_gate_breaks_off_a_start_that_takes_long()
    {
        _folder.Write("slow", "");
        await using var host = new VmHost(_hypervisor, Real.Time);
        host.OpenGate(TimeSpan.MaxValue);
        var starting = host.StartAsync(Definition, Real.Token(5));
        await Real.EventuallyAsync(() => File.Exists(_folder["run/vm-101.guest.json"]), there => there, "the record");

        var closed = await host.CloseGateAsync("lease ended", Real.Patience);

        Assert.True(closed.AllDead, closed.Detail);
        Assert.False((await starting).Runs);
    }

    [Fact]
    public async Task An_OCF_agent_runs_guests()
    {
        var parameters = new Dictionary<string, string>
        {
            ["binfile"] = "/bin/sleep",
            ["cmdline_options"] = "1001",
            ["pidfile"] = _folder["{name}.ocf.pid"],
        };
        await using var hypervisor = Make(new OcfCommands("/usr/lib/ocf/resource.d/heartbeat/anything", parameters));
        var spawned = await hypervisor.SpawnPausedAsync(Definition, Real.Token(5));
        Assert.True(spawned.Verdict == StartVerdict.Started, spawned.Detail);
        var started = await hypervisor.ContinueAsync(Id);
        Assert.True(started.Runs, started.Detail);
        Assert.Equal(RunState.Running, Assert.Single(await hypervisor.ListAsync()).State);
        Assert.True(File.Exists(_folder["vm-101.ocf.pid"]));
        Assert.Equal(StopVerdict.Stopped, (await hypervisor.StopAsync(Id, Real.Patience)).Verdict);
        Assert.Empty(await hypervisor.ListAsync());
    }

    private CommandHypervisor Make(GuestCommands commands) => new(
        commands, new CommandSettings(_folder["run"]) { MonitorInterval = TimeSpan.FromMilliseconds(100), KillTimeout = Real.Patience }, Real.Tools, Real.Time);

    private async Task<StartOutcome> StartAsync()
    {
        var spawned = await _hypervisor.SpawnPausedAsync(Definition, Real.Token(5));
        Assert.True(spawned.Verdict == StartVerdict.Started, spawned.Detail);
        return await _hypervisor.ContinueAsync(Id);
    }

    private Task<GuestExit> NextExit() => _exits.Reader.ReadAsync().AsTask().WaitAsync(Real.Patience);
}
