using System.Globalization;
using AkkaHa.Core.Model;
using AkkaHa.Node;
using AkkaHa.Node.Settings;
using Hocon;
using Config = Akka.Configuration.Config;
using ConfigurationFactory = Akka.Configuration.ConfigurationFactory;

namespace AkkaHa.Simulation.World;

/// <summary>The nodes' configuration: the real one, read by the real reader, with the simulated journal in place of the database.</summary>
internal sealed class WorldConfiguration
{
    private const int Port = 4400;

    private readonly SortedDictionary<NodeName, (NodeSettings Settings, Config Akka)> _nodes = [];

    public WorldConfiguration(WorldSettings world)
    {
        var nodes = string.Join('\n', world.Nodes.Select(n => string.Create(
            CultureInfo.InvariantCulture, $"{n} {{ address = \"{n}:{Port}\", votes = 1{(world.Arbiters.Contains(n) ? ", role = arbiter" : "")} }}")));
        foreach (var name in world.Nodes)
        {
            var own = HoconConfigurationFactory.ParseString($$"""
                {{world.OwnFile}}
                akkaha {
                  node = {{name}}
                  data-directory = /nowhere
                  nodes { {{nodes}} }
                  host.guest-memory = {{world.MemoryMib.ToString(CultureInfo.InvariantCulture)}}MiB
                  {{world.NodeConfiguration}}
                }
                """);
            var settings = SettingsReader.Read(own, "the simulation");
            _nodes[name] = (settings, Plugins(world).WithFallback(AkkaConfiguration.Of(settings)));
        }
    }

    public NodeSettings SettingsOf(NodeName node) => _nodes[node].Settings;

    public Config Of(NodeName node) => _nodes[node].Akka;

    private static Config Plugins(WorldSettings world) => ConfigurationFactory.ParseString($$"""
        akka {
          loglevel = {{world.ActorLogLevel ?? "OFF"}}
          stdout-loglevel = OFF
          loggers = [{{(world.ActorLogLevel is null ? "" : $"\"{typeof(TraceLogger).FullName}, AkkaHa.Simulation\"")}}]
          persistence {
            journal {
              plugin = "akka.persistence.journal.simulated"
              simulated {
                class = "AkkaHa.Simulation.Persistence.SimulatedJournal, AkkaHa.Simulation"
                plugin-dispatcher = "akka.actor.default-dispatcher"
              }
            }
            snapshot-store {
              plugin = "akka.persistence.snapshot-store.simulated"
              simulated {
                class = "AkkaHa.Simulation.Persistence.SimulatedSnapshotStore, AkkaHa.Simulation"
                plugin-dispatcher = "akka.actor.default-dispatcher"
              }
            }
          }
        }
        """);
}
