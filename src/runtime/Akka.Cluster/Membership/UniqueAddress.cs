using Akka.Actor;
using Akka.Util;

namespace Akka.Cluster;

/// <summary>
/// Names one incarnation of an actor system: its address and the uid it drew when it started.
/// A process that restarts on the same address is another member, because its uid differs.
/// </summary>
public class UniqueAddress : IComparable<UniqueAddress>, IEquatable<UniqueAddress>, IComparable
{
    /// <summary>Makes the name of an incarnation.</summary>
    /// <param name="address">The address that the actor system is reached at.</param>
    /// <param name="uid">The uid of this incarnation.</param>
    public UniqueAddress(Address address, int uid)
    {
        ArgumentNullException.ThrowIfNull(address);
        Address = address;
        Uid = uid;
    }

    /// <summary>The address that the actor system is reached at.</summary>
    public Address Address { get; }

    /// <summary>The uid of this incarnation.</summary>
    public int Uid { get; }

    /// <inheritdoc/>
    public bool Equals(UniqueAddress? other) =>
        ReferenceEquals(this, other) || (other is not null && Uid == other.Uid && Address.Equals(other.Address));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UniqueAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => StableHash.Combine(Address.GetHashCode(), Uid);

    /// <summary>Orders by address (host, then port) and then by uid.</summary>
    /// <param name="uniqueAddress">The incarnation to compare with.</param>
    /// <returns>Negative, zero or positive, as in <see cref="IComparable{T}"/>.</returns>
    public int CompareTo(UniqueAddress? uniqueAddress)
    {
        if (uniqueAddress is null) return 1;
        var byAddress = Member.AddressOrdering.Compare(Address, uniqueAddress.Address);
        return byAddress != 0 ? byAddress : Uid.CompareTo(uniqueAddress.Uid);
    }

    int IComparable.CompareTo(object? obj) => obj switch
    {
        null => 1,
        UniqueAddress other => CompareTo(other),
        _ => throw new ArgumentException($"A UniqueAddress cannot be compared with a {obj.GetType()}.", nameof(obj)),
    };

    /// <inheritdoc/>
    public override string ToString() => $"UniqueAddress: ({Address}, {Uid})";

    /// <summary>Whether both name the same incarnation.</summary>
    public static bool operator ==(UniqueAddress? left, UniqueAddress? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the two name different incarnations.</summary>
    public static bool operator !=(UniqueAddress? left, UniqueAddress? right) => !(left == right);
}
