using Akka.Configuration;
using AkkaHa.Node;
using AkkaHa.Node.Settings;

namespace AkkaHa.Benchmarks.Clustering;

/// <summary>The rules under which clusters are measured. A member gets the name of its rules on its command line.</summary>
internal static class ClusterConfigurations
{
    /// <summary>Everything as the defaults are.</summary>
    public const string Defaults = "defaults";

    /// <summary>The defaults with stable-after = 5 s, as the published engine was measured.</summary>
    public const string StableAfterFive = "stable-after-5s";

    /// <summary>What an AkkaHa node configures for itself, with its own defaults.</summary>
    public const string AkkaHa = "akkaha";

    /// <summary>The configuration of a member.</summary>
    /// <param name="rules">The name of the rules.</param>
    /// <param name="ports">The ports of all members; the first is the first seed.</param>
    /// <param name="port">The member's own.</param>
    public static Config Of(string rules, IReadOnlyList<int> ports, int port)
    {
        var seeds = string.Join(", ", ports.Select(p => $"\"akka.tcp://{AkkaConfiguration.SystemName}@127.0.0.1:{p}\""));
        var common = ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = WARNING
              stdout-loglevel = WARNING
              actor.provider = cluster
              remote.dot-netty.tcp { hostname = "127.0.0.1", port = {{port}} }
              cluster.seed-nodes = [{{seeds}}]
            }
            """);
        return rules switch
        {
            Defaults => common,
            StableAfterFive => common.WithFallback(ConfigurationFactory.ParseString("akka.cluster.split-brain-resolver.stable-after = 5s")),
            AkkaHa => common.WithFallback(AkkaConfiguration.Of(SettingsOf(ports, port))),
            _ => throw new ArgumentException($"There are no rules '{rules}'.", nameof(rules)),
        };
    }

    /// <summary>The removal margin of the singleton: AkkaHa's own, or what the resolver says.</summary>
    public static TimeSpan RemovalMarginOf(string rules) => rules == AkkaHa ? NodeActors.RemovalMargin : TimeSpan.Zero;

    private static NodeSettings SettingsOf(IReadOnlyList<int> ports, int port)
    {
        var nodes = string.Join('\n', ports.Select(p => $"n{p} {{ address = \"127.0.0.1:{p}\", votes = 1 }}"));
        return SettingsReader.Read(
            Hocon.HoconConfigurationFactory.ParseString($$"""
                akkaha {
                  node = n{{port}}
                  data-directory = "{{Path.Combine(Path.GetTempPath(), $"akkaha-bench-{port}").Replace('\\', '/')}}"
                  nodes { {{nodes}} }
                  log-level = WARNING
                }
                """),
            "the benchmark's settings");
    }
}
