using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Fencing;

/// <summary>
/// Switches the power of nodes. One instance stands for one configured device; a device may serve one node (a BMC) or many (a PDU, shared disks).
/// </summary>
/// <remarks>
/// No call throws for what the outside world does: a dead, slow, lying or misconfigured device is an outcome. Every call ends within the
/// device's own configured time. Only cancellation by the caller throws (<see cref="OperationCanceledException"/>).
/// </remarks>
public interface IFenceDevice
{
    /// <summary>The name of the device in the configuration.</summary>
    string Name { get; }

    /// <summary>The type of the device in the configuration: <c>ipmi</c>, <c>agent</c>, <c>sbd</c>, <c>ssh</c>, <c>exec</c>, <c>manual</c>.</summary>
    string Kind { get; }

    /// <summary>Whether a state of off that this device reads back proves that the node runs nothing.</summary>
    bool ProvesOff { get; }

    /// <summary>
    /// What is wrong with the device's configuration for these nodes, one sentence each; empty if nothing is. Asks programs and files of
    /// this node alone, never the power.
    /// </summary>
    Task<IReadOnlyList<string>> CheckAsync(IReadOnlyCollection<NodeName> nodes, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Reads the node's power and changes nothing.</summary>
    Task<PowerReading> StatusAsync(NodeName node, CancellationToken cancellationToken = default);

    /// <summary>Switches the node off and reads the state back until it says off or the device's deadline has passed.</summary>
    Task<FenceOutcome> OffAsync(NodeName node, CancellationToken cancellationToken = default);

    /// <summary>Switches the node on and reads the state back until it says on or the device's deadline has passed.</summary>
    Task<FenceOutcome> OnAsync(NodeName node, CancellationToken cancellationToken = default);
}
