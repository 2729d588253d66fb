using System.Collections.Immutable;
using System.Globalization;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Node.Settings;

/// <summary>Which of a node's settings all nodes of a cluster must have alike, in a form that can be compared.</summary>
internal static class SharedSettings
{
    public static Agreement Of(NodeSettings settings)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            // How a lost node is found, and by whose rule it leaves: members that judge by different times cut each other off.
            ["akkaha.quorum.resolver"] = settings.Quorum.Resolver,
            ["akkaha.timing.heartbeat-interval"] = Seconds(settings.Timing.HeartbeatInterval),
            ["akkaha.timing.acceptable-pause"] = Seconds(settings.Timing.AcceptablePause),
            ["akkaha.timing.stable-after"] = Seconds(settings.Timing.StableAfter),
            // The self-fence bound: each voter counts it with its own drift and margin.
            ["akkaha.lease.node-ttl"] = Seconds(settings.Lease.NodeTtl),
            ["akkaha.lease.drift-percent"] = (settings.Lease.Drift * 100).ToString("0.###", CultureInfo.InvariantCulture),
            ["akkaha.lease.margin"] = Seconds(settings.Lease.Margin),
            // Before genesis the settings say who votes; two nodes that differ in it could make two clusters.
            [Agreement.VotesKey] = string.Join(' ', settings.Voters),
        };
        // A node without a watchdog says nothing of its timeout: its hardware may have none.
        if (settings.Watchdog.Device is not null)
            values["akkaha.watchdog.timeout"] = Seconds(settings.Watchdog.Timeout);
        return new Agreement(values.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.### s", CultureInfo.InvariantCulture);
}
