using Akka.Coordination.Stores.Disk;
using AkkaHa.TestSupport;

namespace Akka.Coordination.Tests.Stores;

public sealed class DiskLeaseStoreSpecs : IDisposable
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    private readonly string _directory = Directory.CreateTempSubdirectory("akka-lease-").FullName;
    private readonly ManualTime _time = new();

    public DiskLeaseStoreSpecs() => File.Create(Marker).Dispose();

    private string Marker => Path.Combine(_directory, DiskLeaseStore.Marker);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void What_one_contender_writes_another_reads()
    {
        var (a, b) = (Store(), Store());

        Assert.True(a.TryAcquire("a", 1, Duration));
        Assert.False(b.TryAcquire("b", 2, Duration));
        a.Release("a", 1);
        Assert.True(b.TryAcquire("b", 2, Duration));
        Assert.False(a.TryRenew("a", 1, Duration));
    }

    [Fact]
    public void A_lease_that_nobody_renews_is_taken_over_after_it_was_seen_unchanged_for_longer_than_it_lasts()
    {
        var (a, b) = (Store(), Store());
        a.TryAcquire("a", 1, Duration);
        b.Observe();

        _time.Advance(TimeSpan.FromSeconds(10.9));
        Assert.False(b.TryAcquire("b", 2, Duration));
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(b.TryAcquire("b", 2, Duration));
    }

    [Fact]
    public void A_renewal_begins_the_wait_anew()
    {
        var (a, b) = (Store(), Store());
        a.TryAcquire("a", 1, Duration);
        b.Observe();
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.True(a.TryRenew("a", 1, Duration));

        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(b.TryAcquire("b", 2, Duration));
    }

    [Fact]
    public void Whoever_sees_a_lease_for_the_first_time_cannot_know_how_old_it_is()
    {
        Store().TryAcquire("a", 1, Duration);
        _time.Advance(TimeSpan.FromDays(1));

        Assert.False(Store().TryAcquire("b", 2, Duration));
    }

    [Fact]
    public void The_same_owner_gets_it_back_at_once_and_its_earlier_acquisition_counts_no_more()
    {
        Store().TryAcquire("a", 1, Duration);

        Assert.True(Store().TryAcquire("a", 2, Duration));
        Assert.False(Store().TryRenew("a", 1, Duration));
        Assert.True(Store().TryRenew("a", 2, Duration));
    }

    [Fact]
    public void A_damaged_file_gives_the_lease_to_nobody()
    {
        Store().TryAcquire("a", 1, Duration);
        var file = Assert.Single(Directory.GetFiles(_directory, "*.lease"));
        File.WriteAllText(file, File.ReadAllText(file)[..20]);

        var failure = Assert.Throws<LeaseException>(() => Store().TryAcquire("b", 2, Duration));

        Assert.Contains(file, failure.Message);
    }

    [Fact]
    public void A_directory_without_the_marker_of_the_shared_disk_gives_no_lease_and_renews_none()
    {
        Store().TryAcquire("a", 1, Duration);
        File.Delete(Marker);

        var failure = Assert.Throws<LeaseException>(() => Store().TryAcquire("a", 2, Duration));

        Assert.Contains($"The directory {_directory} has no file 'akka-leases'", failure.Message);
        Assert.Throws<LeaseException>(() => Store().TryRenew("a", 1, Duration));
    }

    [Fact]
    public async Task Of_many_contenders_at_once_exactly_one_gets_it()
    {
        for (var round = 0; round < 20; round++)
        {
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var contenders = Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
            {
                await start.Task;
                return Store($"lease {round}").TryAcquire($"owner {i}", i, Duration);
            })).ToArray();
            start.SetResult();

            Assert.Single(await Task.WhenAll(contenders), isAcquired => isAcquired);
        }
    }

    private DiskLeaseStore Store(string name = "crm") => new(_directory, name, _time, TimeSpan.FromSeconds(30));
}
