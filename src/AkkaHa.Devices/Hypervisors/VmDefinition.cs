using System.Text.RegularExpressions;
using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Hypervisors;

/// <summary>What a hypervisor must know to start a guest. The same on every node.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Uuid">The identity of the guest: what reports and adoption go by.</param>
/// <param name="Disks">At least one, the boot disk first.</param>
public sealed record VmDefinition(ResourceId Id, Guid Uuid, IReadOnlyList<VmDisk> Disks)
{
    /// <summary>Memory in MiB.</summary>
    public int MemoryMib { get; init; } = 512;

    /// <summary>Virtual CPUs.</summary>
    public int Cpus { get; init; } = 1;

    /// <summary>Whether it gets a channel to an agent inside it (<c>qemu</c> only).</summary>
    public bool HasAgent { get; init; }

    /// <summary>The name the guest runs under, <c>vm-101</c>: process lists and the hypervisor's own tools show it.</summary>
    public string GuestName => NameOf(Id);

    /// <summary>Its network cards.</summary>
    public IReadOnlyList<NicDefinition> Nics { get; init; } = [];

    /// <summary>Its UEFI firmware: the file with the code, and the one with this guest's variables if it keeps any; null for the BIOS.</summary>
    public (string Code, string? Variables)? Firmware { get; init; }

    /// <summary>Further arguments for the hypervisor, given as they stand (<c>qemu</c> only).</summary>
    public IReadOnlyList<string> ExtraArguments { get; init; } = [];

    /// <summary>The name a resource's guest runs under.</summary>
    public static string NameOf(ResourceId id) => id.ToString().Replace(':', '-');
}

/// <summary>One disk of a guest.</summary>
/// <param name="Path">File or block device, the same path on every node.</param>
public sealed partial record VmDisk(string Path)
{
    /// <summary>The storage it lies on, by its configured name; empty where that is not known.</summary>
    public string Storage { get; init; } = "";

    /// <summary>Whether it is reached over the network by the hypervisor itself (<c>rbd:pool/image</c>, <c>nbd://host/export</c>): no file, and no image lock.</summary>
    public bool IsRemote => RemotePattern().IsMatch(Path);

    /// <summary>The layout of the image.</summary>
    public DiskFormat Format { get; init; } = DiskFormat.Raw;

    /// <summary>How writes reach the storage.</summary>
    public DiskCache Cache { get; init; } = DiskCache.None;

    /// <summary>How the guest sees it.</summary>
    public DiskBus Bus { get; init; } = DiskBus.Virtio;

    [GeneratedRegex(@"\A(rbd|nbd|nbd\+unix|nbd\+tcp|iscsi|nfs|gluster|gluster\+tcp|ssh):", RegexOptions.CultureInvariant)]
    private static partial Regex RemotePattern();
}
