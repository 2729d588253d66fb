using System.Collections.Concurrent;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;

namespace AkkaHa.Cluster.Tests.Fencing;

/// <summary>A fence device that does what the test says.</summary>
internal sealed class FakeFenceDevice(string name, ConcurrentQueue<string> calls) : IFenceDevice
{
    public string Name => name;

    public string Kind => "fake";

    public bool ProvesOff { get; init; } = true;

    public FenceVerdict Verdict { get; init; } = FenceVerdict.Verified;

    public PowerState ReadAgain { get; set; } = PowerState.Off;

    public Task<PowerReading> StatusAsync(NodeName node, CancellationToken cancellationToken = default)
    {
        calls.Enqueue($"{name} status");
        return Task.FromResult(new PowerReading(ReadAgain, $"{name} reads {ReadAgain}"));
    }

    public Task<FenceOutcome> OffAsync(NodeName node, CancellationToken cancellationToken = default)
    {
        calls.Enqueue($"{name} off");
        return Task.FromResult(new FenceOutcome(
            PowerState.Off, Verdict, Verdict == FenceVerdict.Verified && ProvesOff, $"{name}: {Verdict}", TimeSpan.Zero));
    }

    public Task<FenceOutcome> OnAsync(NodeName node, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("nothing is switched on while a fence is open");
}
