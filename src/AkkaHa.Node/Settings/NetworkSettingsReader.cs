using System.Net;

namespace AkkaHa.Node.Settings;

/// <summary>Reads <c>akkaha.network</c> and the nodes' second addresses.</summary>
internal static class NetworkSettingsReader
{
    public static NetworkSettings Network(Section section, TimingSettings timing)
    {
        var migration = section.Text("migration");
        if (migration != "cluster" && !IPAddress.TryParse(migration, out _) && !IPNetwork.TryParse(migration, out _))
            throw section.Wrong("migration", $"is '{migration}'; expected cluster, an address of this node, or a network such as 10.0.2.0/24");
        var cluster = section.Child("cluster");
        var probe = cluster.Duration("probe-interval", TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(10));
        var timeout = cluster.Duration("link-timeout", TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(60));
        if (timeout < 3 * probe)
            throw cluster.Wrong("link-timeout", "is less than 3 · probe-interval; a lost packet would look like a lost link");
        return timeout + probe < timing.AcceptablePause
            ? new NetworkSettings
            {
                Migration = migration == "cluster" ? null : migration,
                ProbeInterval = probe,
                LinkTimeout = timeout,
                StableFor = cluster.Duration("stable-for", TimeSpan.Zero, TimeSpan.FromHours(1)),
            }
            : throw cluster.Wrong("link-timeout", "is not shorter than akkaha.timing.acceptable-pause; a node would be taken for unreachable before the second link is used");
    }

    public static IPAddress? SecondAddress(Section node, string host)
    {
        if (!node.Has("second-address"))
            return null;
        var text = node.Text("second-address");
        if (!IPAddress.TryParse(text, out var second))
            throw node.Wrong("second-address", $"is '{text}'; expected an address on the second link, without a port");
        if (!IPAddress.TryParse(host, out var first))
            throw node.Wrong("address", $"is the name '{host}'; with a second-address it must be an address, which a route can be made for");
        return first.AddressFamily == second.AddressFamily && !first.Equals(second)
            ? second
            : throw node.Wrong("second-address", $"is {second}; expected another address of the same family as {first}");
    }
}
