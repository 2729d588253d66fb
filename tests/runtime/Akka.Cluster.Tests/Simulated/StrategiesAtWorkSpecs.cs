using System.Collections.Concurrent;
using Akka.Coordination;
using static Akka.Cluster.Tests.Simulated.SimulatedCluster;

namespace Akka.Cluster.Tests.Simulated;

public class StrategiesAtWorkSpecs
{
    public static TheoryData<long> Seeds => new(Enumerable.Range(1, 2).Select(n => (long)n));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Keep_majority_keeps_the_larger_side(long seed)
    {
        using var cluster = new SimulatedCluster(seed, Strategy("keep-majority"));
        var names = cluster.Form(5);
        cluster.Network.Partition(names[..2], names[2..]);
        cluster.Await(() => cluster.AllUp(names[2..]) && names[..2].All(cluster.HasEnded), "three stay and two end");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Keep_oldest_keeps_the_side_of_the_oldest_and_gives_it_up_when_it_is_alone(long seed)
    {
        foreach (var (here, staying) in new[] { (2, "n1 n2"), (1, "n2 n3 n4 n5") })
        {
            using var cluster = new SimulatedCluster(seed, Strategy("keep-oldest"));
            var names = cluster.Form(5);
            cluster.Network.Partition(names[..here], names[here..]);
            var stay = staying.Split(' ');
            cluster.Await(() => cluster.AllUp(stay) && names.Except(stay).All(cluster.HasEnded), $"{staying} stay");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Down_all_ends_everybody(long seed)
    {
        using var cluster = new SimulatedCluster(seed, Strategy("down-all"));
        var names = cluster.Form(3);
        cluster.PowerOff("n3");
        cluster.Await(() => names[..2].All(cluster.HasEnded), "both end");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Lease_majority_keeps_the_side_that_gets_the_lease_and_gives_it_back_later(long seed)
    {
        using var cluster = new SimulatedCluster(seed, LeaseMajority($"majority-{seed}"));
        var names = cluster.Form(5);
        cluster.Network.Partition(names[..2], names[2..]);
        cluster.Await(() => cluster.AllUp(names[2..]) && names[..2].All(cluster.HasEnded), "the majority gets it");
        Assert.NotNull(SharedLease.OwnerOf($"majority-{seed}"));
        cluster.Pass(10);
        Assert.Null(SharedLease.OwnerOf($"majority-{seed}"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Lease_majority_ends_a_side_that_does_not_get_the_lease_though_it_is_the_larger(long seed)
    {
        SharedLease.Take($"taken-{seed}", "somebody else");
        using var cluster = new SimulatedCluster(seed, LeaseMajority($"taken-{seed}"));
        var names = cluster.Form(3);
        cluster.PowerOff("n3");
        cluster.Await(() => names[..2].All(cluster.HasEnded), "both end");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Reachability_that_never_rests_downs_all_when_that_is_asked_for(long seed)
    {
        using var cluster = new SimulatedCluster(seed, Strategy("keep-majority", "akka.cluster.split-brain-resolver { stable-after = 6s, down-all-when-unstable = 8s }"));
        var names = cluster.Form(5);
        cluster.Network.Flap("n4", "n5", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), 30);
        cluster.Network.Partition(["n3"], ["n1", "n2", "n4", "n5"]);
        cluster.Await(() => names.Where(n => n != "n3").All(cluster.HasEnded), "all of the side that does not rest end");
    }

    [Theory]
    [InlineData("sql", "provider = sqlite, connection-string = \"Data Source={0}/leases.db;Pooling=False\"")]
    [InlineData("shared-disk", "directory = \"{0}\"")]
    public void Lease_majority_works_with_the_leases_that_come_with_the_runtime(string kind, string place)
    {
        var directory = Directory.CreateTempSubdirectory("akka-sbr-lease-").FullName;
        try
        {
            File.Create(Path.Combine(directory, "akka-leases")).Dispose();
            var settings = $$"""
                akka.cluster.split-brain-resolver.lease-majority { lease-implementation = akka.coordination.lease.{{kind}}, release-after = 5s }
                akka.coordination.lease.{{kind}} { heartbeat-timeout = 10s, heartbeat-interval = 2s, {{string.Format(place, directory)}} }
                """;
            using var cluster = new SimulatedCluster(1, Strategy("lease-majority", settings));
            var names = cluster.Form(5);
            cluster.Network.Partition(names[..2], names[2..]);
            cluster.Await(() => cluster.AllUp(names[2..]) && names[..2].All(cluster.HasEnded), "the majority gets it");
            // It is given back, or the leader of the next partition would find it taken.
            cluster.Pass(10);
            cluster.Network.Partition(["n3"], ["n4", "n5"]);
            cluster.Await(() => cluster.AllUp("n4", "n5") && cluster.HasEnded("n3"), "the majority of the next partition gets it");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string LeaseMajority(string lease) => Strategy("lease-majority", $$"""
        akka.cluster.split-brain-resolver.lease-majority { lease-implementation = shared-lease, lease-name = {{lease}}, release-after = 5s }
        shared-lease.lease-class = "{{typeof(SharedLease).AssemblyQualifiedName}}"
        """);

    /// <summary>A lease that all nodes of this process reach, whatever the network does.</summary>
    public sealed class SharedLease(LeaseSettings settings) : Lease(settings)
    {
        private static readonly ConcurrentDictionary<string, string> Owners = new();

        public static string? OwnerOf(string lease) => Owners.GetValueOrDefault(lease);

        public static void Take(string lease, string owner) => Owners[lease] = owner;

        public override Task<bool> Acquire() => Task.FromResult(Owners.GetOrAdd(Settings.LeaseName, Settings.OwnerName) == Settings.OwnerName);

        public override Task<bool> Acquire(Action<Exception?> leaseLostCallback) => Acquire();

        public override bool CheckLease() => OwnerOf(Settings.LeaseName) == Settings.OwnerName;

        public override Task<bool> Release() => Task.FromResult(Owners.TryRemove(KeyValuePair.Create(Settings.LeaseName, Settings.OwnerName)));
    }
}
