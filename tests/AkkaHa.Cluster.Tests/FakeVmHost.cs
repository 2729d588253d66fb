using System.Collections.Concurrent;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Cluster.Tests;

/// <summary>A VM host without processes: the test decides when a start ends, and how.</summary>
internal sealed partial class FakeVmHost : IVmHost
{
    private readonly ConcurrentDictionary<ResourceId, RunningGuest> _guests = new();
    private readonly List<Action<GuestExit>> _watchers = [];

    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>What a start waits for; ended already unless the test sets another.</summary>
    public TaskCompletionSource StartGate { get; set; } = Ended();

    public Func<VmDefinition, StartOutcome>? Refuse { get; set; }

    public bool StopFails { get; set; }

    /// <summary>How many looks at what runs fail before one works.</summary>
    public int ListFailures { get; set; }

    /// <summary>The process of the newest start; starts are numbered from 1.</summary>
    public int NewestProcess { get; private set; }

    public bool IsGateOpen { get; private set; }

    public Task<HypervisorCapabilities> CapabilitiesAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(new HypervisorCapabilities(false, true, "fake"));

    public bool OpenGate(TimeSpan until) => IsGateOpen = true;

    public Task<GateClosed> CloseGateAsync(string reason, TimeSpan timeout)
    {
        IsGateOpen = false;
        _guests.Clear();
        return Task.FromResult(new GateClosed(true, [], reason));
    }

    public Task SettleAsync() => StartGate.Task;

    public async Task<StartOutcome> StartAsync(VmDefinition definition, Token token, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue($"start {definition.Id}");
        var process = ++NewestProcess;
        await StartGate.Task.ConfigureAwait(false);
        if (Refuse?.Invoke(definition) is { } refused)
            return refused;
        var guest = new RunningGuest(definition.GuestName, definition.Uuid, process, RunState.Running);
        _guests[definition.Id] = guest;
        return new StartOutcome(StartVerdict.Started, "it runs", guest);
    }

    public Task<StopOutcome> StopAsync(ResourceId id, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue($"stop {id}");
        if (StopFails)
            return Task.FromResult(new StopOutcome(StopVerdict.Failed, "it does not die"));
        _guests.TryRemove(id, out _);
        return Task.FromResult(new StopOutcome(StopVerdict.Stopped, "it stopped"));
    }

    public Task<StopOutcome> KillAsync(ResourceId id, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue($"kill {id}");
        _guests.TryRemove(id, out _);
        return Task.FromResult(new StopOutcome(StopVerdict.Killed, "killed"));
    }

    public Task<IReadOnlyList<RunningGuest>> ListAsync(CancellationToken cancellationToken = default) =>
        ListFailures-- > 0
            ? Task.FromException<IReadOnlyList<RunningGuest>>(new IOException("the process table cannot be read"))
            : Task.FromResult<IReadOnlyList<RunningGuest>>([.. _guests.Values]);

    public IDisposable Watch(Action<GuestExit> onExit)
    {
        _watchers.Add(onExit);
        return new MemoryStream();
    }

    public void Put(ResourceDefinition vm, RunState state) =>
        _guests[vm.Id] = new RunningGuest(VmDefinition.NameOf(vm.Id), vm.Uuid, 1, state);

    public void Die(ResourceDefinition vm)
    {
        if (_guests.TryRemove(vm.Id, out var guest))
            End(vm, guest.ProcessId);
    }

    /// <summary>The hypervisor tells of the end of a process.</summary>
    public void End(ResourceDefinition vm, int process)
    {
        foreach (var watcher in _watchers)
            watcher(new GuestExit(VmDefinition.NameOf(vm.Id), vm.Uuid, process, GuestExitReason.Crashed, "it crashed"));
    }

    private static TaskCompletionSource Ended()
    {
        var ended = new TaskCompletionSource();
        ended.SetResult();
        return ended;
    }
}
