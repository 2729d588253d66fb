using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using AkkaHa.Core.Model;
using AkkaHa.Node.Settings;

namespace AkkaHa.Cli.Import;

/// <summary>A guest that was read from Proxmox.</summary>
/// <param name="Definition">The resource that it becomes.</param>
/// <param name="Notes">What is not taken over, for the operator to judge.</param>
internal sealed record ImportedGuest(ResourceDefinition Definition, ImmutableList<string> Notes);

/// <summary>Makes a resource of a Proxmox guest's file (<c>/etc/pve/qemu-server/100.conf</c>).</summary>
internal static partial class ProxmoxGuest
{
    private const int DefaultMemoryMib = 512;
    private const string Uefi = "/usr/share/OVMF/OVMF_CODE_4M.fd";

    // Of these the resource keeps its own, or they mean nothing for where it runs.
    private static readonly string[] Settled =
        ["name", "memory", "cores", "sockets", "smbios1", "bios", "efidisk0", "args", "onboot", "boot", "bootdisk", "scsihw", "ostype", "vmgenid", "meta", "numa", "description", "tags", "balloon", "digest", "vcpus"];

    /// <summary>Reads a guest.</summary>
    /// <param name="id">The resource.</param>
    /// <param name="newUuid">Its UUID, if the file names none.</param>
    /// <param name="lines">The file.</param>
    /// <param name="storages">The storages of the cluster (<c>/etc/pve/storage.cfg</c>).</param>
    /// <exception cref="FormatException">It cannot be highly available; the message says why and what to do.</exception>
    public static ImportedGuest Read(ResourceId id, Guid newUuid, IEnumerable<string> lines, ImmutableSortedDictionary<string, ProxmoxStorage> storages)
    {
        var keys = ProxmoxFile.Guest(lines);
        if (keys.GetValueOrDefault("onboot") == "1")
            throw new FormatException($"{id} is started by its own host at boot (onboot: 1): two would decide where it runs. Set 'qm set {id.Number} --onboot 0' there first.");
        var notes = ImmutableList.CreateBuilder<string>();
        var disks = keys.Keys.Where(key => DiskKey().IsMatch(key)).OrderBy(key => !IsBoot(keys, key)).ThenBy(key => key, StringComparer.Ordinal)
            .Select(key => Disk(id, key, ProxmoxValue.Parse(keys[key]), storages, notes)).OfType<DiskDefinition>().ToImmutableList();
        if (disks.IsEmpty)
            throw new FormatException($"{id} has no disk in that file; a resource needs one at least.");
        var nics = keys.Keys.Where(key => NicKey().IsMatch(key)).OrderBy(key => int.Parse(key.AsSpan(3), CultureInfo.InvariantCulture))
            .Select((key, i) => Nic(id, i, key, ProxmoxValue.Parse(keys[key]), notes)).ToImmutableList();
        foreach (var key in keys.Keys.Where(key => !Settled.Contains(key) && !DiskKey().IsMatch(key) && !NicKey().IsMatch(key)))
            notes.Add($"{key}: {keys[key]} is not taken over.");
        var uuid = ProxmoxValue.Parse(keys.GetValueOrDefault("smbios1") ?? "").Option("uuid");
        var definition = new ResourceDefinition(
            id, Guid.TryParse(uuid, out var known) ? known : newUuid, keys.GetValueOrDefault("name") ?? "",
            Memory(keys), Number(keys, "cores", 1) * Number(keys, "sockets", 1), disks)
        {
            Hardware = new GuestHardware
            {
                Nics = nics,
                Firmware = keys.GetValueOrDefault("bios") == "ovmf" ? new FirmwareDefinition(Uefi, Variables(id, keys, storages)) : null,
                ExtraArguments = [.. (keys.GetValueOrDefault("args") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            },
        };
        return new ImportedGuest(definition, notes.ToImmutable());
    }

    // "order=scsi0;net0", or the older "bootdisk: scsi0".
    private static bool IsBoot(ImmutableSortedDictionary<string, string> keys, string key) =>
        key == (ProxmoxValue.Parse(keys.GetValueOrDefault("boot") ?? "").Option("order")?.Split(';').FirstOrDefault(k => DiskKey().IsMatch(k)) ?? keys.GetValueOrDefault("bootdisk"));

    private static DiskDefinition? Disk(
        ResourceId id, string key, ProxmoxValue value, ImmutableSortedDictionary<string, ProxmoxStorage> storages, ImmutableList<string>.Builder notes)
    {
        if (value.Option("media") == "cdrom" || value.Main is "none" or "cdrom")
        {
            notes.Add($"{key}: the CD-ROM drive is not taken over.");
            return null;
        }

        var bus = key.TrimEnd("0123456789".ToCharArray()) switch { "virtio" => DiskBus.Virtio, "scsi" => DiskBus.Scsi, _ => DiskBus.Ide };
        if (key.StartsWith("sata", StringComparison.Ordinal))
            notes.Add($"{key}: the guest sees this disk on IDE instead of SATA.");
        if (value.Option("cache") is { } cache and not ("none" or "directsync"))
            notes.Add($"{key}: cache={cache} would lose writes with the node; it becomes none.");
        return Volume(id, key, value, storages) with { Bus = bus, Cache = value.Option("cache") == "directsync" ? DiskCache.DirectSync : DiskCache.None };
    }

    private static DiskDefinition Volume(ResourceId id, string key, ProxmoxValue value, ImmutableSortedDictionary<string, ProxmoxStorage> storages)
    {
        var text = value.Main.Length > 0 ? value.Main : value.Option("file") ?? "";
        if (text.Split(':', 2) is not [{ Length: > 0 } name, { Length: > 0 } volume])
            throw new FormatException($"{id} cannot be highly available: its disk {key} is '{text}', which lies on no storage that other nodes know.");
        if (!storages.TryGetValue(name, out var storage))
            throw new FormatException($"{id}: the storage '{name}' of its disk {key} is not in the storages' file ({string.Join(", ", storages.Keys)}).");
        if (!storage.IsShared)
            throw new FormatException($"{id} cannot be highly available: its disk {key} lies on '{name}' of type {storage.Type}, which no other node can reach. Move the disk to shared storage first ('qm move-disk').");
        return new DiskDefinition(name, storage.PathOf(volume)) { Format = volume.EndsWith(".qcow2", StringComparison.Ordinal) ? DiskFormat.Qcow2 : DiskFormat.Raw };
    }

    private static DiskDefinition? Variables(ResourceId id, ImmutableSortedDictionary<string, string> keys, ImmutableSortedDictionary<string, ProxmoxStorage> storages) =>
        keys.TryGetValue("efidisk0", out var disk) ? Volume(id, "efidisk0", ProxmoxValue.Parse(disk), storages) : null;

    private static NicDefinition Nic(ResourceId id, int number, string key, ProxmoxValue value, ImmutableList<string>.Builder notes)
    {
        // "virtio=BC:24:11:00:00:01,bridge=vmbr0": the model carries the address.
        var model = Models.FirstOrDefault(m => value.Options.ContainsKey(m.Proxmox) || value.Main == m.Proxmox);
        var bridge = value.Option("bridge") ?? throw new FormatException($"{id}: its card {key} is plugged into no bridge.");
        if (value.Option("tag") is { } tag)
        {
            notes.Add($"{key}: VLAN {tag} is expected as the bridge {bridge}v{tag} on every node.");
            bridge += $"v{tag}";
        }

        if (value.Option("firewall") == "1")
            notes.Add($"{key}: its firewall is not taken over.");
        var mac = model.Proxmox is { } proxmox && value.Option(proxmox) is { } known ? known : GuestReader.MacOf(id, number);
        return new NicDefinition(bridge, mac) { Model = model.Qemu ?? "virtio-net-pci" };
    }

    private static readonly (string Proxmox, string Qemu)[] Models =
        [("virtio", "virtio-net-pci"), ("e1000", "e1000"), ("e1000e", "e1000e"), ("rtl8139", "rtl8139"), ("vmxnet3", "vmxnet3")];

    // A number, or "current=2048".
    private static int Memory(ImmutableSortedDictionary<string, string> keys)
    {
        var value = ProxmoxValue.Parse(keys.GetValueOrDefault("memory") ?? "");
        var text = value.Option("current") ?? value.Main;
        return text.Length == 0 ? DefaultMemoryMib : Whole("memory", text);
    }

    private static int Number(ImmutableSortedDictionary<string, string> keys, string key, int standard) =>
        keys.TryGetValue(key, out var text) ? Whole(key, text) : standard;

    private static int Whole(string key, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"{key} is '{text}' in that file; expected a whole number above 0.");

    [GeneratedRegex(@"\A(scsi|virtio|ide|sata)\d+\z", RegexOptions.CultureInvariant)]
    private static partial Regex DiskKey();

    [GeneratedRegex(@"\Anet\d+\z", RegexOptions.CultureInvariant)]
    private static partial Regex NicKey();
}
