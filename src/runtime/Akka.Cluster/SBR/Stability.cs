using System.Collections.Immutable;

namespace Akka.Cluster.SBR;

/// <summary>
/// Whether what a decision would rest on has held still for long enough, or has kept changing for too long. Pure but for what
/// it remembers; times are a monotonic clock's.
/// </summary>
internal sealed class Stability(TimeSpan stableAfter, TimeSpan downAllWhenUnstable)
{
    // A first loss and one follow-up are no sign of a system that does not come to rest.
    private const int ChangesOfAnUnstableSystem = 3;

    private Picture? _picture;
    private TimeSpan _changedAt;
    private TimeSpan? _unstableSince;
    private int _changes;

    /// <summary>When the present picture has held for long enough.</summary>
    public TimeSpan StableAt => _changedAt + stableAfter;

    /// <summary>Notes what the view is now.</summary>
    public void Observe(SbrView view, TimeSpan now)
    {
        var picture = Picture.Of(view);
        if (_picture is { } last && picture.IsSameAs(last)) return;
        var unreachableChanged = _picture is null || !picture.Unreachable.SetEquals(_picture.Unreachable);
        var wasQuiet = _picture is not null && now - _changedAt > stableAfter * 2;
        _picture = picture;
        _changedAt = now;
        if (picture.Unreachable.IsEmpty || wasQuiet)
        {
            _unstableSince = null;
            _changes = 0;
        }

        if (picture.Unreachable.IsEmpty || !unreachableChanged) return;
        _unstableSince ??= now;
        _changes++;
    }

    public bool IsStable(TimeSpan now) => now >= StableAt;

    /// <summary>Whether reachability has kept changing so long that the sides may come to conflicting decisions.</summary>
    public bool IsUnstableForTooLong(TimeSpan now) =>
        downAllWhenUnstable > TimeSpan.Zero && _unstableSince is { } since && _changes >= ChangesOfAnUnstableSystem
        && now - since > stableAfter + downAllWhenUnstable;

    /// <summary>After a decision the count starts anew.</summary>
    public void Reset(TimeSpan now)
    {
        _changedAt = now;
        _unstableSince = null;
        _changes = 0;
    }

    /// <summary>What must hold still. Who joins is left out: a node that keeps trying must not put off a decision for ever.</summary>
    private sealed record Picture(ImmutableHashSet<UniqueAddress> Counted, ImmutableHashSet<UniqueAddress> Unreachable)
    {
        public static Picture Of(SbrView view) => new(
            view.Members.Where(SbrView.IsCounted).Select(m => m.UniqueAddress).ToImmutableHashSet(), view.Unreachable.Union(view.IndirectlyConnected));

        public bool IsSameAs(Picture other) => Counted.SetEquals(other.Counted) && Unreachable.SetEquals(other.Unreachable);
    }
}
