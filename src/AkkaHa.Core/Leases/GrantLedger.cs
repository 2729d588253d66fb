using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Leases;

/// <summary>
/// What a voter remembers of its grants, in memory alone: it waits for no disk, and after a restart its own start stands for every grant that
/// it may have given before. Times are CLOCK_BOOTTIME of the voter's host.
/// </summary>
/// <param name="Node">The voter's node.</param>
/// <param name="StartedAt">When it started to remember.</param>
public sealed record GrantLedger(NodeName Node, TimeSpan StartedAt)
{
    /// <summary>The longest time to live that a lease can have.</summary>
    public static TimeSpan LongestLease { get; } = TimeSpan.FromMinutes(10);

    // Longer than any bound, so that a grant that is forgotten cannot matter to a proof any more.
    private static readonly TimeSpan _rememberedFor = TimeSpan.FromHours(2);
    private const int PruneAbove = 256;

    private sealed record Grant(long Number, TimeSpan At);

    private LeaseRoll? Roll { get; init; }

    private TimeSpan ConfigurationSince { get; init; } = StartedAt;

    private ImmutableSortedDictionary<Boot, (long Index, TimeSpan Since)> TermsSince { get; init; } = ImmutableSortedDictionary<Boot, (long, TimeSpan)>.Empty;

    private ImmutableSortedDictionary<Boot, Grant> Grants { get; init; } = ImmutableSortedDictionary<Boot, Grant>.Empty;

    /// <summary>The voter's log changed; told before it acknowledges the change.</summary>
    /// <param name="roll">What the log says now; null if the voter has no vote.</param>
    /// <param name="now">The time.</param>
    public GrantLedger Follow(LeaseRoll? roll, TimeSpan now)
    {
        if (roll is null)
            return this with { Roll = null };
        return this with
        {
            Roll = roll,
            ConfigurationSince = Roll?.Configuration.Version == roll.Configuration.Version ? ConfigurationSince : now,
            TermsSince = roll.Nodes.Values.ToImmutableSortedDictionary(
                e => e.Boot, e => TermsSince.TryGetValue(e.Boot, out var known) && known.Index == e.TermsIndex ? known : (e.TermsIndex, now)),
        };
    }

    /// <summary>A boot asks for a lease.</summary>
    public (GrantLedger Next, LeaseAnswer Answer) Ask(LeaseRequest request, TimeSpan now)
    {
        var refusal = Refusal(request);
        var self = Roll?.Self ?? new VoterIdentity(Node, Guid.Empty, 0);
        var answer = new LeaseAnswer(self, request.Boot, request.Number, refusal, Roll?.Configuration, Roll?.Promised ?? Epoch.None);
        return refusal == LeaseRefusal.None
            ? (Pruned(now) with { Grants = Grants.SetItem(request.Boot, new Grant(request.Number, now)) }, answer)
            : (this, answer);
    }

    /// <summary>The acting CRM asks whether a denied boot must be dead.</summary>
    public BoundAnswer Ask(BoundQuestion question, LeaseSettings settings, TimeSpan now)
    {
        var self = Roll?.Self ?? new VoterIdentity(Node, Guid.Empty, 0);
        return CannotTell(question, settings) is { } reason
            ? new BoundAnswer(self, question, null, reason)
            : new BoundAnswer(self, question, Remaining(question.Boot, settings, now), null);
    }

    private LeaseRefusal Refusal(LeaseRequest request) =>
        Roll is not { } roll ? LeaseRefusal.NoVote
        : !roll.Nodes.TryGetValue(request.Boot.Node, out var entry) || entry.Boot != request.Boot ? LeaseRefusal.NotAdmitted
        : entry.DenialIndex is not null ? LeaseRefusal.Denied
        : Grants.TryGetValue(request.Boot, out var last) && request.Number < last.Number ? LeaseRefusal.Late
        : LeaseRefusal.None;

    private string? CannotTell(BoundQuestion question, LeaseSettings settings) =>
        Roll is not { } roll ? $"{Node} has no vote now"
        : roll.Promised != question.Epoch ? $"{Node} has promised epoch {roll.Promised}, and epoch {question.Epoch} asks"
        : roll.Configuration.Version != question.Configuration
            ? $"{Node} counts under configuration {roll.Configuration.Version}, not under {question.Configuration}"
        : !roll.Nodes.TryGetValue(question.Boot.Node, out var entry) || entry.Boot != question.Boot ? $"the log of {Node} does not admit {question.Boot}"
        : entry.DenialIndex != question.DenialIndex ? FormattableString.Invariant($"the log of {Node} does not hold the denial of {question.Boot} at entry {question.DenialIndex}")
        // By its index alone it could be another denial, in the tail of a deposed CRM, that is cut off again.
        : question.DenialIndex > roll.CommitIndex ? FormattableString.Invariant($"{Node} does not know entry {question.DenialIndex} as committed yet")
        : !entry.Terms.IsArmed ? $"{question.Boot} was admitted without an armed watchdog"
        : settings.Bound(entry.Terms) >= _rememberedFor ? $"the bound of {question.Boot} is longer than {Node} remembers its grants"
        : null;

    private TimeSpan Remaining(Boot boot, LeaseSettings settings, TimeSpan now)
    {
        // The configuration and the terms as well: majorities that granted under an older one need not share a voter with this one's,
        // but all of them had granted before this voter came to know the newer one.
        var since = Latest(StartedAt, ConfigurationSince, TermsSince[boot].Since, Grants.GetValueOrDefault(boot)?.At ?? StartedAt);
        var remaining = since + settings.Bound(Roll!.Nodes[boot.Node].Terms) - now;
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    private GrantLedger Pruned(TimeSpan now) =>
        Grants.Count < PruneAbove ? this : this with { Grants = Grants.RemoveRange(Grants.Where(g => now - g.Value.At > _rememberedFor).Select(g => g.Key)) };

    private static TimeSpan Latest(params ReadOnlySpan<TimeSpan> times)
    {
        var latest = times[0];
        foreach (var time in times)
            latest = time > latest ? time : latest;
        return latest;
    }
}
