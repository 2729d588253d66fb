namespace AkkaHa.Core.Downing;

/// <summary>The times of the <c>vote-majority</c> resolver. All are monotonic durations.</summary>
/// <param name="StableAfter">How long a link must not have changed before anything rests on it.</param>
/// <param name="ReportTtl">How long a member's report counts. It must outlast what the failure detector tolerates: a member that does not report is cut off.</param>
/// <param name="ConfirmationTtl">How long a voter is bound to the set that it confirmed. The proposer acts within half of it.</param>
public sealed record ResolverSettings(TimeSpan StableAfter, TimeSpan ReportTtl, TimeSpan ConfirmationTtl)
{
    /// <summary>How often a member looks, reports and proposes.</summary>
    public static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>The defaults of DESIGN §13.</summary>
    public static ResolverSettings Default { get; } = Of(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.5));

    /// <summary>A link that keeps changing for longer than this counts as cut.</summary>
    public TimeSpan CutAfter => StableAfter * 3;

    /// <summary>The settings that follow from the two that people choose.</summary>
    /// <param name="stableAfter">How long a link must not have changed.</param>
    /// <param name="tolerance">How long the failure detector tolerates silence.</param>
    public static ResolverSettings Of(TimeSpan stableAfter, TimeSpan tolerance) =>
        new(stableAfter, tolerance + (TickInterval * 5), stableAfter > TickInterval * 5 ? stableAfter : TickInterval * 5);
}
