using System.Globalization;
using System.Text;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// The unique name of an actor: the address of its system and the names from the root down to it.
/// Equality looks at address and names; the uid, which tells incarnations apart, is looked at by actor references.
/// </summary>
public abstract partial class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    private protected const string UidSeparator = "#";

    private readonly Address _address;
    private readonly ActorPath? _parent;
    private readonly int _hash;
    private string? _serialized;

    // Remoting's form of the path, kept here because it is needed for every message.
    internal byte[]? WireForm;

    /// <summary>Makes a root path.</summary>
    /// <param name="address">The address of the system.</param>
    /// <param name="name">The name of the root, usually <c>/</c>.</param>
    private protected ActorPath(Address address, string name)
    {
        _address = address;
        Name = name;
        _hash = StableHash.Combine(address.GetHashCode(), StableHash.Of(name));
    }

    /// <summary>Makes the path of a child.</summary>
    /// <param name="parentPath">The path of its parent.</param>
    /// <param name="name">Its name.</param>
    /// <param name="uid">The uid of this incarnation; 0 if unknown.</param>
    private protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        _address = parentPath._address;
        _parent = parentPath;
        Name = name;
        Uid = uid;
        Depth = parentPath.Depth + 1;
        _hash = StableHash.Combine(parentPath._hash, StableHash.Of(name));
    }

    /// <summary>The last name of the path.</summary>
    public string Name { get; }

    /// <summary>The address of the actor system.</summary>
    public Address Address => _address;

    /// <summary>Tells incarnations with the same path apart; 0 if unknown.</summary>
    public long Uid { get; }

    /// <summary>The path one level up; the root is its own parent.</summary>
    public ActorPath Parent => _parent ?? this;

    /// <summary>How many names stand below the root.</summary>
    public int Depth { get; }

    /// <summary>The names from below the root to this one.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var elements = new string[Depth];
            for (var path = this; path.Depth > 0; path = path.Parent)
                elements[path.Depth - 1] = path.Name;
            return elements;
        }
    }

    /// <summary>The elements, the last one with its uid.</summary>
    internal IReadOnlyList<string> ElementsWithUid
    {
        get
        {
            var elements = (string[])Elements;
            if (elements.Length > 0 && Uid != 0)
                elements[^1] += UidSeparator + Uid.ToString(CultureInfo.InvariantCulture);
            return elements;
        }
    }

    /// <summary>The root of this path.</summary>
    public ActorPath Root => ParentOf(0);

    /// <summary>The path of a child.</summary>
    /// <param name="path">The parent.</param>
    /// <param name="name">The name of the child, perhaps with <c>#uid</c>.</param>
    public static ActorPath operator /(ActorPath path, string name)
    {
        var (bare, uid) = SplitUid(name);
        return new ChildActorPath(path, bare, uid);
    }

    /// <summary>The path some levels below.</summary>
    /// <param name="path">Where to start.</param>
    /// <param name="name">The names on the way; empty ones are skipped.</param>
    public static ActorPath operator /(ActorPath path, IEnumerable<string> name)
        => name.Aggregate(path, static (at, element) => element.Length == 0 ? at : at / element);

    /// <summary>Whether both name the same place.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(ActorPath? left, ActorPath? right) => left?.Equals(right) ?? right is null;

    /// <summary>The opposite of equality.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(ActorPath? left, ActorPath? right) => !(left == right);

    /// <summary>The path of a child.</summary>
    /// <param name="childName">Its name.</param>
    public ActorPath Child(string childName) => this / childName;

    /// <summary>The path at a depth: 0 is the root; a negative number counts levels up from here.</summary>
    /// <param name="depth">The depth.</param>
    public ActorPath ParentOf(int depth)
    {
        var wanted = depth < 0 ? Math.Max(0, Depth + depth) : Math.Min(depth, Depth);
        var path = this;
        while (path.Depth > wanted)
            path = path.Parent;
        return path;
    }

    /// <summary>The same path with another uid.</summary>
    /// <param name="uid">The uid.</param>
    public abstract ActorPath WithUid(long uid);

    /// <summary>The names without the address.</summary>
    public string ToStringWithoutAddress()
    {
        if (Depth == 0)
            return "/";
        var text = new StringBuilder();
        foreach (var element in Elements)
            text.Append('/').Append(element);
        return text.ToString();
    }

    /// <summary>Address and names.</summary>
    public string ToStringWithAddress() => ToStringWithAddress(_address);

    /// <summary>The names behind <paramref name="address"/>, unless the path has a host of its own already.</summary>
    /// <param name="address">The address that others know this system by.</param>
    public string ToStringWithAddress(Address address)
        => (IgnoresAddress || (_address.Host is not null && _address.Port is not null) ? _address : address) + ToStringWithoutAddress();

    /// <summary>Address, names and uid.</summary>
    public string ToStringWithUid() => AppendUid(ToStringWithAddress());

    /// <summary>Address, names and uid: the form in which a reference is written down.</summary>
    public string ToSerializationFormat() => _serialized ??= ToStringWithUid();

    /// <summary>The form in which a reference is written down for others, who know this system by <paramref name="address"/>.</summary>
    /// <param name="address">The address.</param>
    public string ToSerializationFormatWithAddress(Address address) => AppendUid(ToStringWithAddress(address));

    /// <inheritdoc/>
    public bool Equals(ActorPath? other)
    {
        if (other is null || _hash != other._hash || Depth != other.Depth)
            return false;
        ActorPath left = this, right = other;
        while (!ReferenceEquals(left, right))
        {
            if (!string.Equals(left.Name, right.Name, StringComparison.Ordinal))
                return false;
            if (left._parent is null || right._parent is null)
                return left._parent is null && right._parent is null && left._address.Equals(right._address);
            left = left._parent;
            right = right._parent;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ActorPath other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public int CompareTo(ActorPath? other)
    {
        if (other is null)
            return 1;
        var result = _address.CompareTo(other._address);
        if (result != 0)
            return result;
        IReadOnlyList<string> left = Elements, right = other.Elements;
        for (var i = 0; i < left.Count && i < right.Count; i++)
        {
            result = string.CompareOrdinal(left[i], right[i]);
            if (result != 0)
                return result;
        }

        return left.Count.CompareTo(right.Count);
    }

    /// <inheritdoc/>
    public override string ToString() => ToStringWithAddress();

    // "all-systems" has no host on purpose: it must not turn into somebody's own address.
    private bool IgnoresAddress => ReferenceEquals(_address, Address.AllSystems);

    private string AppendUid(string text) => Uid == 0 ? text : text + UidSeparator + Uid.ToString(CultureInfo.InvariantCulture);
}
