using System.Net;
using AkkaHa.Devices.Host;

namespace AkkaHa.Devices.Network;

/// <summary>What a look at the host found.</summary>
/// <param name="IsProblem">Whether something should be done about it.</param>
/// <param name="Text">A sentence that says what, and what can be done.</param>
public sealed record Finding(bool IsProblem, string Text);

/// <summary>Which of a node's networks fall together: what shares an interface shares its cable and its switch.</summary>
public static class NetworkCheck
{
    private const int AnyPort = 2049;

    /// <summary>Looks at this host.</summary>
    /// <param name="uses">What each own address is for: <c>cluster</c>, <c>second link</c>, <c>migration</c>.</param>
    /// <param name="hasSecondLink">Whether a second cluster link is configured.</param>
    public static IReadOnlyList<Finding> Look(IReadOnlyList<(string Use, string Host)> uses, bool hasSecondLink) =>
        Judge([.. uses.Select(u => (u.Use, DeviceOf(u.Host), u.Host)), .. Storages()], Interfaces.Below, hasSecondLink);

    /// <summary>Judges what uses which interface.</summary>
    /// <param name="uses">What it is for, its interface (null if there is none), and its address or where it leads.</param>
    /// <param name="below">What an interface stands on.</param>
    /// <param name="hasSecondLink">Whether a second cluster link is configured.</param>
    internal static IReadOnlyList<Finding> Judge(
        IReadOnlyList<(string Use, string? Device, string Where)> uses, Func<string, IReadOnlySet<string>> below, bool hasSecondLink)
    {
        var findings = new List<Finding>();
        foreach (var (use, device, where) in uses)
        {
            findings.Add(device is null
                ? new Finding(true, $"{use}: no interface of this host has or leads to {where}. Correct the address, or bring its interface up.")
                : new Finding(false, $"{use}: {where} on {device}."));
        }

        foreach (var cluster in uses.Where(u => u.Use is NetworkUses.Cluster && u.Device is not null))
        {
            foreach (var other in uses.Where(u => u.Use is not NetworkUses.Cluster && u.Device is not null && !(u.Use == NetworkUses.Migration && u.Where == cluster.Where)))
            {
                var shared = below(cluster.Device!).Intersect(below(other.Device!)).ToList();
                if (shared.Count > 0)
                    findings.Add(new Finding(true, $"{other.Use} ({other.Where}) and cluster share {string.Join(" and ", shared)}: {Consequence(other.Use)}"));
            }

            if (uses.Any(u => u.Use == NetworkUses.Migration && u.Where == cluster.Where))
                findings.Add(new Finding(true, "migration and cluster share one address: the copying of a guest's memory can crowd out heartbeats. Set akkaha.network.migration, or bound akkaha.hypervisor.migration.bandwidth."));
        }

        if (!hasSecondLink)
            findings.Add(new Finding(true, "there is one cluster link: the loss of its switch costs the cluster its quorum. Give every node a second-address on another switch."));
        return findings;
    }

    private static string Consequence(string use) => use switch
    {
        NetworkUses.SecondLink => "both links fail with it. Put the second link on another interface and another switch.",
        NetworkUses.Migration => "the copying of a guest's memory can crowd out heartbeats. Put it on a network of its own, or bound akkaha.hypervisor.migration.bandwidth.",
        _ => "guests that write much can crowd out heartbeats, and one switch takes both away. Put the cluster or the storage on a network of its own.",
    };

    private static IEnumerable<(string Use, string? Device, string Where)> Storages()
    {
        if (!File.Exists("/proc/self/mounts"))
            yield break;
        foreach (var mount in NetworkMount.Parse(File.ReadLines("/proc/self/mounts")))
            yield return ($"storage {mount.MountPoint}", DeviceToward(mount.Server), mount.Server);
    }

    private static string? DeviceToward(string host)
    {
        try
        {
            return DeviceOf(LocalAddress.Toward(host, AnyPort));
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? DeviceOf(string host)
    {
        if (IPAddress.TryParse(host, out var address))
            return Interfaces.With(address);
        try
        {
            return Dns.GetHostAddresses(host).Select(Interfaces.With).FirstOrDefault(device => device is not null);
        }
        catch (System.Net.Sockets.SocketException)
        {
            return null;
        }
    }
}

/// <summary>What a node's networks are called.</summary>
public static class NetworkUses
{
    /// <summary>Remoting.</summary>
    public const string Cluster = "cluster";

    /// <summary>The second cluster link.</summary>
    public const string SecondLink = "second link";

    /// <summary>Live migration.</summary>
    public const string Migration = "migration";
}
