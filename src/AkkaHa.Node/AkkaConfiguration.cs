using System.Globalization;
using Akka.Configuration;
using Akka.Persistence.Sql;
using AkkaHa.Cluster.Downing;
using AkkaHa.Core.Quorum;
using AkkaHa.Node.Settings;
using AkkaHa.Node.State;
using AkkaHa.Protocol;

namespace AkkaHa.Node;

/// <summary>The actor system's configuration, made from a node's settings.</summary>
internal static class AkkaConfiguration
{
    public const string SystemName = "akkaha";

    public static Config Of(NodeSettings settings)
    {
        return ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = {{settings.LogLevel}}
              stdout-loglevel = {{settings.LogLevel}}
              log-dead-letters = off
              log-dead-letters-during-shutdown = off
              actor.provider = cluster
              remote {
                retry-gate-closed-for = {{Time(settings.Timing.HeartbeatInterval)}}
                dot-netty.tcp {
                  # A batch of entries, a snapshot of the state, a full status: what one message may need.
                  maximum-frame-size = 64MiB
                  hostname = {{Quote(settings.Self.Host)}}
                  port = {{Number(settings.Self.Port)}}
                }
              }
              cluster {
                roles = [{{string.Join(", ", Roles(settings.Self))}}]
                gossip-interval = {{Time(settings.Timing.GossipInterval)}}
                leader-actions-interval = {{Time(settings.Timing.GossipInterval)}}
                unreachable-nodes-reaper-interval = {{Time(settings.Timing.GossipInterval)}}
                periodic-tasks-initial-delay = {{Time(settings.Timing.GossipInterval)}}
                allow-weakly-up-members = off
                run-coordinated-shutdown-when-down = on
                failure-detector {
                  implementation-class = "Akka.Remote.DeadlineFailureDetector, Akka.Remote"
                  heartbeat-interval = {{Time(settings.Timing.HeartbeatInterval)}}
                  acceptable-heartbeat-pause = {{Time(settings.Timing.AcceptablePause)}}
                  expected-response-after = {{Time(settings.Timing.HeartbeatInterval)}}
                  monitored-by-nr-of-members = {{Number(Math.Max(settings.Nodes.Count, 2))}}
                }
                downing-provider-class = {{Quote(IsOwnResolver(settings) ? VoteMajorityProvider.ClassName : "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster")}}
                split-brain-resolver {
                  active-strategy = {{(IsOwnResolver(settings) ? "static-quorum" : settings.Quorum.Resolver)}}
                  stable-after = {{Time(settings.Timing.StableAfter)}}
                  down-all-when-unstable = off
                  static-quorum {
                    quorum-size = {{Number(Majorities.Of(settings.Voters.Count))}}
                    role = voter
                  }
                  lease-majority {
                    lease-implementation = "akkaha.lease"
                    role = voter
                  }
                  keep-majority.role = voter
                  keep-oldest.role = voter
                }
              }
              coordinated-shutdown {
                exit-clr = off
                run-by-clr-shutdown-hook = off
                terminate-actor-system = on
              }
            }
            akkaha.lease.lease-class = {{Quote(settings.Quorum.LeaseClass)}}
            """)
            .WithFallback(ConfigurationFactory.ParseString(TlsSettings.Remoting(settings.Tls)))
            .WithFallback(Persistence(StateStore.JournalIn(settings.DataDirectory)))
            .WithFallback(ConfigurationFactory.ParseString(AkkaHaSerializer.Configuration))
            .WithFallback(SqlPersistence.DefaultConfiguration);
    }

    /// <summary>Journal and snapshots in one SQLite file.</summary>
    public static Config Persistence(string file) => ConfigurationFactory.ParseString($$"""
        akka.persistence {
          journal {
            plugin = "akka.persistence.journal.sql"
            sql {
              connection-string = {{Quote($"Data Source={file}")}}
              provider-name = "SQLite.MS"
              auto-initialize = true
            }
          }
          snapshot-store {
            plugin = "akka.persistence.snapshot-store.sql"
            sql {
              connection-string = {{Quote($"Data Source={file}")}}
              provider-name = "SQLite.MS"
              auto-initialize = true
            }
          }
        }
        """);

    private static bool IsOwnResolver(NodeSettings settings) => settings.Quorum.Resolver == QuorumSettings.VoteMajority;

    private static IEnumerable<string> Roles(PeerSettings self)
    {
        if (self.Votes > 0)
            yield return "voter";
        if (self.Votes > 0 && !self.IsArbiter)
            yield return ResolverActor.CrmRole;
        if (self.IsArbiter)
            yield return "arbiter";
    }

    private static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMilliseconds}ms");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
