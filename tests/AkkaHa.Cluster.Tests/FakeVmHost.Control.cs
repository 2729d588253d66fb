using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Cluster.Tests;

/// <summary>Resets without processes.</summary>
internal sealed partial class FakeVmHost : IGuestHost, IGuestControl
{
    public bool ResetFails { get; set; }

    public IGuestControl Control => this;

    public Task<string?> ResetAsync(ResourceId id, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue($"reset {id}");
        return Task.FromResult(ResetFails ? $"{id} cannot be reset" : null);
    }

    public Task<AgentAnswer> PingAgentAsync(ResourceId id, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Task.FromResult(AgentAnswer.NoChannel);
}
