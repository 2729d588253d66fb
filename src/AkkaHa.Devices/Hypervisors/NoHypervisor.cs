using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Hypervisors;

/// <summary>What an arbiter has in a hypervisor's place: it runs no guests, and refuses to start any.</summary>
/// <param name="node">The node, for messages.</param>
public sealed class NoHypervisor(NodeName node) : IHypervisor
{
    /// <inheritdoc />
    public string Kind => "none";

    /// <inheritdoc />
    public Task<HypervisorCapabilities> CapabilitiesAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(new HypervisorCapabilities(LiveMigration: false, AcpiShutdown: false, "none (arbiter)"));

    /// <inheritdoc />
    public Task<StartOutcome> SpawnPausedAsync(VmDefinition definition, Token token, CancellationToken cancellationToken = default) =>
        Task.FromResult(Refused(definition.Id));

    /// <inheritdoc />
    public Task<StartOutcome> ContinueAsync(ResourceId id, CancellationToken cancellationToken = default) => Task.FromResult(Refused(id));

    /// <inheritdoc />
    public Task<StopOutcome> StopAsync(ResourceId id, TimeSpan timeout, CancellationToken cancellationToken = default) => Task.FromResult(Gone(id));

    /// <inheritdoc />
    public Task<StopOutcome> KillAsync(ResourceId id, CancellationToken cancellationToken = default) => Task.FromResult(Gone(id));

    /// <inheritdoc />
    public Task<IReadOnlyList<RunningGuest>> ListAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<RunningGuest>>([]);

    /// <inheritdoc />
    public IDisposable Watch(Action<GuestExit> onExit) => NoWatch.Instance;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private StartOutcome Refused(ResourceId id) => new(StartVerdict.Failed, $"{id} cannot start on {node}: it is an arbiter and runs no guests.");

    private StopOutcome Gone(ResourceId id) => new(StopVerdict.NotRunning, $"{id} does not run on {node}, which is an arbiter.");

    private sealed class NoWatch : IDisposable
    {
        public static NoWatch Instance { get; } = new();

        public void Dispose()
        {
        }
    }
}
