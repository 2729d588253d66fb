using System.Text.RegularExpressions;
using AkkaHa.Core.Model;
using Hocon;

namespace AkkaHa.Node.Settings;

/// <summary>
/// Reads what a guest is from a HOCON file: <c>name</c>, <c>uuid</c>, <c>memory</c>, <c>cpus</c>, <c>disks</c>, <c>nics</c>, <c>firmware</c>,
/// <c>extra-arguments</c>. Disks and cards come in the order of their names.
/// </summary>
public static partial class GuestReader
{
    private const long BytesPerMib = 1024 * 1024;
    private const int MaxCpus = 4096;

    /// <summary>Puts what a file says into a definition; what it does not name stays as it is.</summary>
    /// <exception cref="SettingsException">The file cannot be read, or says something that cannot be.</exception>
    public static ResourceDefinition ReadFile(string path, ResourceDefinition into)
    {
        try
        {
            return Read(HoconConfigurationFactory.FromFile(path), path, into);
        }
        catch (Exception e) when (e is HoconParserException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static ResourceDefinition Read(Config config, string source, ResourceDefinition into)
    {
        var guest = new Section(config, "", source);
        return into with
        {
            Name = guest.Has("name") ? guest.Text("name") : into.Name,
            Uuid = guest.Has("uuid") ? Uuid(guest) : into.Uuid,
            MemoryMib = guest.Has("memory") ? (int)Math.Clamp(guest.Bytes("memory") / BytesPerMib, 1, int.MaxValue) : into.MemoryMib,
            Cpus = guest.Has("cpus") ? guest.Number("cpus", 1, MaxCpus) : into.Cpus,
            Disks = guest.Has("disks") ? [.. Ordered(guest, "disks").Select(Disk)] : into.Disks,
            Hardware = new GuestHardware
            {
                Nics = guest.Has("nics") ? [.. Ordered(guest, "nics").Select((nic, i) => Nic(nic, into.Id, i))] : into.Hardware.Nics,
                Firmware = guest.Has("firmware") ? Firmware(guest.Child("firmware")) : into.Hardware.Firmware,
                ExtraArguments = guest.Has("extra-arguments") ? guest.Texts("extra-arguments") : into.Hardware.ExtraArguments,
            },
        };
    }

    private static IEnumerable<Section> Ordered(Section guest, string key) =>
        guest.Children(key).OrderBy(child => child.Key, StringComparer.Ordinal).Select(child => child.Value);

    private static Guid Uuid(Section guest) =>
        Guid.TryParse(guest.Text("uuid"), out var uuid) ? uuid : throw guest.Wrong("uuid", "is no UUID; expected one such as 6a3ff6a5-6f0a-4e4c-b9c1-0d1c3d6e0101");

    private static DiskDefinition Disk(Section disk) => new(disk.Text("storage"), disk.Text("path"))
    {
        Format = disk.Has("format") && disk.Choice("format", "raw", "qcow2") == "qcow2" ? DiskFormat.Qcow2 : DiskFormat.Raw,
        Bus = disk.Has("bus") ? disk.Choice("bus", "virtio", "scsi", "ide") switch { "ide" => DiskBus.Ide, "scsi" => DiskBus.Scsi, _ => DiskBus.Virtio } : DiskBus.Virtio,
        // There is no mode that caches in the host: it would lose acknowledged writes with the node.
        Cache = disk.Has("cache") && disk.Choice("cache", "none", "directsync") == "directsync" ? DiskCache.DirectSync : DiskCache.None,
    };

    private static NicDefinition Nic(Section nic, ResourceId id, int number)
    {
        var mac = nic.Has("mac") ? nic.Text("mac") : MacOf(id, number);
        if (!MacPattern().IsMatch(mac))
            throw nic.Wrong("mac", $"is '{mac}'; expected an address such as 52:54:00:12:34:56");
        var definition = new NicDefinition(nic.Text("bridge"), mac);
        return nic.Has("model") ? definition with { Model = nic.Text("model") } : definition;
    }

    private static FirmwareDefinition Firmware(Section firmware) =>
        new(firmware.Text("code"), firmware.Has("variables") ? Disk(firmware.Child("variables")) : null);

    /// <summary>A locally administered address that follows from the resource: the same wherever it runs.</summary>
    public static string MacOf(ResourceId id, int number) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"52:54:{number & 0xff:x2}:{(id.Number >> 16) & 0xff:x2}:{(id.Number >> 8) & 0xff:x2}:{id.Number & 0xff:x2}");

    [GeneratedRegex(@"\A([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex MacPattern();
}
