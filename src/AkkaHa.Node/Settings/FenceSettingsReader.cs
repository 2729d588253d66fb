using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Fencing.Exec;
using AkkaHa.Devices.Fencing.Ipmi;
using Hocon;

namespace AkkaHa.Node.Settings;

/// <summary>Reads <c>akkaha.fencing</c>.</summary>
internal static class FenceSettingsReader
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static FenceDeviceSettings Device(string name, Section section) => section.Choice("type", "ipmi", "exec", "manual") switch
    {
        "ipmi" => new FenceDeviceSettings.Ipmi(Ipmi(name, section)),
        "exec" => new FenceDeviceSettings.Exec(new ExecSettings(name, section.Texts("command"))
        {
            ProvesOff = section.Has("proves-off") && section.Flag("proves-off"),
            HasStatus = !section.Has("has-status") || section.Flag("has-status"),
            Timing = Timing(section),
        }),
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
            Timing = Timing(section),
        };

    private static FenceTiming Timing(Section section)
    {
        var timing = new FenceTiming();
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
