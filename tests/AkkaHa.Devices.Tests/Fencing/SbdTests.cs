using System.Collections.Concurrent;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Fencing.Sbd;
using AkkaHa.Devices.Tests.Storage;

namespace AkkaHa.Devices.Tests.Fencing;

public sealed class SbdTests : IAsyncLifetime
{
    private static readonly Guid Uuid = Guid.Parse("7a27e9d0-66d4-4e59-9547-01e8d8e1acfe");
    private static readonly TimeSpan IoTimeout = TimeSpan.FromSeconds(1);

    private readonly TempFolder _folder = new();
    private readonly List<string> _loops = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var loop in _loops)
            await Real.RunAsync("losetup", "-d", loop);
        _folder.Dispose();
    }

    private static SbdHeader Header(int messageWaitSeconds = 1) => new(Uuid, 512)
    {
        Watchdog = TimeSpan.FromSeconds(5),
        Allocate = TimeSpan.FromSeconds(1),
        Loop = TimeSpan.FromSeconds(1),
        MessageWait = TimeSpan.FromSeconds(messageWaitSeconds),
    };

    private async Task<string> LoopAsync(string name)
    {
        using (var file = File.Create(_folder[name]))
            file.SetLength(1024 * 1024);
        _loops.Add((await Real.RunAsync("losetup", "-f", "--show", _folder[name])).Output.Trim());
        return _loops[^1];
    }

    private static SbdDisk Disk(string path) => new(path, IoTimeout, Real.Time);

    private async Task<string> FileDiskAsync(string name)
    {
        using (var file = File.Create(_folder[name]))
            file.SetLength(1024 * 1024);
        await Disk(_folder[name]).CreateAsync(Header());
        return _folder[name];
    }

    private static SbdDevice Device(params string[] disks) => new(new SbdSettings("sbd1", disks, Real.Pve1) { IoTimeout = IoTimeout }, Real.Time);

    [Fact]
    public async Task A_disk_made_here_is_read_by_the_sbd_tool()
    {
        var loop = await LoopAsync("disk");
        await Disk(loop).CreateAsync(Header(messageWaitSeconds: 12));
        var dump = (await Real.RunAsync("sbd", "-d", loop, "dump")).Output;
        Assert.Contains("Header version     : 2.1", dump);
        Assert.Contains($"UUID               : {Uuid}", dump);
        Assert.Contains("Timeout (watchdog) : 5", dump);
        Assert.Contains("Timeout (msgwait)  : 12", dump);

        var slot = await Disk(loop).AllocateAsync("pve2");
        await Disk(loop).SendAsync(slot.Index, new SbdMessage(SbdCommand.Off, "pve1"));
        Assert.Equal("0\tpve2\toff\tpve1", (await Real.RunAsync("sbd", "-d", loop, "list")).Output.Trim());
    }

    [Fact]
    public async Task A_disk_made_by_the_sbd_tool_is_read_and_written_here()
    {
        var loop = await LoopAsync("disk");
        await Real.RunAsync("sbd", "-d", loop, "-1", "1", "-2", "1", "-3", "1", "-4", "2", "create");
        await Real.RunAsync("sbd", "-d", loop, "allocate", "pve2");
        await Real.RunAsync("sbd", "-d", loop, "-n", "pve9", "message", "pve2", "reset");

        var header = await Disk(loop).ReadHeaderAsync();
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), 512),
            (header.Watchdog, header.Allocate, header.Loop, header.MessageWait, header.SectorSize));
        Assert.Equal(new SbdSlot(0, "pve2", new SbdMessage(SbdCommand.Reset, "pve9")), Assert.Single(await Disk(loop).ListAsync()));
        Assert.Equal(1, (await Disk(loop).AllocateAsync("pve3")).Index);
        Assert.Equal(0, (await Disk(loop).AllocateAsync("PVE2")).Index);
        Assert.Contains("1\tpve3\tclear", (await Real.RunAsync("sbd", "-d", loop, "list")).Output);
    }

    [Fact]
    public async Task A_message_that_a_majority_took_is_claimed_and_never_a_proof()
    {
        var disks = new[] { await FileDiskAsync("a"), await FileDiskAsync("b"), await FileDiskAsync("c") };
        foreach (var disk in disks)
            await Disk(disk).AllocateAsync("pve2");
        File.WriteAllBytes(disks[2], new byte[1024 * 1024]);
        var off = await Device(disks).OffAsync(new NodeName("pve2"));
        Assert.True(off is { Verdict: FenceVerdict.Claimed, IsProof: false }, off.Detail);
        Assert.True(off.Elapsed >= TimeSpan.FromSeconds(1), "msgwait was not waited for");
        Assert.Contains("2 of 3 disks", off.Detail);
        Assert.Contains("no SBD header", off.Detail);
        Assert.Equal(SbdCommand.Off, (await Disk(disks[0]).FindAsync("pve2"))!.Message.Command);

        Assert.Equal(FenceVerdict.Claimed, (await Device(disks).OnAsync(new NodeName("pve2"))).Verdict);
        Assert.Equal(SbdCommand.Clear, (await Disk(disks[0]).FindAsync("pve2"))!.Message.Command);
    }

    [Fact]
    public async Task Without_a_majority_of_the_disks_an_order_has_failed()
    {
        var disks = new[] { await FileDiskAsync("a"), _folder["missing"], _folder.Write("short", "x") };
        await Disk(disks[0]).AllocateAsync("pve2");
        var off = await Device(disks).OffAsync(new NodeName("pve2"));
        Assert.Equal(FenceVerdict.Failed, off.Verdict);
        Assert.Contains("only 1 of 3 disks", off.Detail);
        Assert.Contains(_folder["missing"], off.Detail);
        var stranger = await Device(disks[0]).OffAsync(new NodeName("pve9"));
        Assert.Contains("has no slot for pve9", stranger.Detail);
    }

    [Fact]
    public async Task A_disk_that_fails_or_hangs_costs_bounded_time()
    {
        await using var disk = await FaultyDisk.StartAsync(_folder, "faulty");
        await Disk(disk.Path).CreateAsync(Header());
        await Disk(disk.Path).AllocateAsync("pve2");
        disk.Fail(true);
        Assert.Contains("Input/output error", (await Device(disk.Path).OffAsync(new NodeName("pve2"))).Detail);
        disk.Fail(false);
        disk.Hang(true);
        var hung = await Device(disk.Path).OffAsync(new NodeName("pve2"));
        Assert.Equal(FenceVerdict.Failed, hung.Verdict);
        Assert.Contains("no answer within 1 s", hung.Detail);
        Assert.True(hung.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_watcher_sees_what_the_sbd_tool_sends_and_clears_a_test()
    {
        var loop = await LoopAsync("disk");
        await Real.RunAsync("sbd", "-d", loop, "-1", "1", "-2", "1", "-3", "1", "-4", "2", "create");
        await using var watching = new Watching(new SbdSettings("sbd1", [loop], Real.Pve1));
        await watching.SeesAsync(sight => sight is SbdSight.Health { HasMajority: true });
        await Real.RunAsync("sbd", "-d", loop, "-n", "pve9", "message", "pve1", "test");
        await watching.SeesAsync(sight => sight is SbdSight.Ordered { Message: { Command: SbdCommand.Test, Sender: "pve9" } });
        await Real.EventuallyAsync(async () => (await Disk(loop).FindAsync("pve1"))!.Message.Command, command => command == SbdCommand.Clear, "the clearing of the test");
        await Real.RunAsync("sbd", "-d", loop, "-n", "pve9", "message", "pve1", "off");
        await watching.SeesAsync(sight => sight is SbdSight.Ordered { Message: { Command: SbdCommand.Off } });
        Assert.Equal(SbdCommand.Off, (await Disk(loop).FindAsync("pve1"))!.Message.Command);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_order_of_before_is_cleared_at_the_start_unless_guests_live(bool guestsLive)
    {
        var disk = await FileDiskAsync("a");
        var slot = await Disk(disk).AllocateAsync("pve1");
        await Disk(disk).SendAsync(slot.Index, new SbdMessage(SbdCommand.Off, "pve2"));
        await using var watching = new Watching(new SbdSettings("sbd1", [disk], Real.Pve1), guestsLive);
        await watching.SeesAsync(sight => sight is SbdSight.Health);
        Assert.Equal(guestsLive, watching.Seen.OfType<SbdSight.Ordered>().Any());
        Assert.Equal(guestsLive ? SbdCommand.Off : SbdCommand.Clear, (await Disk(disk).FindAsync("pve1"))!.Message.Command);
    }

    [Fact]
    public async Task A_hanging_disk_does_not_delay_an_order_on_another_and_its_loss_is_told()
    {
        await using var faulty = await FaultyDisk.StartAsync(_folder, "faulty");
        await Disk(faulty.Path).CreateAsync(Header());
        var disks = new[] { faulty.Path, await FileDiskAsync("b"), await FileDiskAsync("c") };
        await using var watching = new Watching(new SbdSettings("sbd1", disks, Real.Pve1) { IoTimeout = IoTimeout });
        await watching.SeesAsync(sight => sight is SbdSight.Health { Readable: 3 });
        faulty.Hang(true);
        await watching.SeesAsync(sight => sight is SbdSight.Health { Readable: 2, HasMajority: true, Problems: [var problem] } && problem.Contains(faulty.Path));
        var slot = (await Disk(disks[1]).FindAsync("pve1"))!;
        await Disk(disks[1]).SendAsync(slot.Index, new SbdMessage(SbdCommand.Reset, "pve2"));
        await watching.SeesAsync(sight => sight is SbdSight.Ordered);
        faulty.Hang(false);
        await watching.SeesAsync(sight => sight is SbdSight.Health { Readable: 3 }, skip: 1);
    }

    [Fact]
    public async Task The_check_names_disks_that_differ_or_are_none()
    {
        var a = await FileDiskAsync("a");
        var b = await FileDiskAsync("b");
        await Disk(b).CreateAsync(Header(messageWaitSeconds: 20));
        var problems = await Device(a, b, _folder["none"]).CheckAsync([Real.Pve1]);
        Assert.Contains(problems, problem => problem.Contains("less than twice its watchdog timeout"));
        Assert.Contains(problems, problem => problem.Contains(b) && problem.Contains("differ"));
        Assert.Contains(problems, problem => problem.Contains(_folder["none"]));
        Assert.Contains(problems, problem => problem.Contains("no slot for pve1"));
        Assert.Equal(PowerState.Unknown, (await Device(a).StatusAsync(Real.Pve1)).State);
    }

    private sealed class Watching : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Task _running;

        public Watching(SbdSettings settings, bool guestsLive = false)
        {
            _running = new SbdWatcher(settings, Real.Time, Seen.Enqueue).RunAsync(() => guestsLive, _end.Token);
        }

        public ConcurrentQueue<SbdSight> Seen { get; } = new();

        public Task SeesAsync(Func<SbdSight, bool> wanted, int skip = 0) =>
            Real.EventuallyAsync(() => Seen.Count(wanted), count => count > skip, "the sight");

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _running;
            _end.Dispose();
        }
    }
}
