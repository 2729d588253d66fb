using AkkaHa.Core.Model;
using AkkaHa.Devices.Storage;

namespace AkkaHa.Devices.Tests.Storage;

public sealed class OwnershipTests : IDisposable
{
    private static readonly ResourceId Id = ResourceId.Vm(101);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private OwnershipFile Records(string? path = null, string? mountPoint = null, int timeoutSeconds = 10) =>
        new(new StorageDefinition("nfs-vm", StorageType.Dir, path ?? _folder.Path, true) { MountPoint = mountPoint }, TimeSpan.FromSeconds(timeoutSeconds), Real.Time);

    private static OwnershipRecord Record(int index, string node) =>
        new(Real.Token(index), new Boot(new NodeName(node), new BootId("boot-1")), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public async Task A_newer_command_takes_the_disks_and_an_older_one_is_refused()
    {
        Assert.Null(await Records().ReadAsync(Id));
        Assert.Equal(OwnershipVerdict.Taken, (await Records().TakeAsync(Id, Record(5, "pve1"))).Verdict);
        var second = await Records().TakeAsync(Id, Record(6, "pve2"));
        Assert.Equal((OwnershipVerdict.Taken, Record(5, "pve1")), (second.Verdict, second.Found));
        var late = await Records().TakeAsync(Id, Record(5, "pve1"));
        Assert.Equal(OwnershipVerdict.Newer, late.Verdict);
        Assert.Contains("belongs to pve2", late.Detail);
        Assert.Equal(Record(6, "pve2"), await Records().ReadAsync(Id));
        Assert.Equal(OwnershipVerdict.Taken, (await Records().TakeAsync(Id, Record(6, "pve2"))).Verdict);
    }

    [Fact]
    public async Task Of_many_at_once_the_newest_stays_whatever_the_order()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 20).Reverse().Select(index => Records().TakeAsync(Id, Record(index, $"pve{index}"))));
        Assert.DoesNotContain(outcomes, outcome => outcome.Verdict == OwnershipVerdict.Unreachable);
        Assert.Equal(Record(20, "pve20"), await Records().ReadAsync(Id));
    }

    [Fact]
    public async Task A_storage_that_is_not_there_refuses_the_start()
    {
        var missing = await Records(_folder["none"]).TakeAsync(Id, Record(5, "pve1"));
        Assert.Equal(OwnershipVerdict.Unreachable, missing.Verdict);
        Assert.Contains("is the storage mounted?", missing.Detail);
        Assert.Contains("vm:101", missing.Detail);
        var unmounted = await Records(mountPoint: _folder.Path).TakeAsync(Id, Record(5, "pve1"));
        Assert.Contains("is not mounted", unmounted.Detail);
    }

    [Fact]
    public async Task A_damaged_record_refuses_the_start_and_is_left_as_it_is()
    {
        Directory.CreateDirectory(_folder[".akkaha"]);
        _folder.Write(".akkaha/vm-101.owner", "{ torn");
        var outcome = await Records().TakeAsync(Id, Record(5, "pve1"));
        Assert.Equal(OwnershipVerdict.Unreachable, outcome.Verdict);
        Assert.Contains("damaged ownership record", outcome.Detail);
        Assert.Equal("{ torn", File.ReadAllText(_folder[".akkaha/vm-101.owner"]));
    }

    [Fact]
    public async Task A_storage_that_hangs_costs_bounded_time()
    {
        await using var hanging = await HangingFolder.StartAsync(_folder);
        var records = Records(hanging.Path, timeoutSeconds: 1);
        Assert.Equal(OwnershipVerdict.Taken, (await records.TakeAsync(Id, Record(5, "pve1"))).Verdict);
        hanging.Hang(true);
        var outcome = await records.TakeAsync(Id, Record(6, "pve2"));
        Assert.Equal(OwnershipVerdict.Unreachable, outcome.Verdict);
        Assert.Contains("no answer within 1 s", outcome.Detail);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"version\":2}")]
    [InlineData("[1]")]
    public void What_is_no_record_is_not_read_as_one(string text) => Assert.Throws<FormatException>(() => OwnershipRecord.Parse(text));
}
