using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Akka.Actor.Internal;

/// <summary>
/// The children of a cell: names that are reserved or taken, which of them are dying, and what happens when those are gone.
/// Immutable, because others look children up while the owner changes them; sorted, so that one seed always gives one order.
/// </summary>
internal sealed record ChildrenState
{
    private static readonly ImmutableSortedDictionary<string, ChildRestartStats?> NoChildren =
        ImmutableSortedDictionary.Create<string, ChildRestartStats?>(StringComparer.Ordinal);

    // After the field above, which its initializer reads.
    public static readonly ChildrenState Empty = new();

    /// <summary>By name; null where a name is only reserved.</summary>
    private ImmutableSortedDictionary<string, ChildRestartStats?> ByName { get; init; } = NoChildren;

    private ImmutableHashSet<IActorRef> Dying { get; init; } = ImmutableHashSet<IActorRef>.Empty;

    /// <summary>Why children are being waited for; null when they are not.</summary>
    public SuspendReason? Reason { get; private init; }

    /// <summary>True when the cell is gone.</summary>
    public bool IsTerminated { get; private init; }

    public bool IsTerminating => IsTerminated || Reason is SuspendReason.Termination;

    public bool IsNormal => !IsTerminated && Reason is null or SuspendReason.UserRequest;

    public bool IsWaitingForChildren => Reason is SuspendReason.Creation or SuspendReason.Recreation;

    public IEnumerable<ChildRestartStats> Stats => ByName.Values.Where(static stats => stats is not null)!;

    /// <summary>The children, read when they are asked for: most who get them look at none of them, and there may be many.</summary>
    public IEnumerable<IInternalActorRef> Children => Stats.Select(static stats => stats.Child);

    public bool IsEmpty => ByName.IsEmpty;

    public ChildrenState Reserve(string name)
    {
        if (IsTerminating)
            throw new InvalidOperationException($"Cannot create a child named [{name}]: its parent is terminating or terminated.");
        return ByName.ContainsKey(name)
            ? throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!")
            : this with { ByName = ByName.Add(name, null) };
    }

    public ChildrenState Unreserve(string name)
        => ByName.TryGetValue(name, out var stats) && stats is null ? this with { ByName = ByName.Remove(name) } : this;

    public ChildrenState Add(string name, ChildRestartStats stats) => this with { ByName = ByName.SetItem(name, stats) };

    public ChildrenState ShallDie(IActorRef child)
        => this with { Dying = Dying.Add(child), Reason = Reason ?? SuspendReason.UserRequest.Instance };

    public ChildrenState WithReason(SuspendReason reason) => this with { Reason = reason };

    public ChildrenState Terminated() => Empty with { IsTerminated = true };

    /// <summary>Without a child; with the last dying one goes the reason to wait.</summary>
    public ChildrenState Remove(IActorRef child)
    {
        var names = TryGetByRef(child, out _) ? ByName.Remove(child.Path.Name) : ByName;
        var dying = Dying.Remove(child);
        if (Reason is null || !dying.IsEmpty)
            return this with { ByName = names, Dying = dying };
        return Reason is SuspendReason.Termination
            ? Terminated()
            : this with { ByName = names, Dying = dying, Reason = null };
    }

    public bool TryGetByName(string name, out ChildRestartStats? stats) => ByName.TryGetValue(name, out stats);

    public bool TryGetByRef(IActorRef child, [NotNullWhen(true)] out ChildRestartStats? stats)
        => ByName.TryGetValue(child.Path.Name, out stats) && stats is not null && stats.Child.Equals(child);
}
