using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Fencing.Sbd;

/// <summary>Shared disks with a mailbox for each node.</summary>
/// <param name="Name">The name of the device in the configuration.</param>
/// <param name="Disks">One to seven disks, the same on every node; a strict majority must take a message. An even number gains nothing.</param>
/// <param name="Self">This node: the sender of messages, and whose mailbox is watched.</param>
public sealed record SbdSettings(string Name, IReadOnlyList<string> Disks, NodeName Self)
{
    /// <summary>What a node is told to do: <see cref="SbdCommand.Off"/>, or <see cref="SbdCommand.Reset"/> where nodes are to come back.</summary>
    public SbdCommand FenceCommand { get; init; } = SbdCommand.Off;

    /// <summary>For one read or write of a disk.</summary>
    public TimeSpan IoTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many disks are a strict majority.</summary>
    public int Majority => (Disks.Count / 2) + 1;
}
