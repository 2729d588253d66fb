using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Akka.Cluster;

/// <summary>
/// A vector clock: for every node the number of changes it has made. Of two gossips one is newer when its clock has seen every
/// change of the other; otherwise they are concurrent and must be merged.
/// </summary>
public sealed class VectorClock
{
    private static readonly VectorClock Empty = new(ImmutableSortedDictionary<Node, long>.Empty);

    private VectorClock(ImmutableSortedDictionary<Node, long> versions) => Versions = versions;

    /// <summary>The number of changes by node.</summary>
    public ImmutableSortedDictionary<Node, long> Versions { get; }

    /// <summary>A clock that has seen no change.</summary>
    public static VectorClock Create() => Empty;

    /// <summary>A clock with given counts.</summary>
    /// <param name="seedValues">The number of changes by node.</param>
    public static VectorClock Create(ImmutableSortedDictionary<Node, long> seedValues)
    {
        ArgumentNullException.ThrowIfNull(seedValues);
        return seedValues.IsEmpty ? Empty : new VectorClock(seedValues);
    }

    /// <summary>This clock after one more change by a node.</summary>
    /// <param name="node">The node that makes the change.</param>
    public VectorClock Increment(Node node) => new(Versions.SetItem(node, Versions.GetValueOrDefault(node) + 1));

    /// <summary>The clock that has seen what either has seen: the higher count for every node.</summary>
    /// <param name="that">The other clock.</param>
    public VectorClock Merge(VectorClock that)
    {
        var merged = Versions.ToBuilder();
        foreach (var (node, count) in that.Versions)
            if (count > merged.GetValueOrDefault(node)) merged[node] = count;
        return Create(merged.ToImmutable());
    }

    /// <summary>This clock without the count of a node that makes no more changes.</summary>
    /// <param name="removedNode">The node to forget.</param>
    public VectorClock Prune(Node removedNode) => Versions.ContainsKey(removedNode) ? Create(Versions.Remove(removedNode)) : this;

    /// <summary>How this clock relates to another.</summary>
    /// <param name="that">The other clock.</param>
    /// <returns><see cref="Ordering.After"/> if this has seen all that the other has, and more; and so on.</returns>
    public Ordering CompareTo(VectorClock that)
    {
        if (ReferenceEquals(this, that)) return Ordering.Same;
        var ahead = HasMoreThan(Versions, that.Versions);
        var behind = HasMoreThan(that.Versions, Versions);
        return (ahead, behind) switch
        {
            (true, true) => Ordering.Concurrent,
            (true, false) => Ordering.After,
            (false, true) => Ordering.Before,
            (false, false) => Ordering.Same,
        };
    }

    /// <summary>Whether this clock has seen all that the other has, and more.</summary>
    /// <param name="that">The other clock.</param>
    public bool IsAfter(VectorClock that) => CompareTo(that) == Ordering.After;

    /// <summary>Whether the other clock has seen all that this has, and more.</summary>
    /// <param name="that">The other clock.</param>
    public bool IsBefore(VectorClock that) => CompareTo(that) == Ordering.Before;

    /// <summary>Whether each has seen something that the other has not.</summary>
    /// <param name="that">The other clock.</param>
    public bool IsConcurrentWith(VectorClock that) => CompareTo(that) == Ordering.Concurrent;

    /// <summary>Whether both have seen the same.</summary>
    /// <param name="that">The other clock.</param>
    public bool IsSameAs(VectorClock that) => CompareTo(that) == Ordering.Same;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is VectorClock that && IsSameAs(that);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (node, count) in Versions)
        {
            if (count == 0) continue;
            hash.Add(node);
            hash.Add(count);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => $"VectorClock({string.Join(", ", Versions.Select(v => $"{v.Key}->{v.Value}"))})";

    /// <summary>Whether both have seen the same.</summary>
    public static bool operator ==(VectorClock? left, VectorClock? right) => left is null ? right is null : right is not null && left.IsSameAs(right);

    /// <summary>Whether the two have seen different changes.</summary>
    public static bool operator !=(VectorClock? left, VectorClock? right) => !(left == right);

    /// <summary>Whether the left clock is after the right.</summary>
    public static bool operator >(VectorClock left, VectorClock right) => left.IsAfter(right);

    /// <summary>Whether the left clock is before the right.</summary>
    public static bool operator <(VectorClock left, VectorClock right) => left.IsBefore(right);

    private static bool HasMoreThan(ImmutableSortedDictionary<Node, long> left, ImmutableSortedDictionary<Node, long> right)
    {
        foreach (var (node, count) in left)
            if (count > right.GetValueOrDefault(node)) return true;
        return false;
    }

    /// <summary>How two clocks relate.</summary>
    public enum Ordering
    {
        /// <summary>This has seen all that the other has, and more.</summary>
        After = 0,

        /// <summary>The other has seen all that this has, and more.</summary>
        Before = 1,

        /// <summary>Both have seen the same.</summary>
        Same = 2,

        /// <summary>Each has seen something that the other has not.</summary>
        Concurrent = 3,

        /// <summary>Not an answer: asks a comparison for the full order.</summary>
        FullOrder = 4,
    }

    /// <summary>The name under which a node counts its changes.</summary>
    public class Node : IComparable<Node>
    {
        private const int HashBytes = 16;
        private readonly string _value;

        /// <summary>Makes a node of a name as it is.</summary>
        /// <param name="value">The name.</param>
        public Node(string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            _value = value;
        }

        /// <summary>Makes a node of a name that is shortened to a hash, so that gossip stays small.</summary>
        /// <param name="name">The name.</param>
        public static Node Create(string name)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
            return new Node(Convert.ToHexStringLower(hash[..HashBytes]));
        }

        /// <summary>Makes a node of a hash that <see cref="Create(string)"/> gave.</summary>
        /// <param name="hash">The hash.</param>
        public static Node FromHash(string hash) => new(hash);

        /// <inheritdoc/>
        public int CompareTo(Node? other) => other is null ? 1 : string.CompareOrdinal(_value, other._value);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Node other && string.Equals(_value, other._value, StringComparison.Ordinal);

        /// <inheritdoc/>
        public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_value);

        /// <inheritdoc/>
        public override string ToString() => _value;
    }
}
