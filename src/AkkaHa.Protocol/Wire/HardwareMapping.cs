using AkkaHa.Core.Model;

namespace AkkaHa.Protocol.Wire;

/// <summary>Disks and further hardware of guests on the wire and in the journal.</summary>
internal static class HardwareMapping
{
    public static DiskPb ToWire(this DiskDefinition disk) =>
        new() { Storage = disk.Storage, Path = disk.Path, Format = (int)disk.Format, Bus = (int)disk.Bus, Cache = (int)disk.Cache };

    public static DiskDefinition FromWire(this DiskPb wire) => new(wire.Storage, wire.Path)
    {
        Format = ModelMapping.Enum<DiskFormat>(wire.Format),
        Bus = ModelMapping.Enum<DiskBus>(wire.Bus),
        Cache = ModelMapping.Enum<DiskCache>(wire.Cache),
    };

    public static GuestHardwarePb ToWire(this GuestHardware hardware)
    {
        var wire = new GuestHardwarePb();
        wire.Nics.AddRange(hardware.Nics.Select(n => new NicPb { Bridge = n.Bridge, Mac = n.Mac, Model = n.Model }));
        if (hardware.Firmware is { } firmware)
            wire.Firmware = new FirmwarePb { Code = firmware.Code, Variables = firmware.Variables?.ToWire() };
        wire.ExtraArguments.AddRange(hardware.ExtraArguments);
        return wire;
    }

    /// <summary>A definition that was written before there was such hardware has none.</summary>
    public static GuestHardware FromWire(this GuestHardwarePb? wire) => wire is null
        ? GuestHardware.None
        : new GuestHardware
        {
            Nics = [.. wire.Nics.Select(n => new NicDefinition(n.Bridge, n.Mac) { Model = n.Model })],
            Firmware = wire.Firmware is { } firmware ? new FirmwareDefinition(firmware.Code, firmware.Variables?.FromWire()) : null,
            ExtraArguments = [.. wire.ExtraArguments],
        };
}
