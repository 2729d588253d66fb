using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.Tests.Quorum;

public class ConfigurationTests
{
    [Fact]
    public void A_node_without_a_vote_does_not_count_and_none_counts_twice()
    {
        var configuration = Voters.Configuration("pve1", "pve2", "pve3");

        Assert.True(configuration.IsMajority([new("pve1"), new("pve3")]));
        Assert.False(configuration.IsMajority([new("pve1"), new("pve1"), new("pve9")]));
        Assert.False(configuration.IsMajority([]));
    }

    [Fact]
    public void A_voter_is_known_by_its_replica_and_not_from_before_the_configuration()
    {
        var configuration = new Configuration(1, 5, Voters.Set(Voters.Of("pve1", 7, startCounter: 3)));
        var pve1 = new NodeName("pve1");
        var replica = configuration.VoterOn(pve1)!.Replica;

        Assert.True(configuration.Names(pve1, replica, 3));
        Assert.True(configuration.Names(pve1, replica, 8));
        Assert.False(configuration.Names(pve1, replica, 2));
        Assert.False(configuration.Names(pve1, Guid.Empty, 3));
        Assert.False(configuration.Names(new NodeName("pve2"), replica, 3));
    }

    [Fact]
    public void A_newer_generation_is_newer_than_any_index()
    {
        Assert.True(new ConfigurationVersion(2, 1) > new ConfigurationVersion(1, 900));
        Assert.True(new ConfigurationVersion(1, 2) > new ConfigurationVersion(1, 1));
        Assert.True(ConfigurationVersion.None < new ConfigurationVersion(1, 0));
    }

    [Fact]
    public void Configurations_are_equal_by_what_they_say()
    {
        Assert.Equal(Voters.Configuration("pve1", "pve2"), Voters.Configuration("pve2", "pve1"));
        Assert.NotEqual(Voters.Configuration("pve1", "pve2"), Voters.Configuration("pve1", "pve3"));
        Assert.NotEqual(Voters.Configuration("pve1"), Voters.Configuration("pve1") with { ClusterId = new Guid(1, 0, 0, new byte[8]) });
        Assert.Equal(Voters.Configuration("pve1", "pve2").GetHashCode(), Voters.Configuration("pve2", "pve1").GetHashCode());
    }

    [Fact]
    public void It_is_described_in_one_line() =>
        Assert.Equal("g1/0 {pve1 pve2 pve3} majority 2", Voters.Configuration("pve3", "pve1", "pve2").Describe());
}
