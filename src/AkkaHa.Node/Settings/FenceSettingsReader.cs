using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Fencing.Agents;
using AkkaHa.Devices.Fencing.Exec;
using AkkaHa.Devices.Fencing.Ipmi;
using AkkaHa.Devices.Fencing.Sbd;
using AkkaHa.Devices.Fencing.Ssh;
using Hocon;

namespace AkkaHa.Node.Settings;

/// <summary>Reads <c>akkaha.fencing</c>.</summary>
internal static class FenceSettingsReader
{
    private const int MaxSbdDisks = 7;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly ImmutableSortedDictionary<string, string> Nothing = ImmutableSortedDictionary<string, string>.Empty;

    public static FenceDeviceSettings Device(string name, Section section, NodeName self, IReadOnlyCollection<NodeName> nodes) =>
        section.Choice("type", "ipmi", "agent", "sbd", "ssh", "exec", "manual") switch
        {
            "ipmi" => new FenceDeviceSettings.Ipmi(Ipmi(name, section)),
            "agent" => new FenceDeviceSettings.Agent(Agent(name, section, nodes)),
            "sbd" => new FenceDeviceSettings.Sbd(Sbd(name, section, self)),
            "ssh" => new FenceDeviceSettings.Ssh(Ssh(name, section, nodes)),
            "exec" => new FenceDeviceSettings.Exec(Exec(name, section)),
            _ => new FenceDeviceSettings.Manual(name),
        };

    public static ImmutableSortedDictionary<NodeName, ImmutableList<ImmutableList<string>>> Levels(
        Section fencing, ImmutableSortedDictionary<NodeName, PeerSettings> nodes, ImmutableSortedDictionary<string, FenceDeviceSettings> devices)
    {
        var levels = ImmutableSortedDictionary.CreateBuilder<NodeName, ImmutableList<ImmutableList<string>>>();
        foreach (var (key, value) in fencing.Values("nodes"))
        {
            if (!NodeName.IsValid(key) || !nodes.ContainsKey(new NodeName(key)))
                throw fencing.Wrong($"nodes.{key}", "names a node that is not under akkaha.nodes");
            levels[new NodeName(key)] = LevelsOf(fencing, key, value, devices);
        }

        return levels.ToImmutable();
    }

    private static ImmutableList<ImmutableList<string>> LevelsOf(
        Section fencing, string node, HoconValue value, ImmutableSortedDictionary<string, FenceDeviceSettings> devices)
    {
        try
        {
            ImmutableList<ImmutableList<string>> levels = [.. value.GetArray().Select(level => level.GetArray().Select(d => d.GetString() ?? "").ToImmutableList())];
            var unknown = levels.SelectMany(l => l).FirstOrDefault(d => !devices.ContainsKey(d));
            if (unknown is not null)
                throw fencing.Wrong($"nodes.{node}", $"names the device '{unknown}', which is not under akkaha.fencing.devices");
            return levels.Any(l => l.IsEmpty) ? throw fencing.Wrong($"nodes.{node}", "has a level without a device") : levels;
        }
        catch (Exception e) when (e is not SettingsException)
        {
            throw fencing.Wrong($"nodes.{node}", $"is wrong; expected levels of device names such as [[bmc1], [pdu-a, pdu-b]]. {e.Message}");
        }
    }

    private static IpmiSettings Ipmi(string name, Section section) =>
        new(name, section.Text("host"), section.Text("user"), section.Text("password-file"))
        {
            Port = section.Has("port") ? section.Number("port", 1, 65535) : 623,
            Cipher = section.Has("cipher") ? section.Number("cipher", 0, 17) : 3,
            Interface = section.Has("interface") ? section.Choice("interface", "lanplus", "lan") : "lanplus",
            Privilege = section.Has("privilege") ? section.Choice("privilege", "ADMINISTRATOR", "OPERATOR") : "ADMINISTRATOR",
            Timing = Timing(section, new FenceTiming()),
        };

    private static ExecSettings Exec(string name, Section section)
    {
        var command = section.Texts("command");
        if (command.IsEmpty)
            throw section.Wrong("command", "is empty; expected a program and its arguments");
        var exec = new ExecSettings(name, command)
        {
            ProvesOff = section.Has("proves-off") && section.Flag("proves-off"),
            HasStatus = !section.Has("has-status") || section.Flag("has-status"),
            Timing = Timing(section, new FenceTiming()),
        };
        return exec is { ProvesOff: true, HasStatus: false }
            ? throw section.Wrong("proves-off", "is on, but has-status is off; a command that reads no state proves nothing")
            : exec;
    }

    private static AgentSettings Agent(string name, Section section, IReadOnlyCollection<NodeName> nodes)
    {
        var agent = new AgentSettings(name, section.Text("agent"), section.Has("parameters") ? section.TextsByKey("parameters") : Nothing);
        var secret = agent.Parameters.Keys.FirstOrDefault(k => k.Contains("passw", StringComparison.OrdinalIgnoreCase) && !k.EndsWith("_script", StringComparison.Ordinal));
        if (secret is not null)
            throw section.Wrong($"parameters.{secret}", $"is a secret; write it into a file of mode 0600 and name that under secret-files.{secret}");
        return agent with
        {
            SecretFiles = section.Has("secret-files") ? section.TextsByKey("secret-files") : Nothing,
            Plugs = ByNode(section, "plugs", nodes),
            ProvesOff = section.Has("proves-off") ? section.Flag("proves-off") : null,
            Timing = Timing(section, agent.Timing),
        };
    }

    private static SshSettings Ssh(string name, Section section, IReadOnlyCollection<NodeName> nodes)
    {
        var ssh = new SshSettings(name, section.Text("key-file")) { Hosts = ByNode(section, "hosts", nodes) };
        return ssh with
        {
            User = section.Has("user") ? section.Text("user") : ssh.User,
            Port = section.Has("port") ? section.Number("port", 1, 65535) : ssh.Port,
            KnownHostsFile = section.Has("known-hosts-file") ? section.Text("known-hosts-file") : ssh.KnownHostsFile,
            OffCommand = section.Has("off-command") ? section.Text("off-command") : ssh.OffCommand,
            Timing = Timing(section, ssh.Timing),
        };
    }

    private static SbdSettings Sbd(string name, Section section, NodeName self)
    {
        var disks = section.Texts("disks");
        if (disks.Count is 0 or > MaxSbdDisks || disks.Distinct(StringComparer.Ordinal).Count() != disks.Count)
            throw section.Wrong("disks", FormattableString.Invariant($"gives {disks.Count} disks; expected 1 to {MaxSbdDisks} different ones"));
        var sbd = new SbdSettings(name, disks, self);
        return sbd with
        {
            FenceCommand = section.Has("command") && section.Choice("command", "off", "reset") == "reset" ? SbdCommand.Reset : SbdCommand.Off,
            IoTimeout = section.Has("io-timeout") ? section.Duration("io-timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)) : sbd.IoTimeout,
        };
    }

    private static ImmutableSortedDictionary<NodeName, string> ByNode(Section section, string key, IReadOnlyCollection<NodeName> nodes)
    {
        if (!section.Has(key))
            return ImmutableSortedDictionary<NodeName, string>.Empty;
        var texts = section.TextsByKey(key);
        var stranger = texts.Keys.FirstOrDefault(k => !NodeName.IsValid(k) || !nodes.Contains(new NodeName(k)));
        return stranger is null
            ? texts.ToImmutableSortedDictionary(t => new NodeName(t.Key), t => t.Value)
            : throw section.Wrong($"{key}.{stranger}", "names a node that is not under akkaha.nodes");
    }

    private static FenceTiming Timing(Section section, FenceTiming timing)
    {
        if (section.Has("timeout"))
            timing = timing with { Deadline = section.Duration("timeout", Second, TimeSpan.FromMinutes(10)) };
        if (section.Has("call-timeout"))
            timing = timing with { CallTimeout = section.Duration("call-timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)) };
        if (section.Has("retries"))
            timing = timing with { Retries = section.Number("retries", 0, 10) };
        if (section.Has("delay"))
            timing = timing with { Delay = section.Duration("delay", TimeSpan.Zero, TimeSpan.FromMinutes(5)) };
        return timing;
    }
}
