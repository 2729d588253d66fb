using System.Collections.Immutable;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.Downing;

/// <summary>The newest report of every member, with the time it was made on this node's clock.</summary>
public sealed record Reports
{
    private ImmutableSortedDictionary<Peer, (HearingReport Report, TimeSpan MadeAt)> Known { get; init; } =
        ImmutableSortedDictionary<Peer, (HearingReport, TimeSpan)>.Empty;

    /// <summary>Takes a report in, unless a newer one of that member is known.</summary>
    public Reports With(HearingReport report, TimeSpan madeAt) =>
        Known.TryGetValue(report.From, out var known) && known.Report.Sequence >= report.Sequence
            ? this
            : this with { Known = Known.SetItem(report.From, (report, madeAt)) };

    /// <summary>Without those of members that are no more, and those that count no more.</summary>
    public Reports Without(Func<Peer, bool> isGone, TimeSpan now, TimeSpan ttl) =>
        this with { Known = Known.RemoveRange(Known.Where(k => isGone(k.Key) || now - k.Value.MadeAt > ttl).Select(k => k.Key)) };

    /// <summary>The report of a member; null if none that counts is known.</summary>
    public HearingReport? Of(Peer peer) => Known.TryGetValue(peer, out var known) ? known.Report : null;

    /// <summary>All of them, dated, for others.</summary>
    public ImmutableList<DatedReport> Dated(TimeSpan now) => [.. Known.Values.Select(k => new DatedReport(k.Report, now - k.MadeAt))];

    /// <summary>Whether two members say that they hear each other.</summary>
    public bool AreConnected(Peer one, Peer other) =>
        Of(one) is { } a && Of(other) is { } b && a.Hears.Contains(other) && b.Hears.Contains(one);

    /// <summary>The newest electorate among this one and all that members report now.</summary>
    public Electorate Newest(Electorate own) =>
        Known.Values.Select(k => k.Report.Electorate).Prepend(own).MaxBy(e => e.Version)!;
}
