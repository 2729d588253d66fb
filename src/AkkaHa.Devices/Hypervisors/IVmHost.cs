using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Hypervisors;

/// <summary>What closing the gate achieved.</summary>
/// <param name="AllDead">Whether it is verified that no guest of this host lives any more. False means: only the watchdog can help.</param>
/// <param name="Killed">The guests that were killed.</param>
/// <param name="Detail">A sentence; names what could not be killed.</param>
public sealed record GateClosed(bool AllDead, IReadOnlyList<string> Killed, string Detail);

/// <summary>
/// The owner of a node's guests and of the gate in front of them (DESIGN §10). It belongs to the process, not to an actor system, so that
/// an actor system that ends and starts again finds it as it was.
/// </summary>
public interface IVmHost
{
    /// <summary>Whether guests may be started: it was opened, and the time it was opened for has not passed.</summary>
    bool IsGateOpen { get; }

    /// <summary>What the hypervisor can do.</summary>
    Task<HypervisorCapabilities> CapabilitiesAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Lets guests start until the lease ends. From then on the gate is closed by itself: no guest is continued after that moment, whatever
    /// stood still in between.
    /// </summary>
    /// <param name="until">The end of the lease on CLOCK_BOOTTIME; an earlier one than before changes nothing.</param>
    /// <returns>False while a closing is still under way or has left something alive; the gate stays closed then.</returns>
    bool OpenGate(TimeSpan until);

    /// <summary>
    /// Closes the gate and kills every guest, verified. The gate is closed when this method returns its task; the task ends when everything
    /// is dead, or when the timeout has passed with something left alive.
    /// </summary>
    /// <param name="reason">Why, for the log: <c>lease ended</c>.</param>
    /// <param name="timeout">How long to keep trying.</param>
    Task<GateClosed> CloseGateAsync(string reason, TimeSpan timeout);

    /// <summary>Starts a guest: spawns it paused under the gate's lock and continues it only if the gate is still open.</summary>
    Task<StartOutcome> StartAsync(VmDefinition definition, Token token, CancellationToken cancellationToken = default);

    /// <summary>Ends when no start is under way: what an earlier caller began is then either running and listed, or dead.</summary>
    Task SettleAsync();

    /// <summary>Asks a guest to shut down; kills it when the timeout has passed.</summary>
    Task<StopOutcome> StopAsync(ResourceId id, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>Kills a guest and waits until it is gone.</summary>
    Task<StopOutcome> KillAsync(ResourceId id, CancellationToken cancellationToken = default);

    /// <summary>Every guest that lives on this node now; adopts those an earlier daemon started.</summary>
    Task<IReadOnlyList<RunningGuest>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Calls back once for each guest that ends; the callback must only pass it on. Dispose to end it.</summary>
    IDisposable Watch(Action<GuestExit> onExit);
}
