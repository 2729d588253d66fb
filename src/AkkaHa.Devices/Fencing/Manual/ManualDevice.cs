using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Fencing.Manual;

/// <summary>
/// A person. The device itself switches nothing and proves nothing: it says what is to be done, and the operator's word
/// (<c>akkaha fence confirm</c>) is a proof of its own, committed by the CRM.
/// </summary>
public sealed class ManualDevice(string name) : IFenceDevice
{
    /// <inheritdoc />
    public string Name => name;

    /// <inheritdoc />
    public string Kind => "manual";

    /// <inheritdoc />
    public bool ProvesOff => false;

    /// <inheritdoc />
    public Task<PowerReading> StatusAsync(NodeName node, CancellationToken cancellationToken = default) =>
        Task.FromResult(PowerReading.Unknown($"{node}: only a person can tell whether it is off (manual device '{name}')."));

    /// <inheritdoc />
    public Task<FenceOutcome> OffAsync(NodeName node, CancellationToken cancellationToken = default) =>
        Task.FromResult(new FenceOutcome(PowerState.Off, FenceVerdict.Failed, false,
            $"{node} must be switched off by hand. Make sure that it has no power, then run: akkaha fence confirm {node} --i-know-it-is-off", TimeSpan.Zero));

    /// <inheritdoc />
    public Task<FenceOutcome> OnAsync(NodeName node, CancellationToken cancellationToken = default) =>
        Task.FromResult(new FenceOutcome(PowerState.On, FenceVerdict.Failed, false, $"{node} must be switched on by hand.", TimeSpan.Zero));
}
