using static Akka.Cluster.Tests.Simulated.SimulatedCluster;

namespace Akka.Cluster.Tests.Simulated;

/// <summary>
/// Random faults, then peace. While they last no two sides that know nothing of each other may both go on; afterwards all that is
/// left is one cluster that agrees.
/// </summary>
public class ChaosSpecs
{
    private const int Nodes = 5;
    private const double LongestFlap = 22;

    /// <summary>How many runs of each strategy; set CLUSTER_CHAOS_RUNS for a long search.</summary>
    private static readonly int Runs = int.TryParse(Environment.GetEnvironmentVariable("CLUSTER_CHAOS_RUNS"), out var runs) ? runs : 8;

    public static TheoryData<string, long> Cases
    {
        get
        {
            var cases = new TheoryData<string, long>();
            foreach (var strategy in new[] { "static-quorum", "keep-majority", "keep-oldest" })
                for (var seed = 1; seed <= Runs; seed++) cases.Add(strategy, seed);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Whatever_happens_one_cluster_is_left_and_it_agrees(string strategy, long seed)
    {
        using var cluster = new SimulatedCluster(seed, strategy == "static-quorum" ? StaticQuorum(Nodes / 2 + 1) : Strategy(strategy));
        var names = cluster.Form(Nodes);
        var random = new Random((int)seed);
        for (var step = 0; step < 12; step++)
        {
            Disturb(cluster, names, random);
            cluster.Pass(random.NextDouble() * 6);
            AssertOneQuorum(cluster);
        }

        // A link that flaps goes on doing so until it has done it as often as it was told to.
        cluster.Pass(LongestFlap);
        cluster.Network.HealAll();
        foreach (var name in names) cluster.Network.PowerOn(name);
        foreach (var name in cluster.Running.Keys) cluster.Machine(name).Thaw();
        cluster.Await(() => Agreed(cluster), "those that are left agree");
        AssertOneQuorum(cluster);

        // Everybody who ended comes back, into the cluster that is left or, if none is, into a new one.
        var left = Living(cluster);
        foreach (var name in names.Except(left)) cluster.Start(name);
        var contact = left.FirstOrDefault() ?? names[0];
        foreach (var name in names.Except(left)) cluster[name].Join(cluster[contact].SelfAddress);
        cluster.Await(() => cluster.AllUp(names), "all are up again");
    }

    [Fact]
    public void A_seed_gives_the_same_run_each_time()
    {
        Assert.Equal(Run(), Run());

        static List<string> Run()
        {
            var trace = new List<string>();
            using var cluster = new SimulatedCluster(7, StaticQuorum(2));
            cluster.Environment.Trace = trace.Add;
            var names = cluster.Form(3);
            cluster.Network.Partition(names[..2], names[2..]);
            cluster.Await(() => cluster.AllUp(names[..2]) && cluster.HasEnded(names[2]), "two stay");
            return trace;
        }
    }

    private static void Disturb(SimulatedCluster cluster, string[] names, Random random)
    {
        var (one, other) = (names[random.Next(Nodes)], names[random.Next(Nodes)]);
        switch (random.Next(9))
        {
            case 0:
                var cut = names.Where(_ => random.Next(2) == 0).ToList();
                cluster.Network.Partition(cut, names.Except(cut).ToList());
                break;
            case 1 when one != other:
                cluster.Network.Partition([one], [other]);
                break;
            case 2 when one != other:
                cluster.Network.Cut(one, other);
                break;
            case 3 when one != other:
                cluster.Network.Flap(one, other, TimeSpan.FromSeconds(random.NextDouble() * 3), TimeSpan.FromSeconds(random.NextDouble() * 4), 3);
                break;
            case 4 when cluster.Running.ContainsKey(one):
                cluster.Machine(one).Freeze();
                break;
            case 5 when cluster.Running.ContainsKey(one):
                cluster.Machine(one).Thaw();
                break;
            case 6 when cluster.Running.ContainsKey(one):
                cluster.PowerOff(one);
                break;
            case 7 when cluster.Running.TryGetValue(one, out var leaving) && !leaving.IsTerminated:
                leaving.Leave(leaving.SelfAddress);
                break;
            default:
                cluster.Network.HealAll();
                break;
        }
    }

    private static string[] Living(SimulatedCluster cluster) =>
        cluster.Running.Where(n => !n.Value.IsTerminated && !n.Value.System.WhenTerminated.IsCompleted).Select(n => n.Key).ToArray();

    private static bool Agreed(SimulatedCluster cluster)
    {
        var living = Living(cluster);
        return cluster.AllUp(living) && cluster.Running.Values.All(n => !n.IsTerminated || n.System.WhenTerminated.IsCompleted);
    }

    /// <summary>At no moment have two living nodes removed each other's side: that would be two clusters.</summary>
    private static void AssertOneQuorum(SimulatedCluster cluster)
    {
        var running = Living(cluster).Select(n => cluster[n]).ToList();
        foreach (var a in running)
            foreach (var b in running)
            {
                var aIsWithoutB = a.ReadView.Gossip.Tombstones.Contains(b.SelfUniqueAddress);
                var bIsWithoutA = b.ReadView.Gossip.Tombstones.Contains(a.SelfUniqueAddress);
                Assert.False(aIsWithoutB && bIsWithoutA, $"{a.SelfAddress.Host} and {b.SelfAddress.Host} have removed each other (seed {cluster.Environment.Seed}).\n{cluster}");
            }
    }
}
