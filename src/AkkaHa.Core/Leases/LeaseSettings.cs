namespace AkkaHa.Core.Leases;

/// <summary>The times of leases and of the self-fence bound.</summary>
/// <param name="Renew">How often a node renews its lease.</param>
/// <param name="NodeTtl">How long a lease lasts from the first send of its request.</param>
/// <param name="RoundTimeout">How long a node waits for the voters' answers to one request before it sends another one.</param>
/// <param name="Drift">How much faster one node's clock may run than another's: 0.01 is one percent.</param>
/// <param name="Margin">What is added to the bound for all that no clock counts.</param>
public sealed record LeaseSettings(TimeSpan Renew, TimeSpan NodeTtl, TimeSpan RoundTimeout, double Drift, TimeSpan Margin)
{
    /// <summary>The defaults of DESIGN §13: with a watchdog of 5 s the bound is 21 s.</summary>
    public static LeaseSettings Default { get; } = new(
        Renew: TimeSpan.FromSeconds(2),
        NodeTtl: TimeSpan.FromSeconds(10),
        RoundTimeout: TimeSpan.FromSeconds(1),
        Drift: 0.01,
        Margin: TimeSpan.FromMilliseconds(800));

    /// <summary>
    /// The self-fence bound: when so much has passed since a voter's last grant, an armed boot on these terms is dead. Twice the watchdog's
    /// timeout: the last feeding may come just before the lease ends, and the reset itself takes its time.
    /// </summary>
    public TimeSpan Bound(LeaseTerms terms) => ((terms.NodeTtl + (2 * terms.WatchdogTimeout)) * (1 + Drift)) + Margin;

    /// <summary>Why these times cannot work together; null if they can.</summary>
    public string? Refuse()
    {
        if (Renew <= TimeSpan.Zero || RoundTimeout <= TimeSpan.Zero)
            return "renew and round-timeout must be more than nothing";
        if (NodeTtl < (3 * Renew) + RoundTimeout)
        {
            return FormattableString.Invariant(
                $"node-ttl is {NodeTtl.TotalSeconds:0.###} s; expected at least 3 · renew + round-timeout = {((3 * Renew) + RoundTimeout).TotalSeconds:0.###} s, or two lost renewals would end a healthy node's lease");
        }

        if (NodeTtl > GrantLedger.LongestLease)
            return FormattableString.Invariant($"node-ttl is {NodeTtl.TotalSeconds:0.###} s; expected at most {GrantLedger.LongestLease.TotalSeconds:0} s");
        if (Drift is not (>= 0 and <= 0.5))
            return FormattableString.Invariant($"drift is {Drift}; expected 0 to 0.5");
        return Margin >= TimeSpan.Zero ? null : "margin must not be negative";
    }
}
