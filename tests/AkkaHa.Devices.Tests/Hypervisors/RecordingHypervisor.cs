using System.Collections.Concurrent;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Devices.Tests.Hypervisors;

/// <summary>A hypervisor without processes: it notes what is asked of it.</summary>
internal sealed class RecordingHypervisor : IHypervisor
{
    private readonly ConcurrentDictionary<ResourceId, RunningGuest> _guests = new();

    public ConcurrentQueue<string> Calls { get; } = new();

    public string Kind => "recording";

    public Task<HypervisorCapabilities> CapabilitiesAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(new HypervisorCapabilities(false, true, Kind));

    public Task<StartOutcome> SpawnPausedAsync(VmDefinition definition, Token token, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue($"spawn {definition.Id}");
        var guest = new RunningGuest(definition.GuestName, definition.Uuid, 1, RunState.Prelaunch);
        _guests[definition.Id] = guest;
        return Task.FromResult(new StartOutcome(StartVerdict.Started, "it waits", guest));
    }

    public Task<StartOutcome> ContinueAsync(ResourceId id, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue($"continue {id}");
        return Task.FromResult(new StartOutcome(StartVerdict.Started, "it runs", _guests[id] = _guests[id] with { State = RunState.Running }));
    }

    public Task<StopOutcome> StopAsync(ResourceId id, TimeSpan timeout, CancellationToken cancellationToken = default) => KillAsync(id, cancellationToken);

    public Task<StopOutcome> KillAsync(ResourceId id, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue($"kill {id}");
        _guests.TryRemove(id, out _);
        return Task.FromResult(new StopOutcome(StopVerdict.Killed, "it is gone"));
    }

    public Task<IReadOnlyList<RunningGuest>> ListAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<RunningGuest>>([.. _guests.Values]);

    public IDisposable Watch(Action<GuestExit> onExit) => new MemoryStream();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A copy waits here for its guest.</summary>
    public void Put(VmDefinition definition, RunState state) =>
        _guests[definition.Id] = new RunningGuest(definition.GuestName, definition.Uuid, 1, state);
}
