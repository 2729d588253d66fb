using Akka.Actor;
using Akka.Cluster.Tests.Nodes;
using Akka.Cluster.Tools.Tests.Support;
using Akka.Coordination;
using Akka.Event;
using Microsoft.Data.Sqlite;
using static Akka.Cluster.Tools.Tests.Support.Singleton;

namespace Akka.Cluster.Tools.Tests.Singleton;

/// <summary>With a lease it is not enough to be the oldest. The lease is a real one, in a database that all nodes reach.</summary>
public sealed class SingletonLeaseSpecs : ClusterNodes, IAsyncLifetime
{
    private const string Block = "akka.coordination.lease.sql";

    private readonly string _directory = Directory.CreateTempSubdirectory("akka-singleton-lease-").FullName;
    private readonly Ledger _ledger = new();

    private string ConnectionString => $"Data Source={_directory}/leases.db;Pooling=False";

    private string Settings => $$"""
        akka.cluster.singleton { use-lease = "{{Block}}", lease-retry-interval = 200ms }
        {{Block}} {
          provider = sqlite
          connection-string = "{{ConnectionString}}"
          heartbeat-timeout = 10s, heartbeat-interval = 200ms, lease-operation-timeout = 20s
        }
        """;

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await DeleteDirectory();
    }

    [Fact]
    public async Task The_oldest_waits_until_another_owner_gives_the_lease_back()
    {
        var node = Assert.Single(await Form(1, $"{Settings}\nakka {{ loglevel = INFO, loggers = [] }}"));
        var stranger = Stranger(node);
        Assert.True(await stranger.Acquire());
        var log = new Ledger();
        node.System.EventStream.Subscribe(node.System.ActorOf(Props.Create(() => new LogWitness(log))), typeof(Info));

        Manage(node, _ledger);
        await log.Until(lines => lines.Count(l => l.Contains("another owner holds its lease")) > 1);
        Assert.Empty(_ledger.Entries);
        Assert.True(await stranger.Release());

        await _ledger.Until(Started(node));
    }

    [Fact]
    public async Task A_member_that_leaves_gives_the_lease_to_the_next()
    {
        var first = Assert.Single(await Form(1, Settings));
        var second = Start(Settings);
        second.Join(first.SelfAddress);
        await AllUp(first, second);
        foreach (var node in new[] { first, second }) Manage(node, _ledger);
        await _ledger.Until(Started(first));
        Assert.False(await Stranger(second).Acquire());

        first.Leave(first.SelfAddress);

        await _ledger.Until(Started(second));
        Assert.Equal([Started(first), Stopped(first), Started(second)], _ledger.Entries);
    }

    [Fact]
    public async Task A_singleton_whose_lease_is_lost_stops_and_starts_again_when_it_is_got_again()
    {
        var node = Assert.Single(await Form(1, Settings));
        Manage(node, _ledger);
        await _ledger.Until(Started(node));

        // Somebody strikes the owner out.
        using (var connection = new SqliteConnection(ConnectionString))
        {
            connection.Open();
            using var command = new SqliteCommand("UPDATE akka_lease SET owner = 'nobody', expires_at = 0", connection);
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        await _ledger.Until(Stopped(node));
        await _ledger.Until(entries => entries.Count(e => e == Started(node)) == 2);
    }

    // A lease that is just being given back still writes; it ends by itself.
    private async Task DeleteDirectory()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                Directory.Delete(_directory, recursive: true);
                return;
            }
            catch (IOException) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(20);
            }
        }
    }

    private static Lease Stranger(Cluster node) => LeaseProvider.Get(node.System).GetLease("ha-singleton-user-manager", Block, "a stranger");

    private sealed class LogWitness : ReceiveActor
    {
        public LogWitness(Ledger log) => Receive<Info>(info => log.Write(info.Message.ToString()!));
    }
}
