using AkkaHa.Devices.Canary;

namespace AkkaHa.Devices.Tests.Canary;

public sealed class CanaryDiskTests
{
    [Fact]
    public async Task The_embedded_boot_sector_is_what_nasm_makes_of_the_source()
    {
        using var folder = new TempFolder();
        var source = Path.Combine(SourceRoot(), "src/AkkaHa.Devices/Canary/canary.asm");
        await Real.RunAsync("nasm", "-f", "bin", source, "-o", folder["canary.bin"]);
        Assert.Equal(File.ReadAllBytes(folder["canary.bin"]), CanaryDisk.BootSector());
    }

    [Fact]
    public void A_new_disk_boots_and_has_no_state()
    {
        using var folder = new TempFolder();
        CanaryDisk.Create(folder["d.raw"]);
        Assert.Equal(1024 * 1024, new FileInfo(folder["d.raw"]).Length);
        var report = CanaryDisk.Read(folder["d.raw"]);
        Assert.Null(report.State);
        Assert.Empty(report.Writers);
    }

    [Fact]
    public void A_state_reads_as_it_was_written()
    {
        var sector = new byte[CanaryState.SectorSize];
        var state = new CanaryState(0x01020304, "pve1", true, 3, 7);
        state.Write(sector);
        Assert.Equal(state, CanaryState.Read(sector));
    }

    [Fact]
    public void The_ring_tells_the_writers_in_their_order_as_far_back_as_it_goes()
    {
        using var folder = new TempFolder();
        CanaryDisk.Create(folder["d.raw"]);
        using (var disk = new FileStream(folder["d.raw"], FileMode.Open, FileAccess.Write))
        {
            var sector = new byte[CanaryState.SectorSize];
            for (uint counter = 1; counter <= 2000; counter++)
            {
                new CanaryState(counter, counter <= 1500 ? "pve1" : "pve2", false, 0, 1).Write(sector);
                disk.Position = CanaryState.RingSectorOf(counter) * CanaryState.SectorSize;
                disk.Write(sector);
                disk.Position = CanaryState.SectorSize;
                disk.Write(sector);
            }
        }
        Assert.Equal(
            [new CanaryStretch("pve1", 977, 1500), new CanaryStretch("pve2", 1501, 2000)],
            CanaryDisk.Read(folder["d.raw"]).Writers);
    }

    [Fact]
    public void A_disk_that_is_too_small_is_named()
    {
        using var folder = new TempFolder();
        folder.Write("d.raw", "short");
        var error = Assert.Throws<EndOfStreamException>(() => CanaryDisk.Read(folder["d.raw"]));
        Assert.Contains(folder["d.raw"], error.Message);
    }

    private static string SourceRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AkkaHa.sln")))
            folder = folder.Parent;
        return folder!.FullName;
    }
}
