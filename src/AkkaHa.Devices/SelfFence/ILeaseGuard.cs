using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;

namespace AkkaHa.Devices.SelfFence;

/// <summary>
/// Enforces this boot's lease: at its end the gate of the VM host closes, every guest is killed, and the watchdog is fed no more. It belongs to
/// the process, as the VM host does, so that it holds while the actor system is dead or starts anew (DESIGN §6).
/// </summary>
public interface ILeaseGuard
{
    /// <summary>The boot whose lease it is.</summary>
    Boot Boot { get; }

    /// <summary>What an admission is told of this node's self-fence.</summary>
    LeaseTerms Terms { get; }

    /// <summary>When what runs here must be dead, on CLOCK_BOOTTIME.</summary>
    TimeSpan Until { get; }

    /// <summary>A lease is held: the watchdog may be fed and guests may be started until it ends.</summary>
    /// <param name="until">Its end on CLOCK_BOOTTIME.</param>
    /// <returns>Null if the gate is open now; else why it is not, as a sentence.</returns>
    Task<string?> HoldAsync(TimeSpan until);

    /// <summary>
    /// Ends the lease for good if nothing runs here: the gate closes and is not opened again in this process. What a clean leave is told after.
    /// </summary>
    /// <returns>Whether nothing runs, and nothing can be started any more.</returns>
    Task<bool> RetireAsync();

    /// <summary>Lets go of the watchdog; only once it is committed that the node has left.</summary>
    Task DisarmAsync();
}
