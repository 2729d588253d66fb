using Hocon.Syntax;
using Hocon.Tree;

namespace Hocon;

/// <summary>A list of values.</summary>
public sealed class HoconArray : List<HoconValue>, IHoconElement
{
    /// <summary>An empty list.</summary>
    public HoconArray(IHoconElement? parent) => Parent = parent;

    /// <inheritdoc/>
    public IHoconElement? Parent { get; }

    /// <inheritdoc/>
    public HoconType Type => HoconType.Array;

    /// <inheritdoc/>
    public string Raw => Elements.Raw(this);

    private SourcePosition Position { get; init; }

    /// <inheritdoc/>
    public IHoconElement Clone(IHoconElement? newParent) => Of(ToNode(), newParent);

    /// <inheritdoc/>
    public IList<HoconValue> GetArray() => this;

    /// <inheritdoc/>
    public HoconObject GetObject() => throw new HoconException(Mismatch.Describe(ToNode(), Mismatch.ExpectedObject));

    /// <inheritdoc/>
    public string? GetString() => throw new HoconException(Mismatch.Describe(ToNode(), ValueKinds.Text.Expected));

    /// <inheritdoc/>
    public bool Equals(IHoconElement? other) => Elements.AreEqual(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IHoconElement);

    /// <inheritdoc/>
    public override int GetHashCode() => Elements.HashOf(this);

    /// <inheritdoc/>
    public override string ToString() => Raw;

    /// <summary>Whether both have the same content.</summary>
    public static bool operator ==(HoconArray? left, HoconArray? right) => Elements.AreEqual(left, right);

    /// <summary>Whether the contents differ.</summary>
    public static bool operator !=(HoconArray? left, HoconArray? right) => !Elements.AreEqual(left, right);

    internal static HoconArray Of(ArrayNode node, IHoconElement? parent)
    {
        var array = new HoconArray(parent) { Position = node.Position };
        array.AddRange(node.Items.Select(i => HoconValue.Of(i, array)));
        return array;
    }

    internal ArrayNode ToNode() => new(Position, this.Select(v => v.ToNode()).OfType<Node>().ToList());
}
