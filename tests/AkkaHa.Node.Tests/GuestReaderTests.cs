using AkkaHa.Core.Model;
using AkkaHa.Node.Settings;

namespace AkkaHa.Node.Tests;

public sealed class GuestReaderTests : IDisposable
{
    private static readonly ResourceDefinition Empty = new(ResourceId.Vm(100), Guid.Empty, "", 512, 1, []);

    private readonly string _folder = Directory.CreateTempSubdirectory("akkaha-guest").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_guest_is_read_with_all_its_hardware()
    {
        var guest = Read("""
            name = web
            uuid = 6a3ff6a5-6f0a-4e4c-b9c1-0d1c3d6e0101
            memory = 2GiB
            cpus = 4
            disks {
              b { storage = nfs-vm, path = /mnt/vm/100-data.raw, bus = scsi, cache = directsync }
              a { storage = nfs-vm, path = /mnt/vm/100.qcow2, format = qcow2 }
            }
            nics { net0 { bridge = vmbr0 }, net1 { bridge = vmbr1, mac = "52:54:00:12:34:56", model = e1000 } }
            firmware { code = /usr/share/OVMF/OVMF_CODE.fd, variables { storage = nfs-vm, path = /mnt/vm/100.fd } }
            extra-arguments = ["-device", "virtio-rng-pci"]
            """);

        Assert.Equal(("web", 2048, 4), (guest.Name, guest.MemoryMib, guest.Cpus));
        Assert.Equal(["/mnt/vm/100.qcow2", "/mnt/vm/100-data.raw"], guest.Disks.Select(d => d.Path));
        Assert.Equal((DiskFormat.Qcow2, DiskBus.Virtio, DiskCache.None), (guest.Disks[0].Format, guest.Disks[0].Bus, guest.Disks[0].Cache));
        Assert.Equal((DiskFormat.Raw, DiskBus.Scsi, DiskCache.DirectSync), (guest.Disks[1].Format, guest.Disks[1].Bus, guest.Disks[1].Cache));
        Assert.Equal([("vmbr0", "52:54:00:00:00:64", "virtio-net-pci"), ("vmbr1", "52:54:00:12:34:56", "e1000")], guest.Hardware.Nics.Select(n => (n.Bridge, n.Mac, n.Model)));
        Assert.Equal(("/usr/share/OVMF/OVMF_CODE.fd", "/mnt/vm/100.fd"), (guest.Hardware.Firmware!.Code, guest.Hardware.Firmware.Variables!.Path));
        Assert.Equal(["-device", "virtio-rng-pci"], guest.Hardware.ExtraArguments);
        Assert.Equal(["nfs-vm"], guest.Storages);
    }

    [Fact]
    public void What_a_file_does_not_name_stays_as_it_is()
    {
        var known = Empty with { Name = "web", MemoryMib = 64, Disks = [new DiskDefinition("a", "/b")] };

        var guest = GuestReader.ReadFile(File("cpus = 3"), known);

        Assert.Equal(("web", 64, 3, "/b"), (guest.Name, guest.MemoryMib, guest.Cpus, guest.Disks[0].Path));
    }

    [Theory]
    [InlineData("disks { a { storage = x, path = /y, cache = writeback } }", "disks.a.cache is 'writeback'; expected none or directsync")]
    [InlineData("disks { a { storage = x } }", "disks.a.path is missing; expected a text")]
    [InlineData("nics { a { bridge = vmbr0, mac = nomac } }", "nics.a.mac is 'nomac'; expected an address such as 52:54:00:12:34:56")]
    [InlineData("uuid = 7", "uuid is no UUID")]
    [InlineData("cpus = 0", "cpus is 0; expected a whole number from 1 to 4096")]
    [InlineData("memory {", "cannot be read")]
    public void What_cannot_be_is_told_with_the_file_and_the_key(string text, string message)
    {
        var error = Assert.Throws<SettingsException>(() => Read(text));

        Assert.StartsWith(_folder, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private ResourceDefinition Read(string text) => GuestReader.ReadFile(File(text), Empty);

    private string File(string text)
    {
        var path = Path.Combine(_folder, "guest.conf");
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
