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

    /// <summary>The disarming under which guests live here without a lease; null where they go by it.</summary>
    long? LeaseFreeSince { get; }

    /// <summary>The highest log index with which this process was told that the cluster is armed; -1 before the first.</summary>
    long ArmedAt { get; }

    /// <summary>
    /// The cluster is disarmed, and the log says that this boot may run guests without a lease: it gives itself one after the other from here on,
    /// over restarts of the daemon as well. Nothing can be started by that.
    /// </summary>
    /// <param name="disarming">The log index of the disarming; one that this process has heard the end of is not followed.</param>
    /// <returns>Null if guests live on without a lease now; else why not, as a sentence.</returns>
    Task<string?> GoLeaseFreeAsync(long disarming);

    /// <summary>The cluster is armed again: the last lease that this boot gave itself runs out, and no earlier disarming is followed any more.</summary>
    /// <param name="index">The log index that it was told with.</param>
    /// <returns>Null if it goes by the lease now; else why not, as a sentence.</returns>
    Task<string?> ArmAsync(long index);

    /// <summary>
    /// Ends the lease for good if nothing runs here: the gate closes and is not opened again in this process. What a clean leave is told after.
    /// </summary>
    /// <returns>Whether nothing runs, and nothing can be started any more.</returns>
    Task<bool> RetireAsync();

    /// <summary>Lets go of the watchdog; only once it is committed that the node has left.</summary>
    Task DisarmAsync();
}
