namespace AkkaHa.Core.Leases;

/// <summary>
/// What an admission says of a boot's self-fence, so that a voter can tell from its log alone when the boot must be dead. A change is a new
/// admission (DESIGN §6).
/// </summary>
/// <param name="NodeTtl">How long a lease of this boot lasts from the first send of its request.</param>
/// <param name="WatchdogTimeout">The timeout of its watchdog, as the driver reads it back; zero without one.</param>
/// <param name="IsArmed">Whether a feeder process holds a watchdog for this boot. Only then the passing of time proves anything.</param>
public sealed record LeaseTerms(TimeSpan NodeTtl, TimeSpan WatchdogTimeout, bool IsArmed)
{
    /// <summary>Of a boot that said nothing: no lease is long enough, and time proves nothing.</summary>
    public static LeaseTerms None { get; } = new(TimeSpan.Zero, TimeSpan.Zero, IsArmed: false);

    /// <summary>One phrase for people.</summary>
    public string Describe() => IsArmed
        ? FormattableString.Invariant($"leases of {NodeTtl.TotalSeconds:0.#} s, a watchdog of {WatchdogTimeout.TotalSeconds:0.#} s")
        : FormattableString.Invariant($"leases of {NodeTtl.TotalSeconds:0.#} s, no watchdog");
}
