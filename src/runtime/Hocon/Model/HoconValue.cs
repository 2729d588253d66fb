using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Hocon.Tree;

namespace Hocon;

/// <summary>The value of a field or an item of a list. It has one part as a rule; several are taken together as one text, list or object.</summary>
public partial class HoconValue : List<IHoconElement>, IHoconElement
{
    /// <summary>A value without parts.</summary>
    public HoconValue(IHoconElement? parent) => Parent = parent;

    /// <summary>The parts.</summary>
    public ReadOnlyCollection<IHoconElement> Children => AsReadOnly();

    /// <inheritdoc/>
    public IHoconElement? Parent { get; }

    /// <inheritdoc/>
    public virtual HoconType Type => this is [var single] ? single.Type : ToNode()?.Type ?? HoconType.Empty;

    /// <inheritdoc/>
    public virtual string Raw => Elements.Raw(this);

    /// <summary>Adds a part.</summary>
    public new virtual void Add(IHoconElement value) => base.Add(value);

    /// <summary>Adds parts.</summary>
    public new virtual void AddRange(IEnumerable<IHoconElement> values) => base.AddRange(values);

    /// <summary>Takes all parts away.</summary>
    public new void Clear() => base.Clear();

    /// <summary>A document with this value as its only field.</summary>
    public HoconRoot AtKey(string key)
    {
        var root = new HoconValue(null);
        var obj = new HoconObject(root);
        var field = new HoconField(key, obj);
        field.Value.AddRange(this.Select(part => part.Clone(field.Value)));
        obj.Add(key, field);
        root.Add(obj);
        return new HoconRoot(root);
    }

    /// <inheritdoc/>
    public virtual IHoconElement Clone(IHoconElement? newParent)
    {
        var copy = new HoconValue(newParent);
        copy.AddRange(this.Select(part => part.Clone(copy)));
        return copy;
    }

    /// <inheritdoc/>
    public virtual IList<HoconValue> GetArray() =>
        TryGetArray(out var items) ? items : throw new HoconException(Mismatch.Describe(ToNode(), Mismatch.ExpectedList));

    /// <inheritdoc/>
    public virtual HoconObject GetObject() =>
        TryGetObject(out var obj) ? obj : throw new HoconException(Mismatch.Describe(ToNode(), Mismatch.ExpectedObject));

    /// <inheritdoc/>
    public virtual string? GetString() => ToNode() switch
    {
        null => null,
        ScalarNode scalar => scalar.Text,
        var node => throw new HoconException(Mismatch.Describe(node, ValueKinds.Text.Expected)),
    };

    /// <summary>The items, if this is a list.</summary>
    public virtual bool TryGetArray([NotNullWhen(true)] out List<HoconValue>? result)
    {
        result = this is [HoconArray single] ? single
            : ToNode() is { } node ? Conversions.AsList(node)?.Select(i => Of(i, this)).ToList()
            : null;
        return result is not null;
    }

    /// <summary>The object, if this is one.</summary>
    public virtual bool TryGetObject([NotNullWhen(true)] out HoconObject? result)
    {
        result = this is [HoconObject single] ? single : ToNode() is ObjectNode node ? HoconObject.Of(node, this) : null;
        return result is not null;
    }

    /// <inheritdoc/>
    public bool Equals(IHoconElement? other) => Elements.AreEqual(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IHoconElement);

    /// <inheritdoc/>
    public override int GetHashCode() => Elements.HashOf(this);

    /// <inheritdoc/>
    public override string ToString() => Raw;

    /// <summary>Whether both have the same content.</summary>
    public static bool operator ==(HoconValue? left, HoconValue? right) => Elements.AreEqual(left, right);

    /// <summary>Whether the contents differ.</summary>
    public static bool operator !=(HoconValue? left, HoconValue? right) => !Elements.AreEqual(left, right);

    internal static HoconValue Of(Node node, IHoconElement? parent)
    {
        var value = new HoconValue(parent);
        value.Add(Elements.Of(node, value));
        return value;
    }

    /// <summary>The content as one immutable value; null if there are no parts.</summary>
    internal Node? ToNode()
    {
        var parts = this.Select(Elements.NodeOf).OfType<Node>().ToList();
        return parts switch
        {
            [] => null,
            [var single] => single,
            _ when parts.TrueForAll(p => p is ObjectNode) => parts.Aggregate((lower, upper) => upper.Over(lower)),
            _ when parts.TrueForAll(p => p is ArrayNode) => new ArrayNode(parts[0].Position, parts.SelectMany(p => ((ArrayNode)p).Items).ToList()),
            _ when parts.TrueForAll(p => p is ScalarNode) =>
                new ScalarNode(parts[0].Position, string.Concat(parts.Select(p => ((ScalarNode)p).Text)), isQuoted: true),
            _ => throw new HoconException("Texts, lists and objects cannot stand in one value."),
        };
    }
}
