using Hocon.Tree;

namespace Hocon;

/// <summary>A key of an object and its value.</summary>
public sealed class HoconField : IHoconElement
{
    private readonly HoconObject? _parent;

    /// <summary>A field whose value is still empty.</summary>
    public HoconField(string key, HoconObject? parent)
    {
        Key = key;
        _parent = parent;
        Value = new HoconValue(this);
    }

    /// <summary>The keys from the root to this field.</summary>
    public HoconPath Path => new([.. _parent?.Path ?? HoconPath.Empty, Key]);

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>The value.</summary>
    public HoconValue Value { get; private set; }

    /// <inheritdoc/>
    public IHoconElement? Parent => _parent;

    /// <inheritdoc/>
    public HoconType Type => Value.Type;

    /// <inheritdoc/>
    public string Raw => Value.Raw;

    /// <inheritdoc/>
    public IHoconElement Clone(IHoconElement? newParent)
    {
        var copy = new HoconField(Key, newParent as HoconObject);
        copy.Value = (HoconValue)Value.Clone(copy);
        return copy;
    }

    /// <inheritdoc/>
    public IList<HoconValue> GetArray() => Value.GetArray();

    /// <inheritdoc/>
    public HoconObject GetObject() => Value.GetObject();

    /// <inheritdoc/>
    public string? GetString() => Value.GetString();

    /// <inheritdoc/>
    public bool Equals(IHoconElement? other) => Elements.AreEqual(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IHoconElement);

    /// <inheritdoc/>
    public override int GetHashCode() => Elements.HashOf(this);

    /// <inheritdoc/>
    public override string ToString() => Raw;

    /// <summary>Whether both have the same content.</summary>
    public static bool operator ==(HoconField? left, HoconField? right) => Elements.AreEqual(left, right);

    /// <summary>Whether the contents differ.</summary>
    public static bool operator !=(HoconField? left, HoconField? right) => !Elements.AreEqual(left, right);

    internal static HoconField Of(string key, Node value, HoconObject parent)
    {
        var field = new HoconField(key, parent);
        field.Value = HoconValue.Of(value, field);
        return field;
    }
}
