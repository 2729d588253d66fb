using Akka.Cluster.Processes.Tests.Support;

namespace Akka.Cluster.Processes.Tests;

[Collection(Machine.Name)]
public class FrozenProcessSpecs
{
    [Fact]
    public async Task A_process_that_was_frozen_for_too_long_is_downed_and_quarantined_and_ends_and_the_other_nine_go_on()
    {
        await using var cluster = await TenNodes.Form(host => $"127.0.1.{host}", _ => []);
        var frozen = cluster.Nodes[4];
        var others = Enumerable.Range(0, TenNodes.Count).Where(i => i != 4).ToList();

        frozen.Freeze();
        await cluster.AllUp(others);
        await Task.WhenAll(others.Select(i => cluster.Nodes[i].Said(line => line == $"quarantines {cluster.Addresses[4]}")));
        frozen.GoOn();

        Assert.NotEqual(0, await frozen.Ended());
        Assert.Contains("ends ClusterDowningReason", frozen.Lines);
        await cluster.AllUp(others);
    }
}
