using System.Net;
using System.Net.NetworkInformation;

namespace AkkaHa.Devices.Network;

/// <summary>The network interfaces of this host.</summary>
public static class Interfaces
{
    private const string Classes = "/sys/class/net";

    /// <summary>The interface that has an address; null if none has. The loopback counts only where no other has it.</summary>
    public static string? With(IPAddress address) => All()
        .Where(i => i.GetIPProperties().UnicastAddresses.Any(a => a.Address.Equals(address)))
        .OrderBy(i => i.NetworkInterfaceType == NetworkInterfaceType.Loopback)
        .Select(i => i.Name).FirstOrDefault();

    /// <summary>This host's address in a network; null if it has none there.</summary>
    public static IPAddress? AddressIn(IPNetwork network) => All()
        .SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address)
        .Where(a => a.AddressFamily == network.BaseAddress.AddressFamily && network.Contains(a))
        .OrderBy(a => a.ToString(), StringComparer.Ordinal).FirstOrDefault();

    /// <summary>What an interface stands on: the devices below a VLAN, a bond or a bridge, or itself. Two with one in common fall together.</summary>
    public static IReadOnlySet<string> Below(string name) => Below(name, Classes);

    internal static IReadOnlySet<string> Below(string name, string classes)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([name]);
        while (open.TryPop(out var next))
        {
            if (!seen.Add(next))
                continue;
            var folder = Path.Combine(classes, next);
            var lower = Directory.Exists(folder)
                ? Directory.GetFileSystemEntries(folder, "lower_*").Select(entry => Path.GetFileName(entry)["lower_".Length..]).ToList()
                : [];
            if (lower.Count == 0)
                found.Add(next);
            lower.ForEach(open.Push);
        }

        return found;
    }

    private static NetworkInterface[] All()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces();
        }
        catch (NetworkInformationException)
        {
            // One that vanished while it was looked at: the next look tells.
            return [];
        }
    }
}
