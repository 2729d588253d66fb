using AkkaHa.Core.Model;
using AkkaHa.Devices.Events;

namespace AkkaHa.Devices.Tests.Events;

public sealed class SqliteEventStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_kept_is_there_for_the_next_daemon()
    {
        var kept = Event(1) with { Epoch = new Epoch(3, new NodeName("pve1"), long.MaxValue), By = "root@pve1" };
        await Store(100).AppendAsync([kept, Event(2)]);

        Assert.Equal([kept, Event(2)], await Store(100).NewestAsync(10));
        Assert.Equal([Event(2)], await Store(100).NewestAsync(1));
        Assert.Equal([Event(2)], await Store(100).AfterAsync(1, 10));
    }

    [Fact]
    public async Task Only_the_newest_within_the_retention_are_kept()
    {
        var store = Store(3);
        for (var n = 1; n <= 10; n++)
            await store.AppendAsync([Event(n)]);

        Assert.Equal([8, 9, 10], (await store.NewestAsync(100)).Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_fails_and_does_not_hang()
    {
        var store = new SqliteEventStore(_folder["missing/events.db"], 10, Real.Time);

        await Assert.ThrowsAnyAsync<Exception>(() => store.AppendAsync([Event(1)]));
    }

    private SqliteEventStore Store(int retention) => new(_folder["events.db"], retention, Real.Time);

    private static StoredEvent Event(long sequence) =>
        new(sequence, DateTimeOffset.UnixEpoch.AddDays(20_000).AddSeconds(sequence), "node-lost", "pve1", "pve1 is lost", Epoch.None, "");
}
