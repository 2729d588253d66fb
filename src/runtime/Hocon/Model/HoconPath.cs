using System.Diagnostics.CodeAnalysis;
using Hocon.Syntax;

namespace Hocon;

/// <summary>The keys that lead to a value.</summary>
public sealed class HoconPath : List<string>, IEquatable<HoconPath>
{
    /// <summary>The path of the root.</summary>
    public static readonly HoconPath Empty = new([]);

    /// <summary>A path of keys, which may have dots of their own.</summary>
    public HoconPath(IEnumerable<string> path)
        : base(path)
    {
    }

    /// <summary>Whether this is the path of the root.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>The path with dots between the keys, and quotes where they are needed.</summary>
    public string Value => PathExpression.Render(this);

    /// <summary>The last key; null for the root.</summary>
    public string? Key => this.LastOrDefault();

    /// <summary>Reads keys with dots between them; a key with dots of its own stands in quotes.</summary>
    /// <exception cref="HoconParserException">The path is empty, has an empty key or an open quote.</exception>
    public static HoconPath Parse(string path) => new(PathExpression.Parse(path));

    /// <summary>Reads keys with dots between them, if this is possible.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out HoconPath? result)
    {
        try
        {
            result = Parse(path);
            return true;
        }
        catch (HoconParserException)
        {
            result = null;
            return false;
        }
    }

    /// <summary>The first keys.</summary>
    public HoconPath SubPath(int length) => new(this.Take(length));

    /// <summary>Some keys from the middle.</summary>
    public HoconPath SubPath(int index, int count) => new(GetRange(index, count));

    /// <inheritdoc/>
    public bool Equals(HoconPath? other) => other is not null && this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HoconPath);

    /// <inheritdoc/>
    public override int GetHashCode() => this.Aggregate(17, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>Whether both have the same keys.</summary>
    public static bool operator ==(HoconPath? left, HoconPath? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the keys differ.</summary>
    public static bool operator !=(HoconPath? left, HoconPath? right) => !(left == right);
}
