using System.Collections.Immutable;
using System.Globalization;
using AkkaHa.Core.Downing;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.Placement;
using AkkaHa.Core.Quorum;
using AkkaHa.Devices.Hypervisors;
using Hocon;

namespace AkkaHa.Node.Settings;

/// <summary>Reads and checks a node's configuration; what is wrong is told with its place and nothing is started.</summary>
public static class SettingsReader
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Reads a HOCON file over the defaults of <c>reference.conf</c>.</summary>
    /// <exception cref="SettingsException">The file cannot be read, is no HOCON, or says something that cannot be.</exception>
    public static NodeSettings ReadFile(string path) => Read(Parse(path), path);

    internal static Config Parse(string path)
    {
        try
        {
            return HoconConfigurationFactory.FromFile(path);
        }
        catch (HoconParserException e)
        {
            throw new SettingsException(e.Message.Contains(path, StringComparison.Ordinal)
                ? e.Message
                : FormattableString.Invariant($"{path}, line {e.LineNumber}, column {e.LinePosition}: {e.Message}"), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a configuration that is parsed already.</summary>
    /// <param name="own">The node's own settings.</param>
    /// <param name="source">What errors call it, usually a file.</param>
    public static NodeSettings Read(Config own, string source)
    {
        var reference = HoconConfigurationFactory.FromResource("AkkaHa.Node.reference.conf", typeof(SettingsReader).Assembly);
        var root = new Section(own.WithFallback(reference), "", source).Child("akkaha");
        var host = root.Child("host");
        var nodes = Nodes(root);
        var name = Name(root, "node", root.Text("node"));
        if (!nodes.ContainsKey(name))
            throw root.Wrong("node", $"is {name}, which is none of the nodes under akkaha.nodes ({string.Join(", ", nodes.Keys)})");
        var devices = root.Child("fencing").Children("devices").Select(d => FenceSettingsReader.Device(d.Key, d.Value, name, [.. nodes.Keys]))
            .ToImmutableSortedDictionary(d => d.Name, d => d);
        var settings = new NodeSettings
        {
            Node = name,
            DataDirectory = root.Text("data-directory"),
            Nodes = nodes,
            BootIdFile = host.Text("boot-id-file"),
            MachineIdFile = host.Text("machine-id-file"),
            GuestCpus = host.Number("guest-cpus", 0, 1_000_000),
            Placement = Placement(root.Child("placement")),
            GuestMemoryMib = (int)Math.Clamp(host.Bytes("guest-memory") / (1024 * 1024), 1, int.MaxValue),
            Hypervisor = Hypervisor(root.Child("hypervisor")),
            Storages = StorageSettingsReader.Storages(root, [.. nodes.Keys]),
            HealthCommands = HealthCommands(root.Child("health")),
            StorageProbing = StorageSettingsReader.Probing(root.Child("storage-probe")),
            FenceDevices = devices,
            FenceLevels = FenceSettingsReader.Levels(root.Child("fencing"), nodes, devices),
            Quorum = Quorum(root.Child("quorum")),
            EventRetention = root.Number("event-retention", 1000, 100_000_000),
            FlapLimit = root.Number("flap-limit", 0, Quarantine.MaxLosses),
            FenceStormLimit = root.Child("fencing").Number("storm-limit", 0, 1000),
            Lease = LeaseSettingsReader.Lease(root.Child("lease")),
            Watchdog = LeaseSettingsReader.Watchdog(root.Child("watchdog")),
            Network = NetworkSettingsReader.Network(root.Child("network"), Timing(root.Child("timing"))),
            Tls = TlsSettingsReader.Read(root.Child("tls")),
            Timing = Timing(root.Child("timing")),
            LogLevel = root.Choice("log-level", "DEBUG", "INFO", "WARNING", "ERROR"),
            SettingsMayDiffer = root.Flag("settings-may-differ"),
        };
        return TimeBudget.Refuse(settings.Timing, settings.Lease, settings.Watchdog, settings.Quorum, nodes.Count) is var (key, what)
            ? throw root.Wrong(key, what)
            : settings;
    }

    private static ImmutableSortedDictionary<NodeName, PeerSettings> Nodes(Section root)
    {
        var nodes = ImmutableSortedDictionary.CreateBuilder<NodeName, PeerSettings>();
        foreach (var (key, section) in root.Children("nodes"))
        {
            var name = Name(root, $"nodes.{key}", key);
            var (host, port) = Endpoint(section);
            var votes = section.Has("votes") ? section.Number("votes", 0, 1) : 1;
            var isArbiter = section.Has("role") && section.Choice("role", "node", "arbiter") == "arbiter";
            if (isArbiter && votes == 0)
                throw section.Wrong("votes", "is 0, but the node is an arbiter, which is there to vote");
            nodes[name] = new PeerSettings(name, host, port, votes, isArbiter) { SecondAddress = NetworkSettingsReader.SecondAddress(section, host) };
        }

        var voters = nodes.Values.Count(n => n.Votes > 0);
        if (voters is 0 or > Configuration.MaxVoters)
            throw root.Wrong("nodes", FormattableString.Invariant($"gives {voters} votes; expected 1 to {Configuration.MaxVoters} nodes with a vote"));
        if (nodes.Values.All(n => n.Votes == 0 || n.IsArbiter))
            throw root.Wrong("nodes", "gives votes to arbiters alone; expected a node with a vote that can host the CRM");
        if (nodes.Count > ConnectedSet.MaxMembers)
            throw root.Wrong("nodes", FormattableString.Invariant($"names {nodes.Count} nodes; expected at most {ConnectedSet.MaxMembers}"));
        var twice = nodes.Values.GroupBy(n => (n.Host, n.Port)).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? nodes.ToImmutable()
            : throw root.Wrong("nodes", $"gives {string.Join(" and ", twice.Select(n => n.Name))} the same address {twice.Key.Host}:{twice.Key.Port}");
    }

    private static (string Host, int Port) Endpoint(Section node)
    {
        var address = node.Text("address");
        var colon = address.LastIndexOf(':');
        return colon > 0 && int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? (address[..colon], port)
            : throw node.Wrong("address", $"is '{address}'; expected HOST:PORT with a port from 1 to 65535");
    }

    private static NodeName Name(Section section, string key, string text) =>
        NodeName.IsValid(text)
            ? new NodeName(text)
            : throw section.Wrong(key, $"is '{text}', which is no node name: expected 1 to 63 letters, digits or '-'");

    private static HypervisorSettings Hypervisor(Section section)
    {
        var qemu = section.Child("qemu");
        var type = section.Choice("type", "qemu", "exec", "ocf", "embedded");
        return new HypervisorSettings(
            type, section.Text("run-directory"), qemu.Text("program"),
            qemu.Choice("accelerator", "tcg", "kvm"), qemu.Text("machine"), qemu.Flag("allow-host-cache"))
        {
            Command = type switch { "exec" => Command(section.Child("exec")), "ocf" => [section.Child("ocf").Text("agent")], _ => [] },
            Parameters = section.Child("ocf").TextsByKey("parameters"),
            StartTimeout = section.Duration("start-timeout", TimeSpan.FromSeconds(1), Hour),
            Migration = Migration(section.Child("migration")),
            MigrationTlsFolder = section.Child("migration").Text("tls") is var tls and not ("off" or "false") ? tls : null,
            MemoryOverheadBytes = qemu.Choice("cgroup", "auto", "off") == "auto" ? qemu.Bytes("memory-overhead") : null,
            MonitorInterval = section.Duration("monitor-interval", TimeSpan.FromMilliseconds(100), Hour),
        };
    }

    private static MigrationLimits Migration(Section section) => new()
    {
        BandwidthBytes = section.Text("bandwidth") is "off" or "false" ? null : section.Bytes("bandwidth"),
        Downtime = section.Duration("downtime", TimeSpan.FromMilliseconds(1), Hour),
        Timeout = section.Duration("timeout", TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)),
    };

    private static ImmutableList<string> Command(Section exec)
    {
        var command = exec.Texts("command");
        return command.IsEmpty ? throw exec.Wrong("command", "is empty; expected a program and its arguments") : command;
    }

    private static ImmutableSortedDictionary<string, ImmutableList<string>> HealthCommands(Section health)
    {
        var commands = health.Child("commands");
        return health.Values("commands").ToImmutableSortedDictionary(
            c => c.Key,
            c => commands.Texts(c.Key) is { IsEmpty: false } command ? command : throw commands.Wrong(c.Key, "is empty; expected a program and its arguments"),
            StringComparer.Ordinal);
    }

    private static QuorumSettings Quorum(Section section)
    {
        var resolver = section.Choice("resolver", [QuorumSettings.VoteMajority, .. QuorumSettings.RuntimeStrategies]);
        var isLease = resolver == "lease-majority";
        return new QuorumSettings(resolver, isLease ? section.Text("lease-class") : "");
    }

    private static PlacementSettings Placement(Section section) => new(
        section.Factor("memory-overcommit", 0.01, 100), section.Factor("cpu-overcommit", 0.01, 1000), section.Number("starts-per-node", 1, 10_000));

    private static TimingSettings Timing(Section section)
    {
        TimeSpan Of(string key, int minMilliseconds) => section.Duration(key, TimeSpan.FromMilliseconds(minMilliseconds), Hour);
        var timing = new TimingSettings(
            Of("heartbeat-interval", 50), Of("acceptable-pause", 100), Of("stable-after", 100), Of("gossip-interval", 50),
            Of("rejoin-grace", 100), Of("authority-ttl", 100), Of("stop-timeout", 1000), Of("quorum-timeout", 1000));
        return timing with { FreezeTolerance = section.Duration("freeze-tolerance", TimeSpan.Zero, Hour) };
    }
}
