using System.Collections.Immutable;

namespace AkkaHa.Core.Downing;

/// <summary>How the link between two members stands.</summary>
public enum LinkCondition
{
    /// <summary>Both say that they hear each other, and have said so for long enough.</summary>
    Connected,

    /// <summary>It changed lately; nothing may rest on it.</summary>
    Changing,

    /// <summary>One of the two does not hear the other, and has not for long enough; or it did not come to rest.</summary>
    Cut,
}

/// <summary>The links between members, each with its own stability: a link that flaps holds up nothing that does not depend on it.</summary>
public sealed record Links(ResolverSettings Settings)
{
    // ChangedAt is null for one that has been up since it was first seen to be.
    private readonly record struct Link(bool IsUp, TimeSpan? ChangedAt, TimeSpan RestlessSince, bool WasUp);

    private ImmutableSortedDictionary<(Peer, Peer), Link> Known { get; init; } = ImmutableSortedDictionary<(Peer, Peer), Link>.Empty;

    /// <summary>The links after a look at all of them; members that are no more are forgotten.</summary>
    /// <param name="members">Everybody.</param>
    /// <param name="isUp">Whether the fresh reports of both say that they hear each other.</param>
    /// <param name="now">The monotonic time.</param>
    public Links Observe(ImmutableSortedSet<Peer> members, Func<Peer, Peer, bool> isUp, TimeSpan now)
    {
        var known = Known.ToBuilder();
        known.RemoveRange(Known.Keys.Where(pair => !members.Contains(pair.Item1) || !members.Contains(pair.Item2)));
        for (var i = 0; i < members.Count; i++)
        {
            for (var j = i + 1; j < members.Count; j++)
            {
                var pair = (members[i], members[j]);
                var up = isUp(pair.Item1, pair.Item2);
                if (!known.TryGetValue(pair, out var link))
                    known[pair] = new Link(up, up ? null : now, now, WasUp: up);
                else if (link.IsUp != up)
                    known[pair] = Changed(link, up, now);
            }
        }

        return this with { Known = known.ToImmutable() };
    }

    /// <summary>How the link between two members stands.</summary>
    public LinkCondition Between(Peer one, Peer other, TimeSpan now)
    {
        if (one == other)
            return LinkCondition.Connected;
        if (!Known.TryGetValue(one.CompareTo(other) < 0 ? (one, other) : (other, one), out var link))
            return LinkCondition.Changing;
        if (IsQuiet(link, now))
            return link.IsUp ? LinkCondition.Connected : LinkCondition.Cut;
        return now - link.RestlessSince >= Settings.CutAfter ? LinkCondition.Cut : LinkCondition.Changing;
    }

    /// <summary>Whether every link is up now, stable or not.</summary>
    public bool AllUp => Known.Values.All(l => l.IsUp);

    /// <summary>The links in a condition, for people: <c>pve1-pve3, pve2-pve3</c>; the first few where they are many.</summary>
    public string Describe(LinkCondition condition, TimeSpan now)
    {
        const int Shown = 8;
        var names = Known.Keys.Where(pair => Between(pair.Item1, pair.Item2, now) == condition).Select(pair => $"{pair.Item1}-{pair.Item2}").ToList();
        return string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? FormattableString.Invariant($" and {names.Count - Shown} more") : "");
    }

    // A link that was never up has all the time of a restless one to come up: who has just joined reports after the first gossip only.
    // Once it comes up it has nothing to live down.
    private bool IsQuiet(Link link, TimeSpan now) =>
        link.ChangedAt is not { } changed || now - changed >= (link.WasUp ? Settings.StableAfter : Settings.CutAfter);

    private Link Changed(Link link, bool up, TimeSpan now) => link.WasUp
        ? new Link(up, now, IsQuiet(link, now) ? now : link.RestlessSince, WasUp: true)
        : new Link(up, null, now, WasUp: true);
}
