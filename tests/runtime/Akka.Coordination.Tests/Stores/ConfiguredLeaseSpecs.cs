using Akka.Actor;
using Akka.Configuration;
using Akka.Coordination.Stores.Disk;
using Akka.Coordination.Tests.Support;
using Akka.Persistence.Sql.Tests;

namespace Akka.Coordination.Tests.Stores;

/// <summary>Leases as an application gets them: named in its configuration, in real time.</summary>
[Collection(PostgreSqlCollection.Name)]
public sealed class ConfiguredLeaseSpecs(PostgreSqlCluster server) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("akka-lease-").FullName;
    private readonly List<ActorSystem> _systems = [];

    public static TheoryData<string> Kinds => ["sqlite", "postgresql", "shared-disk"];

    public Task InitializeAsync()
    {
        File.Create(Path.Combine(_directory, DiskLeaseStore.Marker)).Dispose();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var system in _systems) await system.Terminate();
        await DeleteDirectory();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Of_two_nodes_one_gets_it_and_the_other_when_it_is_given_back(string kind)
    {
        var configuration = Configuration(kind);
        var (a, b) = (LeaseOf("a", configuration), LeaseOf("b", configuration));

        Assert.True(await a.Acquire());
        Assert.False(await b.Acquire());
        Assert.True(a.CheckLease());
        Assert.True(await a.Release());
        Assert.True(await b.Acquire());
        Assert.Equal((false, true), (a.CheckLease(), b.CheckLease()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_node_that_ends_without_a_word_is_followed_when_its_time_is_over(string kind)
    {
        var configuration = Configuration(kind, "heartbeat-timeout = 1s, heartbeat-interval = 300ms");
        var (a, b) = (LeaseOf("a", configuration), LeaseOf("b", configuration));
        Assert.True(await a.Acquire());

        await _systems[0].Terminate();

        await Until(b.Acquire);
    }

    [Fact]
    public async Task A_holder_whose_database_crashes_is_told_and_gets_it_again_when_the_database_is_back()
    {
        var lost = new TaskCompletionSource<Exception?>();
        var a = LeaseOf("a", Configuration("postgresql", "heartbeat-timeout = 2s, heartbeat-interval = 200ms"));
        Assert.True(await a.Acquire(lost.SetResult));

        server.Crash();
        try
        {
            Assert.IsType<LeaseTimeoutException>(await lost.Task.WaitAsync(Patience));
            Assert.False(a.CheckLease());
            var refused = await Assert.ThrowsAnyAsync<LeaseException>(a.Acquire);
            Assert.Contains("The lease 'crm' could not be acquired by a", refused.Message);
        }
        finally
        {
            server.Start();
        }

        await Until(a.Acquire);
    }

    [RootFact]
    public async Task A_holder_whose_disk_fails_is_told_why()
    {
        using var disk = new FailingDisk();
        File.Create(Path.Combine(disk.Folder, DiskLeaseStore.Marker)).Dispose();
        var lost = new TaskCompletionSource<Exception?>();
        var a = LeaseOf("a", Configuration("shared-disk", "heartbeat-timeout = 2s, heartbeat-interval = 200ms", disk.Folder));
        Assert.True(await a.Acquire(lost.SetResult));

        disk.Break();

        var reason = Assert.IsType<LeaseTimeoutException>(await lost.Task.WaitAsync(Patience));
        Assert.Matches("error|Read-only", reason.Message);
        Assert.False(a.CheckLease());
        await Assert.ThrowsAnyAsync<LeaseException>(a.Acquire);
    }

    [Theory]
    [InlineData("provider = oracle, connection-string = x", "sql", "'oracle'; expected sqlite or postgresql")]
    [InlineData("provider = sqlite", "sql", "has no connection-string")]
    [InlineData("provider = sqlite, connection-string = x, table-name = \"a; drop\"", "sql", "'a; drop'; expected letters, digits and underscores")]
    [InlineData("directory = here", "shared-disk", "needs an absolute path as its directory, but has 'here'")]
    public void A_wrong_setting_is_named(string settings, string kind, string complaint)
    {
        var failure = Assert.ThrowsAny<Exception>(() => LeaseOf("a", (kind, settings)));

        Assert.Contains(complaint, failure.ToString());
    }

    private static async Task Until(Func<Task<bool>> isDone)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                if (await isDone()) return;
            }
            catch (LeaseException) when (!patience.IsCancellationRequested)
            {
                // Tried again below.
            }

            await Task.Delay(50, patience.Token);
        }
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

    private (string Block, string Settings) Configuration(string kind, string times = "", string? directory = null) => kind switch
    {
        "sqlite" => ("sql", $"provider = sqlite, connection-string = \"Data Source={_directory}/leases.db\"\n{times}"),
        "postgresql" => ("sql", $"connection-string = \"{server.CreateDatabase()};Pooling=False\"\n{times}"),
        _ => ("shared-disk", $"directory = \"{directory ?? _directory}\"\n{times}"),
    };

    private Lease LeaseOf(string owner, (string Block, string Settings) configuration)
    {
        var system = ActorSystem.Create(owner, ConfigurationFactory.ParseString($$"""
            akka { loglevel = OFF, stdout-loglevel = OFF }
            akka.coordination.lease.{{configuration.Block}} { lease-operation-timeout = 10s }
            akka.coordination.lease.{{configuration.Block}} {
              {{configuration.Settings}}
            }
            """));
        _systems.Add(system);
        return LeaseProvider.Get(system).GetLease("crm", $"akka.coordination.lease.{configuration.Block}", owner);
    }
}
