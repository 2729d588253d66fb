using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Maintenance;

/// <summary>Keeps guests away from a node that fails again and again: it stays out until an operator releases it.</summary>
public static class Quarantine
{
    /// <summary>How many of its losses a node's record keeps.</summary>
    public const int MaxLosses = 16;

    /// <summary>Failures further back than this do not count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Whether one more loss now is one too many.</summary>
    /// <param name="node">The node.</param>
    /// <param name="now">The CRM's wall clock.</param>
    /// <param name="limit">How many failures within <see cref="Window"/> put it out; 0 for never.</param>
    public static bool IsDue(NodeRecord node, DateTimeOffset now, int limit) =>
        limit > 0 && node.Leaving is null && node.Losses.Count(at => now - at < Window) + 1 >= limit;

    /// <summary>The losses with one more.</summary>
    internal static ImmutableList<DateTimeOffset> With(ImmutableList<DateTimeOffset> losses, DateTimeOffset at) =>
        losses.Count < MaxLosses ? losses.Add(at) : losses.RemoveAt(0).Add(at);
}
