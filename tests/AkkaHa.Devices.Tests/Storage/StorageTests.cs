using AkkaHa.Devices.Storage;

namespace AkkaHa.Devices.Tests.Storage;

public sealed class StorageTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);

    private readonly TempFolder _folder = new();
    private readonly List<string> _mounts = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var mount in _mounts)
            await Real.Tools.RunAsync(new("umount", ["-l", mount], Real.Patience));
        _folder.Dispose();
    }

    private StorageProbe Probe(string path, string? mountPoint = null) =>
        new(new StorageDefinition("vm-disks", StorageType.Dir, path, true) { MountPoint = mountPoint }, Real.Pve1, Real.Tools, Real.Time);

    private async Task<string> MountTmpfsAsync(string name)
    {
        Directory.CreateDirectory(_folder[name]);
        await Real.RunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _folder[name]);
        _mounts.Add(_folder[name]);
        return _folder[name];
    }

    [Theory]
    [InlineData(StorageType.Nfs, null, true)]
    [InlineData(StorageType.Rbd, true, true)]
    [InlineData(StorageType.Zfspool, null, false)]
    [InlineData(StorageType.Dir, null, false)]
    [InlineData(StorageType.Dir, true, true)]
    [InlineData(StorageType.Lvm, true, true)]
    public void Whether_a_storage_is_shared_follows_from_its_type_or_is_said_where_the_type_leaves_it_open(StorageType type, bool? said, bool shared) =>
        Assert.Equal(shared, StorageDefinition.Create("s", type, "/mnt/s", said).IsShared);

    [Theory]
    [InlineData(StorageType.Local, true)]
    [InlineData(StorageType.Nfs, false)]
    public void A_type_that_is_what_it_is_cannot_be_overridden(StorageType type, bool said) =>
        Assert.Contains("'s' is of type", Assert.Throws<ArgumentException>(() => StorageDefinition.Create("s", type, "/mnt/s", said)).Message);

    [Fact]
    public async Task A_probe_writes_reads_and_tells_latency_and_space()
    {
        Directory.CreateDirectory(_folder["s"]);
        var probe = Probe(_folder["s"]);
        for (var i = 0; i < 2; i++)
        {
            var result = await probe.ProbeAsync(Real.Patience);
            Assert.True(result.Succeeded, result.Error);
            Assert.InRange(result.UsedBytes!.Value, 1, result.TotalBytes!.Value);
            Assert.True(result.Latency > TimeSpan.Zero);
        }
        Assert.StartsWith("pve1 2 ", File.ReadAllText(_folder["s/.akkaha/probe-pve1"]));
    }

    [Fact]
    public async Task A_storage_that_is_missing_or_full_fails_with_the_systems_own_words()
    {
        var refused = await Probe("/proc").ProbeAsync(Real.Patience);
        Assert.False(refused.Succeeded);
        Assert.Contains("/proc/.akkaha", refused.Error);
        var gone = await Probe(_folder["none/such"], mountPoint: _folder["none"]).ProbeAsync(Real.Patience);
        Assert.Contains("is not mounted", gone.Error);

        var full = await MountTmpfsAsync("full");
        await Real.Tools.RunAsync(new("dd", ["if=/dev/zero", $"of={full}/fill", "bs=64k"], Real.Patience));
        Assert.Contains("No space left", (await Probe(full).ProbeAsync(Real.Patience)).Error);
    }

    [Fact]
    public async Task A_mount_that_goes_away_is_not_taken_for_the_directory_beneath()
    {
        var mount = await MountTmpfsAsync("nfs");
        var probe = Probe(mount, mountPoint: mount);
        Assert.True((await probe.ProbeAsync(Real.Patience)).Succeeded);
        await Real.RunAsync("umount", "-l", mount);
        Assert.Contains("is not mounted", (await probe.ProbeAsync(Real.Patience)).Error);
        Assert.False(Directory.Exists(Path.Combine(mount, ".akkaha")));
    }

    [Fact]
    public void One_bad_answer_moves_nothing_and_one_good_one_brings_nothing_back()
    {
        var good = new ProbeResult(true, TimeSpan.FromMilliseconds(3));
        var bad = new ProbeResult(false, TimeSpan.Zero, "EIO");
        var seen = new List<bool?>();
        var health = StorageHealth.Unknown;
        foreach (var probe in new[] { good, bad, good, bad, bad, good, bad, good, good })
        {
            health = health.After(probe, rise: 2, fall: 2);
            seen.Add(health.IsAvailable);
        }
        Assert.Equal([true, true, true, true, false, false, false, false, true], seen);
        Assert.Equal("EIO", health.LastError);
        Assert.False(StorageHealth.Unknown.After(bad, 2, 2).IsAvailable);
    }

    [Fact]
    public async Task A_storage_that_hangs_gets_no_second_process_and_is_probed_again_when_it_answers()
    {
        await using var hanging = await HangingFolder.StartAsync(_folder);
        var probe = Probe(hanging.Path);
        Assert.True((await probe.ProbeAsync(Real.Patience)).Succeeded);
        hanging.Hang(true);
        Assert.Contains("did not answer within", (await probe.ProbeAsync(Deadline)).Error);
        var again = await probe.ProbeAsync(Deadline);
        Assert.False(again.Succeeded);
        hanging.Hang(false);
        await Real.EventuallyAsync(() => probe.ProbeAsync(Real.Patience), result => result.Succeeded, "a good probe");
    }

    [Fact]
    public async Task A_block_storage_is_read_and_one_that_fails_says_why()
    {
        File.WriteAllBytes(_folder["device"], new byte[8192]);
        StorageProbe Block(string path) => new(new StorageDefinition("lun", StorageType.Iscsi, path, true), Real.Pve1, Real.Tools, Real.Time);
        Assert.True((await Block(_folder["device"]).ProbeAsync(Real.Patience)).Succeeded);
        Assert.Contains("No such file", (await Block(_folder["gone"]).ProbeAsync(Real.Patience)).Error);
        Assert.False(Directory.Exists(_folder["device/.akkaha"]));
    }

    [Fact]
    public void Mount_points_with_blanks_are_read() =>
        Assert.Equal(["/", "/mnt/my disk"], Mounts.Parse(["22 1 8:1 / / rw - ext4 /dev/vda rw", @"30 22 0:25 / /mnt/my\040disk rw - tmpfs tmpfs rw"]).Order());
}
