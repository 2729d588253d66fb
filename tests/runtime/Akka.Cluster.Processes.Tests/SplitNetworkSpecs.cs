using Akka.Cluster.Processes.Tests.Support;

namespace Akka.Cluster.Processes.Tests;

/// <summary>Ten hosts, of which three lose the way to the other seven. The leader is one of the three.</summary>
[Collection(Machine.Name)]
public class SplitNetworkSpecs
{
    private static readonly int[] Three = [1, 2, 3];
    private static readonly int[] Seven = [4, 5, 6, 7, 8, 9, 10];

    [HostsFact]
    public Task When_nothing_passes_between_seven_and_three_the_seven_stay_and_the_three_down_themselves() => SevenStay(hosts =>
    {
        hosts.Cut(Three, Seven);
        hosts.Cut(Seven, Three);
    });

    [HostsFact]
    public Task When_what_the_three_send_is_lost_the_seven_stay_and_the_three_down_themselves() => SevenStay(hosts => hosts.Cut(Three, Seven));

    [HostsFact]
    public Task When_what_the_seven_send_is_lost_the_seven_stay_and_the_three_down_themselves() => SevenStay(hosts => hosts.Cut(Seven, Three));

    [HostsFact]
    public async Task When_a_lease_on_a_shared_disk_decides_the_seven_get_it_and_the_three_down_themselves()
    {
        var disk = Directory.CreateTempSubdirectory("akka-shared-disk-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(disk, "akka-leases"), "");
            await SevenStay(
                hosts =>
                {
                    hosts.Cut(Three, Seven);
                    hosts.Cut(Seven, Three);
                },
                $$"""
                akka.cluster.split-brain-resolver {
                  active-strategy = lease-majority
                  lease-majority { lease-implementation = akka.coordination.lease.shared-disk, acquire-lease-delay-for-minority = 10s }
                }
                akka.coordination.lease.shared-disk { directory = "{{disk}}", lease-operation-timeout = 20s }
                """);
        }
        finally
        {
            Directory.Delete(disk, recursive: true);
        }
    }

    private static async Task SevenStay(Action<Hosts> cut, string settings = "")
    {
        using var hosts = Hosts.Create(TenNodes.Count);
        await using var cluster = await TenNodes.Form(Hosts.Address, Hosts.At, settings);

        cut(hosts);

        await Task.WhenAll(Three.Select(async host =>
        {
            var node = cluster.Nodes[host - 1];
            Assert.True(await node.Ended() != 0, $"{node}");
            Assert.Contains("ends ClusterDowningReason", node.Lines);
        }));
        await cluster.AllUp(Seven.Select(host => host - 1));
    }
}
