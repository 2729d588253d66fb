using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using AkkaHa.Cluster;
using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Host;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.SelfFence;
using AkkaHa.Node;
using AkkaHa.Node.Settings;

namespace AkkaHa.Benchmarks.Clustering;

/// <summary>Starts the actor system of a member under the rules that are asked for.</summary>
internal static class MemberSystems
{
    /// <param name="rules">One of <see cref="ClusterRules"/>.</param>
    /// <param name="folder">Where it may write.</param>
    /// <param name="ports">The ports of all members; the first is the first seed.</param>
    /// <param name="port">The member's own.</param>
    public static ActorSystem Start(string rules, string folder, IReadOnlyList<int> ports, int port)
    {
        switch (rules)
        {
            case ClusterRules.Defaults:
                return ActorSystem.Create(AkkaConfiguration.SystemName, Seeded(ports, port));
            case ClusterRules.StableAfterFive:
                return ActorSystem.Create(
                    AkkaConfiguration.SystemName, Seeded(ports, port).WithFallback(ConfigurationFactory.ParseString("akka.cluster.split-brain-resolver.stable-after = 5s")));
            case ClusterRules.AkkaHa:
                var settings = SettingsOf(folder, ports, port);
                var context = NodeContexts.Of(settings, MachineOf(settings));
                ActorSystemSetup setup = BootstrapSetup.Create().WithConfig(AkkaConfiguration.Of(settings)).And(new NodeSetup(context));
                var system = ActorSystem.Create(AkkaConfiguration.SystemName, setup);
                NodeActors.Start(system, context);
                return system;
            default:
                throw new ArgumentException($"There are no rules '{rules}'.", nameof(rules));
        }
    }

    /// <summary>The removal margin of the singleton: AkkaHa's own, or what the resolver says.</summary>
    public static TimeSpan RemovalMarginOf(string rules) => rules == ClusterRules.AkkaHa ? NodeActors.RemovalMargin : TimeSpan.Zero;

    private static Config Seeded(IReadOnlyList<int> ports, int port)
    {
        var seeds = string.Join(", ", ports.Select(p => $"\"akka.tcp://{AkkaConfiguration.SystemName}@127.0.0.1:{p}\""));
        return ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = ERROR
              stdout-loglevel = ERROR
              actor.provider = cluster
              remote.dot-netty.tcp { hostname = "127.0.0.1", port = {{port}} }
              cluster.seed-nodes = [{{seeds}}]
            }
            """);
    }

    private static NodeSettings SettingsOf(string folder, IReadOnlyList<int> ports, int port)
    {
        var nodes = string.Join('\n', ports.Select(p => $"n{p} {{ address = \"127.0.0.1:{p}\", votes = 1 }}"));
        return SettingsReader.Read(
            Hocon.HoconConfigurationFactory.ParseString($$"""
                akkaha {
                  node = n{{port}}
                  data-directory = "{{folder}}/n{{port}}"
                  nodes { {{nodes}} }
                  log-level = ERROR
                }
                """),
            "the benchmark's settings");
    }

    /// <summary>A machine of its own for each process: no guests, no fence devices.</summary>
    private static NodeMachine MachineOf(NodeSettings settings)
    {
        Directory.CreateDirectory(settings.DataDirectory);
        var boot = new Boot(settings.Node, new BootId(Guid.NewGuid().ToString()));
        var vmHost = new VmHost(new NoHypervisor(settings.Node), TimeProvider.System);
        var terms = new LeaseTerms(settings.Lease.NodeTtl, TimeSpan.Zero, IsArmed: false);
        return new NodeMachine(
            boot,
            HostClock.BoottimeNanos,
            $"the machine of {settings.Node}",
            vmHost,
            new LeaseGuard(boot, terms, vmHost, new LeaseFile(settings.DataDirectory), null, HostClock.BootTime, TimeProvider.System, _ => { }),
            "none",
            ImmutableSortedDictionary<NodeName, ImmutableList<ImmutableList<IFenceDevice>>>.Empty,
            Guid.NewGuid,
            () => Random.Shared.NextInt64(1, long.MaxValue));
    }
}
