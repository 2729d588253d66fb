using System.Collections.Immutable;

namespace AkkaHa.Core.Downing;

/// <summary>What a member makes of what it knows of all links.</summary>
/// <param name="Why">The reason, as a phrase for people.</param>
public abstract record Verdict(string Why)
{
    /// <summary>All hear each other, or those that do not are dealt with.</summary>
    public sealed record Keep() : Verdict("all members hear each other");

    /// <summary>It is too early, or no set can decide.</summary>
    public sealed record Wait(string Why) : Verdict(Why);

    /// <summary>This member is the first of the set that stays: it proposes it.</summary>
    /// <param name="Set">Who stays.</param>
    /// <param name="Others">Who goes.</param>
    /// <param name="Why">The reason.</param>
    public sealed record Propose(ImmutableSortedSet<Peer> Set, ImmutableSortedSet<Peer> Others, string Why) : Verdict(Why);

    /// <summary>Another member proposes the set that stays.</summary>
    public sealed record Follow(ImmutableSortedSet<Peer> Set, string Why) : Verdict(Why);

    /// <summary>No set that holds this member can have a majority: it goes.</summary>
    public sealed record Leave(string Why) : Verdict(Why);
}
