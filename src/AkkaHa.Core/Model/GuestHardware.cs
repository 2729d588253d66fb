using System.Collections.Immutable;

namespace AkkaHa.Core.Model;

/// <summary>The layout of a disk image.</summary>
public enum DiskFormat
{
    /// <summary>Plain bytes.</summary>
    Raw,

    /// <summary>QEMU's copy-on-write format.</summary>
    Qcow2,
}

/// <summary>How a guest's writes reach the storage. Caching in the host would lose acknowledged writes with the node, so there is no such mode.</summary>
public enum DiskCache
{
    /// <summary>No host cache; the guest's flushes reach the storage.</summary>
    None,

    /// <summary>No host cache, and every write is on the storage before it is acknowledged.</summary>
    DirectSync,
}

/// <summary>How the guest sees a disk.</summary>
public enum DiskBus
{
    /// <summary>IDE: any guest knows it.</summary>
    Ide,

    /// <summary>Paravirtualised.</summary>
    Virtio,

    /// <summary>SCSI on a virtio controller.</summary>
    Scsi,
}

/// <summary>A network card of a guest.</summary>
/// <param name="Bridge">The bridge of the host it is plugged into, the same name on every node; <c>user</c> for the hypervisor's own network behind the host.</param>
/// <param name="Mac">Its address: <c>52:54:00:12:34:56</c>. The same wherever the guest runs.</param>
public sealed record NicDefinition(string Bridge, string Mac)
{
    /// <summary>The network of the hypervisor itself, for trying.</summary>
    public const string UserNetwork = "user";

    /// <summary>The card's model as QEMU names it.</summary>
    public string Model { get; init; } = "virtio-net-pci";
}

/// <summary>The firmware of a guest that boots by UEFI.</summary>
/// <param name="Code">The file with its code, the same path on every node.</param>
/// <param name="Variables">The file with this guest's variables, on shared storage; null for a guest that keeps none.</param>
public sealed record FirmwareDefinition(string Code, DiskDefinition? Variables);

/// <summary>What a guest has beside memory, processors and disks.</summary>
public sealed record GuestHardware
{
    /// <summary>Nothing.</summary>
    public static GuestHardware None { get; } = new();

    /// <summary>Its network cards.</summary>
    public ImmutableList<NicDefinition> Nics { get; init; } = [];

    /// <summary>Its firmware; null for the BIOS.</summary>
    public FirmwareDefinition? Firmware { get; init; }

    /// <summary>Further arguments for the hypervisor, given as they stand (<c>qemu</c> only).</summary>
    public ImmutableList<string> ExtraArguments { get; init; } = [];
}
