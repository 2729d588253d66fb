using AkkaHa.Core.Leases;

namespace AkkaHa.Node.Settings;

/// <summary>Reads <c>akkaha.lease</c> and <c>akkaha.watchdog</c>.</summary>
internal static class LeaseSettingsReader
{
    private const double PercentPerOne = 100;

    public static LeaseSettings Lease(Section section)
    {
        TimeSpan Of(string key, int minMilliseconds) => section.Duration(key, TimeSpan.FromMilliseconds(minMilliseconds), GrantLedger.LongestLease);
        var lease = new LeaseSettings(
            Of("renew", 100), Of("node-ttl", 500), Of("round-timeout", 50), section.Number("drift-percent", 0, 50) / PercentPerOne, Of("margin", 0));
        return lease.Refuse() is { } reason ? throw section.Wrong("node-ttl", $"does not fit: {reason}") : lease;
    }

    public static WatchdogSettings Watchdog(Section section)
    {
        var device = section.Text("device");
        var timeout = section.Duration("timeout", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        if (timeout.Ticks % TimeSpan.TicksPerSecond != 0)
            throw section.Wrong("timeout", $"is {timeout}; expected whole seconds, which is all that a watchdog's driver counts");
        return new WatchdogSettings(device == "none" ? null : device, timeout);
    }
}
