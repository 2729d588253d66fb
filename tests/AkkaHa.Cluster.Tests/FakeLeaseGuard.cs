using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;
using AkkaHa.Devices.SelfFence;

namespace AkkaHa.Cluster.Tests;

/// <summary>A lease guard that remembers what it was told.</summary>
internal sealed class FakeLeaseGuard : ILeaseGuard
{
    public Boot Boot => TestNode.Session.Boot;

    public LeaseTerms Terms { get; init; } = new(TimeSpan.FromSeconds(10), TimeSpan.Zero, IsArmed: false);

    public TimeSpan Until { get; private set; }

    public string? Problem { get; set; }

    public bool IsRetired { get; private set; }

    public Task<string?> HoldAsync(TimeSpan until)
    {
        Until = until;
        return Task.FromResult(Problem);
    }

    public long? LeaseFreeSince { get; private set; }

    public long ArmedAt { get; private set; } = -1;

    public Task<string?> GoLeaseFreeAsync(long disarming)
    {
        LeaseFreeSince = disarming;
        return Task.FromResult(Problem);
    }

    public Task<string?> ArmAsync(long index)
    {
        (LeaseFreeSince, ArmedAt) = (null, index);
        return Task.FromResult(Problem);
    }

    public Task<bool> RetireAsync() => Task.FromResult(IsRetired = true);

    public Task DisarmAsync() => Task.CompletedTask;
}
