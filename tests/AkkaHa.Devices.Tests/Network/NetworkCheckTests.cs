using AkkaHa.Devices.Network;

namespace AkkaHa.Devices.Tests.Network;

public sealed class NetworkCheckTests
{
    [Fact]
    public void A_storage_on_the_clusters_interface_is_a_problem_also_through_a_VLAN()
    {
        var findings = NetworkCheck.Judge(
            [("cluster", "eth0.10", "10.0.0.1"), ("storage /mnt/vm", "eth0.20", "10.0.2.9"), ("migration", "eth1", "10.0.3.1")],
            Below(("eth0.10", "eth0"), ("eth0.20", "eth0")), hasSecondLink: true);

        var problem = Assert.Single(findings, f => f.IsProblem);
        Assert.StartsWith("storage /mnt/vm (10.0.2.9) and cluster share eth0:", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_link_on_the_same_cable_and_migrations_on_the_clusters_address_are_problems()
    {
        var findings = NetworkCheck.Judge(
            [("cluster", "eth0", "10.0.0.1"), ("second link", "eth0", "10.0.1.1"), ("migration", "eth0", "10.0.0.1")], Below(), hasSecondLink: true);

        Assert.Equal(2, findings.Count(f => f.IsProblem));
        Assert.Contains(findings, f => f.Text.Contains("both links fail with it", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.Text.StartsWith("migration and cluster share one address", StringComparison.Ordinal));
    }

    [Fact]
    public void Networks_apart_are_no_problem_and_a_single_link_and_a_missing_address_are_told()
    {
        (string, string?, string)[] apart = [("cluster", "eth0", "10.0.0.1"), ("second link", "eth1", "10.0.1.1"), ("migration", "eth2", "10.0.2.1"), ("storage /vm", "eth2", "10.0.2.9")];
        Assert.DoesNotContain(NetworkCheck.Judge(apart, Below(), hasSecondLink: true), f => f.IsProblem);

        var findings = NetworkCheck.Judge([("cluster", null, "10.0.0.1")], Below(), hasSecondLink: false);
        Assert.Equal(2, findings.Count(f => f.IsProblem));
    }

    [Fact]
    public void Network_mounts_are_found_in_the_table_of_mounts_with_the_server_they_come_from()
    {
        var mounts = NetworkMount.Parse(
        [
            "/dev/sda1 / ext4 rw 0 0",
            "10.0.2.9:/export/vm /mnt/vm nfs4 rw 0 0",
            "[2001:db8::9]:/export /mnt/six nfs rw 0 0",
            "//filer/share /mnt/share cifs rw 0 0",
            "mon1:6789,mon2:6789:/ /mnt/ceph ceph rw 0 0",
        ]);

        Assert.Equal(["10.0.2.9", "2001:db8::9", "filer", "mon1"], mounts.Select(m => m.Server));
    }

    private static Func<string, IReadOnlySet<string>> Below(params (string Name, string Lower)[] lower) =>
        name => lower.Where(l => l.Name == name).Select(l => l.Lower).DefaultIfEmpty(name).ToHashSet();
}
