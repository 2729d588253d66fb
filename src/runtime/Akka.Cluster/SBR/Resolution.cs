using System.Collections.Immutable;

namespace Akka.Cluster.SBR;

/// <summary>What is to be done about a partition: who is downed at once, and what is done with a lease if one is to be asked for.</summary>
/// <param name="Verdict">What the strategy said.</param>
/// <param name="ToDown">Who is downed; with a lease, if it is got.</param>
/// <param name="ToDownWithoutLease">Who is downed if the lease is not got.</param>
internal sealed record Resolution(Verdict Verdict, ImmutableHashSet<UniqueAddress> ToDown, ImmutableHashSet<UniqueAddress> ToDownWithoutLease)
{
    /// <summary>Applies a strategy to a view.</summary>
    public static Resolution Of(SbrView view, IDowningStrategy strategy)
    {
        if (view.IndirectlyConnected.IsEmpty) return Of(strategy.Decide(view), view, []);

        // The indirectly connected go. About the rest the strategy decides, counting them on no side.
        var rest = view.WithoutIndirectlyConnected();
        var verdict = rest.NeedsDecision || strategy is LeaseMajority
            ? strategy.Decide(rest)
            : Verdict.KeepThisSide($"nodes {Names(view.IndirectlyConnected)} are connected only by a detour; those that are fully connected stay");
        return Of(verdict, rest, view.IndirectlyConnected);
    }

    /// <summary>Everybody goes.</summary>
    public static Resolution All(SbrView view, string reason) => Of(Verdict.DropAll(reason), view, []);

    private static Resolution Of(Verdict verdict, SbrView view, ImmutableHashSet<UniqueAddress> indirect)
    {
        var unreachable = view.Unreachable.Union(indirect);
        var reachable = view.Reachable.Union(indirect);
        return verdict.Kind switch
        {
            VerdictKind.KeepThisSide => new Resolution(verdict, unreachable, []),
            VerdictKind.DropThisSide => new Resolution(verdict, reachable, []),
            VerdictKind.DropAll => new Resolution(verdict, view.All.Union(indirect), []),
            VerdictKind.AskLease => new Resolution(verdict, unreachable, reachable),
            _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict.Kind, "This is no verdict."),
        };
    }

    private static string Names(IEnumerable<UniqueAddress> nodes) => $"[{string.Join(", ", nodes.Order().Select(n => n.Address))}]";
}
