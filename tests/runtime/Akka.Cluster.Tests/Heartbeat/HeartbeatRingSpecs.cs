using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tests;

public class HeartbeatRingSpecs
{
    private static readonly HashSet<UniqueAddress> Nobody = [];

    [Fact]
    public void Every_node_is_monitored_by_as_many_as_are_asked_for()
    {
        var nodes = Enumerable.Range(1, 20).Select(n => Node(n)).ToList();
        foreach (var count in new[] { 1, 3, 9 })
        {
            var observers = nodes.SelectMany(n => HeartbeatRing.ReceiversOf(n, nodes, Nobody, count)).CountBy(n => n).ToDictionary();
            Assert.All(nodes, n => Assert.Equal(count, observers[n]));
        }
    }

    [Fact]
    public void In_a_small_cluster_every_node_monitors_every_other()
    {
        var nodes = Enumerable.Range(1, 5).Select(n => Node(n)).ToList();
        Assert.All(nodes, n => Assert.True(HeartbeatRing.ReceiversOf(n, nodes, Nobody, 9).SetEquals(nodes.Where(o => o != n))));
    }

    [Fact]
    public void Who_is_out_of_reach_is_monitored_but_not_counted() => Properties.Hold(random =>
    {
        var nodes = Enumerable.Range(1, random.Next(2, 12)).Select(n => Node(n)).ToList();
        var lost = nodes.Where(_ => random.Next(3) == 0).ToHashSet();
        var self = nodes[random.Next(nodes.Count)];
        var count = random.Next(1, 5);
        var receivers = HeartbeatRing.ReceiversOf(self, nodes, lost, count);
        var reachable = nodes.Count(n => n != self && !lost.Contains(n));
        Assert.Equal(Math.Min(count, reachable), receivers.Count(r => !lost.Contains(r)));
        Assert.DoesNotContain(self, receivers);
    });
}
