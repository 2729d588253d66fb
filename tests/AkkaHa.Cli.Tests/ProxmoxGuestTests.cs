using AkkaHa.Cli.Import;
using AkkaHa.Core.Model;

namespace AkkaHa.Cli.Tests;

public sealed class ProxmoxGuestTests
{
    private const string Storages = """
        dir: local
        	path /var/lib/vz
        	content iso,vztmpl,backup

        lvmthin: local-lvm
        	thinpool data
        	vgname pve
        	content rootdir,images

        nfs: nfs-vm
        	export /export/vm
        	path /mnt/pve/nfs-vm
        	server 10.0.2.9
        	content images

        rbd: ceph
        	pool vms
        	content images
        """;

    private const string Guest = """
        # a comment
        agent: 1
        boot: order=virtio0;ide2;net0
        bios: ovmf
        cores: 2
        efidisk0: nfs-vm:100/vm-100-disk-1.raw,efitype=4m,size=528K
        ide2: local:iso/debian.iso,media=cdrom,size=600M
        memory: 2048
        name: web
        net0: virtio=BC:24:11:00:00:01,bridge=vmbr0,firewall=1,tag=20
        net1: e1000=BC:24:11:00:00:02,bridge=vmbr1
        scsi1: ceph:vm-100-disk-2,cache=writeback,size=8G
        scsihw: virtio-scsi-pci
        smbios1: uuid=6a3ff6a5-6f0a-4e4c-b9c1-0d1c3d6e0101
        sockets: 2
        virtio0: nfs-vm:100/vm-100-disk-0.qcow2,cache=directsync,size=32G

        [before-upgrade]
        memory: 512
        scsi1: local-lvm:vm-100-disk-2,size=8G
        """;

    [Fact]
    public void A_guest_is_taken_over_as_it_is_now_and_what_is_not_is_told()
    {
        var guest = Read(Guest);

        var definition = guest.Definition;
        Assert.Equal(("web", 2048, 4, "6a3ff6a5-6f0a-4e4c-b9c1-0d1c3d6e0101"), (definition.Name, definition.MemoryMib, definition.Cpus, definition.Uuid.ToString()));
        Assert.Equal(
            [("nfs-vm", "/mnt/pve/nfs-vm/images/100/vm-100-disk-0.qcow2", DiskFormat.Qcow2, DiskBus.Virtio, DiskCache.DirectSync), ("ceph", "rbd:vms/vm-100-disk-2", DiskFormat.Raw, DiskBus.Scsi, DiskCache.None)],
            definition.Disks.Select(d => (d.Storage, d.Path, d.Format, d.Bus, d.Cache)));
        Assert.Equal([("vmbr0v20", "BC:24:11:00:00:01", "virtio-net-pci"), ("vmbr1", "BC:24:11:00:00:02", "e1000")], definition.Hardware.Nics.Select(n => (n.Bridge, n.Mac, n.Model)));
        Assert.Equal("/mnt/pve/nfs-vm/images/100/vm-100-disk-1.raw", definition.Hardware.Firmware!.Variables!.Path);
        foreach (var told in new[] { "agent: 1", "ide2: the CD-ROM", "net0: VLAN 20", "net0: its firewall", "scsi1: cache=writeback would lose writes" })
            Assert.Contains(guest.Notes, note => note.StartsWith(told, StringComparison.Ordinal));
        Assert.Equal(5, guest.Notes.Count);
    }

    [Theory]
    [InlineData("nfs-vm:100/vm-100-disk-0.qcow2", "local-lvm:vm-100-disk-0", "its disk virtio0 lies on 'local-lvm' of type lvmthin, which no other node can reach")]
    [InlineData("nfs-vm:100/vm-100-disk-0.qcow2", "elsewhere:vm-100-disk-0", "the storage 'elsewhere' of its disk virtio0 is not in the storages' file")]
    [InlineData("nfs-vm:100/vm-100-disk-0.qcow2", "/dev/sdb", "its disk virtio0 is '/dev/sdb', which lies on no storage that other nodes know")]
    [InlineData("cores: 2", "onboot: 1", "is started by its own host at boot (onboot: 1)")]
    [InlineData("memory: 2048", "memory: much", "memory is 'much' in that file; expected a whole number above 0")]
    public void What_cannot_be_highly_available_is_refused_with_the_reason(string right, string wrong, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Read(Guest.Replace(right, wrong, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    private static ImportedGuest Read(string text) => ProxmoxGuest.Read(ResourceId.Vm(100), Guid.Empty, text.Split('\n'), ProxmoxFile.Storages(Storages.Split('\n')));
}
