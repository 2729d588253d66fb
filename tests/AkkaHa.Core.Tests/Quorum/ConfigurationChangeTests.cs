using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.Tests.Quorum;

public class ConfigurationChangeTests
{
    private static readonly Configuration Three = Voters.Configuration("pve1", "pve2", "pve3");

    [Fact]
    public void One_voter_may_be_added_removed_or_replaced()
    {
        Assert.Null(ConfigurationChange.Refuse(Three, ConfigurationChange.Add(Three, Voters.Of("pve4"))));
        Assert.Null(ConfigurationChange.Refuse(Three, ConfigurationChange.Remove(Three, new NodeName("pve2"))));
        Assert.Null(ConfigurationChange.Refuse(Three, ConfigurationChange.Replace(Three, Voters.Of("pve2", 99))));
    }

    [Fact]
    public void Two_changes_in_one_step_are_refused_by_name()
    {
        var swapped = ConfigurationChange.Add(Three, Voters.Of("pve4")).Remove(new NodeName("pve2"));

        Assert.Equal("voters change one at a time, and this would change pve4, pve2 together", ConfigurationChange.Refuse(Three, swapped));
    }

    [Fact]
    public void No_change_is_refused() =>
        Assert.Equal("the voters would stay the same", ConfigurationChange.Refuse(Three, Three.Voters));

    [Fact]
    public void The_last_voter_stays_and_an_eighth_does_not_come()
    {
        var one = Voters.Configuration("pve1");
        var seven = Voters.Configuration("n1", "n2", "n3", "n4", "n5", "n6", "n7");

        Assert.Equal("a configuration has 1 to 7 voters, not 0", ConfigurationChange.Refuse(one, ConfigurationChange.Remove(one, new NodeName("pve1"))));
        Assert.Equal("a configuration has 1 to 7 voters, not 8", ConfigurationChange.Refuse(seven, ConfigurationChange.Add(seven, Voters.Of("n8"))));
    }

    [Fact]
    public void A_copied_disk_is_found_by_its_UUID()
    {
        var copied = ConfigurationChange.Add(Three, new Voter(new NodeName("pve4"), Three.VoterOn(new NodeName("pve1"))!.Replica, 1));

        Assert.Contains("pve1 and pve4 have the same replica UUID", ConfigurationChange.Refuse(Three, copied));
    }

    [Fact]
    public void A_start_counter_does_not_fall()
    {
        var five = new Configuration(1, 0, Voters.Set(Voters.Of("pve1", 1, startCounter: 5), Voters.Of("pve2")));
        var lowered = ConfigurationChange.Replace(five, Voters.Of("pve1", 1, startCounter: 4));

        Assert.Contains("the start counter of pve1 would fall to 4", ConfigurationChange.Refuse(five, lowered));
    }

    [Fact]
    public void Voters_not_known_yet_may_share_the_empty_UUID()
    {
        var voters = new[] { "pve1", "pve2" }.ToImmutableSortedDictionary(n => new NodeName(n), n => new Voter(new NodeName(n), Guid.Empty, 0));

        Assert.Null(ConfigurationChange.RefuseSet(voters));
    }
}
