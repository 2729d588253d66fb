using Akka.Cluster.SBR;
using Akka.Configuration;

namespace Akka.Cluster.Tests;

public class ClusterSettingsSpecs
{
    private static readonly Config Defaults = ConfigurationFactory.FromResource<ClusterSettings>("Akka.Cluster.reference.conf");

    [Fact]
    public void The_defaults_are_those_of_the_published_package()
    {
        var settings = Read("");
        Assert.Equal(TimeSpan.FromSeconds(1), settings.HeartbeatInterval);
        Assert.Equal(TimeSpan.FromSeconds(1), settings.HeartbeatExpectedResponseAfter);
        Assert.Equal("Akka.Remote.PhiAccrualFailureDetector, Akka.Remote", settings.FailureDetectorImplementationClass);
        Assert.Equal(9, settings.MonitoredByNrOfMembers);
        Assert.Empty(settings.SeedNodes);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.SeedNodeTimeout);
        Assert.Equal(TimeSpan.FromSeconds(10), settings.RetryUnsuccessfulJoinAfter);
        Assert.Null(settings.ShutdownAfterUnsuccessfulJoinSeedNodes);
        Assert.Equal(TimeSpan.FromSeconds(1), settings.PeriodicTasksInitialDelay);
        Assert.Equal(TimeSpan.FromSeconds(1), settings.GossipInterval);
        Assert.Equal(TimeSpan.FromSeconds(2), settings.GossipTimeToLive);
        Assert.Equal(TimeSpan.FromSeconds(1), settings.LeaderActionsInterval);
        Assert.Equal(TimeSpan.FromSeconds(1), settings.UnreachableNodesReaperInterval);
        Assert.Empty(settings.Roles);
        Assert.Equal(1, settings.MinNrOfMembers);
        Assert.Empty(settings.MinNrOfMembersOfRole);
        Assert.Equal(0.8, settings.GossipDifferentViewProbability);
        Assert.Equal(400, settings.ReduceGossipDifferentViewProbability);
        Assert.True(settings.LogInfo);
        Assert.False(settings.LogInfoVerbose);
        Assert.True(settings.RunCoordinatedShutdownWhenDown);
        Assert.True(settings.AllowWeaklyUpMembers);
        Assert.Equal(TimeSpan.FromSeconds(7), settings.WeaklyUpAfter);
        Assert.Equal(typeof(SplitBrainResolverProvider), settings.DowningProviderType);
    }

    [Fact]
    public void The_defaults_of_the_resolver_are_those_of_the_published_package()
    {
        var settings = new SplitBrainResolverSettings(Defaults);
        Assert.Equal("keep-majority", settings.DowningStrategy);
        Assert.Equal(TimeSpan.FromSeconds(20), settings.DowningStableAfter);
        Assert.Equal(TimeSpan.FromSeconds(15), settings.DownAllWhenUnstable);
        Assert.Equal("", settings.KeepMajorityRole);
        Assert.True(settings.KeepOldestSettings.DownIfAlone);
    }

    [Theory]
    [InlineData("on", "4s", 4)]
    [InlineData("on", "10s", 7.5)]
    [InlineData("off", "10s", 0)]
    [InlineData("12s", "10s", 12)]
    public void How_long_unrest_may_last_is_derived_from_stable_after_unless_it_is_set(string value, string stableAfter, double seconds)
    {
        var config = ConfigurationFactory.ParseString($"akka.cluster.split-brain-resolver {{ stable-after = {stableAfter}, down-all-when-unstable = {value} }}").WithFallback(Defaults);
        Assert.Equal(TimeSpan.FromSeconds(seconds), new SplitBrainResolverSettings(config).DownAllWhenUnstable);
    }

    [Fact]
    public void Values_are_read()
    {
        var settings = Read("""
            akka.cluster {
              seed-nodes = ["akka.tcp://ha@10.0.0.1:2552"]
              roles = [voter]
              role { voter.min-nr-of-members = 3, "odd.name".min-nr-of-members = 2 }
              app-version = "1.4"
              retry-unsuccessful-join-after = off
              allow-weakly-up-members = off
              downing-provider-class = ""
              down-removal-margin = 1ms
            }
            """);
        Assert.Equal("akka.tcp://ha@10.0.0.1:2552", settings.SeedNodes.Single().ToString());
        Assert.Equal((3, 2), (settings.MinNrOfMembersOfRole["voter"], settings.MinNrOfMembersOfRole["odd.name"]));
        Assert.Equal("1.4", settings.AppVersion.Version);
        Assert.Null(settings.RetryUnsuccessfulJoinAfter);
        Assert.False(settings.AllowWeaklyUpMembers);
        Assert.Equal(typeof(NoDowning), settings.DowningProviderType);
        Assert.Equal(TimeSpan.FromMilliseconds(1), settings.DownRemovalMargin);
    }

    [Theory]
    [InlineData("gossip-interval = 0s", "gossip-interval")]
    [InlineData("min-nr-of-members = 0", "min-nr-of-members")]
    [InlineData("failure-detector.monitored-by-nr-of-members = 0", "monitored-by-nr-of-members")]
    [InlineData("seed-nodes = [nonsense]", "nonsense")]
    [InlineData("seed-nodes = [\"akka.tcp://other@10.0.0.1:2552\"]", "other")]
    [InlineData("downing-provider-class = \"No.Such, Class\"", "No.Such")]
    [InlineData("downing-provider-class = \"System.String\"", "IDowningProvider")]
    [InlineData("auto-down-unreachable-after = 10s", "auto-down-unreachable-after")]
    public void A_value_that_cannot_be_used_is_refused_by_its_name(string setting, string name) =>
        Assert.Contains(name, Assert.Throws<ConfigurationException>(() => Read($"akka.cluster.{setting}")).Message);

    [Theory]
    [InlineData("active-strategy = keep-referee", "keep-referee")]
    [InlineData("active-strategy = static-quorum", "quorum-size")]
    [InlineData("active-strategy = lease-majority", "lease-implementation")]
    [InlineData("stable-after = 0s", "stable-after")]
    public void A_value_that_the_resolver_cannot_use_is_refused_by_its_name(string setting, string name)
    {
        var config = ConfigurationFactory.ParseString($"akka.cluster.split-brain-resolver.{setting}").WithFallback(Defaults);
        Assert.Contains(name, Assert.Throws<ConfigurationException>(() => new SplitBrainResolverSettings(config)).Message);
    }

    private static ClusterSettings Read(string hocon) => new(ConfigurationFactory.ParseString(hocon).WithFallback(Defaults), "ha");
}
