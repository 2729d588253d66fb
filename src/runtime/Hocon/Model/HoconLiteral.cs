using Hocon.Syntax;
using Hocon.Tree;

namespace Hocon;

/// <summary>A single word or text.</summary>
public abstract class HoconLiteral : IHoconElement
{
    /// <summary>A literal.</summary>
    /// <param name="parent">The value that it is a part of.</param>
    /// <param name="value">Its text; null for null.</param>
    protected HoconLiteral(IHoconElement? parent, string? value)
    {
        Parent = parent;
        Value = value;
    }

    /// <summary>How the literal is written.</summary>
    public abstract HoconLiteralType LiteralType { get; }

    /// <summary>The text without quotes; null for null.</summary>
    public virtual string? Value { get; }

    /// <inheritdoc/>
    public IHoconElement? Parent { get; }

    /// <inheritdoc/>
    public abstract HoconType Type { get; }

    /// <inheritdoc/>
    public virtual string Raw => ToNode().ToString();

    internal SourcePosition Position { get; private init; }

    /// <inheritdoc/>
    public abstract IHoconElement Clone(IHoconElement? newParent);

    /// <inheritdoc/>
    public IList<HoconValue> GetArray() => throw new HoconException(Mismatch.Describe(ToNode(), Mismatch.ExpectedList));

    /// <inheritdoc/>
    public HoconObject GetObject() => throw new HoconException(Mismatch.Describe(ToNode(), Mismatch.ExpectedObject));

    /// <inheritdoc/>
    public string? GetString() => Value;

    /// <inheritdoc/>
    public bool Equals(IHoconElement? other) => Elements.AreEqual(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IHoconElement);

    /// <inheritdoc/>
    public override int GetHashCode() => Elements.HashOf(this);

    /// <inheritdoc/>
    public override string ToString() => Raw;

    /// <summary>Whether both have the same content.</summary>
    public static bool operator ==(HoconLiteral? left, HoconLiteral? right) => Elements.AreEqual(left, right);

    /// <summary>Whether the contents differ.</summary>
    public static bool operator !=(HoconLiteral? left, HoconLiteral? right) => !Elements.AreEqual(left, right);

    internal static HoconLiteral Of(ScalarNode node, IHoconElement parent) => (node.Type, node.Text) switch
    {
        (_, null) => new HoconNull(parent) { Position = node.Position },
        (HoconType.Boolean, { } text) => new HoconBool(parent, text) { Position = node.Position },
        (HoconType.Number, { } text) when text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) => new HoconHex(parent, text) { Position = node.Position },
        (HoconType.Number, { } text) when text.AsSpan().IndexOfAny('.', 'e', 'E') < 0 => new HoconLong(parent, text) { Position = node.Position },
        (HoconType.Number, { } text) => new HoconDouble(parent, text) { Position = node.Position },
        (_, { } text) when node.IsQuoted => new HoconQuotedString(parent, text) { Position = node.Position },
        (_, { } text) => new HoconUnquotedString(parent, text) { Position = node.Position },
    };

    internal ScalarNode ToNode() => new(Position, Value, LiteralType == HoconLiteralType.QuotedString);
}
