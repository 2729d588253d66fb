using System.Diagnostics.CodeAnalysis;
using Hocon.Syntax;
using Hocon.Tree;

namespace Hocon;

/// <summary>Fields by their keys.</summary>
public class HoconObject : Dictionary<string, HoconField>, IHoconElement
{
    private bool _hidesLower;
    private SourcePosition _position;

    /// <summary>An object without fields.</summary>
    public HoconObject(IHoconElement? parent) => Parent = parent;

    /// <summary>A new object without fields.</summary>
    public static HoconObject Empty => new(null);

    /// <summary>The field with this key.</summary>
    /// <exception cref="KeyNotFoundException">There is no such field.</exception>
    public new HoconField this[string key] => GetField(key);

    /// <summary>The field at this path.</summary>
    /// <exception cref="KeyNotFoundException">There is no such field.</exception>
    public HoconField this[HoconPath path] => GetField(path);

    /// <summary>The keys from the root to this object.</summary>
    public HoconPath Path => Parent switch
    {
        HoconValue { Parent: HoconField holder } => holder.Path,
        _ => HoconPath.Empty,
    };

    /// <summary>Whether there are no fields.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>The fields with plain values: nested dictionaries for objects, and <see cref="HoconValue"/> for the rest.</summary>
    public IDictionary<string, object> Unwrapped =>
        this.ToDictionary(f => f.Key, object (f) => f.Value.Type == HoconType.Object ? f.Value.GetObject().Unwrapped : f.Value.Value);

    /// <inheritdoc/>
    public IHoconElement? Parent { get; }

    /// <inheritdoc/>
    public HoconType Type => HoconType.Object;

    /// <inheritdoc/>
    public string Raw => Elements.Raw(this);

    /// <inheritdoc/>
    public IHoconElement Clone(IHoconElement? newParent) => Of(ToNode(), newParent);

    /// <inheritdoc/>
    public IList<HoconValue> GetArray() => Conversions.AsList(ToNode()) is { } items
        ? items.Select(i => HoconValue.Of(i, this)).ToList()
        : throw new HoconException(Mismatch.Describe(ToNode(), Mismatch.ExpectedList));

    /// <inheritdoc/>
    public HoconObject GetObject() => this;

    /// <inheritdoc/>
    public string? GetString() => throw new HoconException(Mismatch.Describe(ToNode(), ValueKinds.Text.Expected));

    /// <summary>The field with this key.</summary>
    /// <exception cref="KeyNotFoundException">There is no such field.</exception>
    public HoconField GetField(string key) =>
        TryGetField(key, out var field) ? field : throw new KeyNotFoundException($"The object {Describe()} has no field {PathExpression.RenderElement(key)}.");

    /// <summary>The field at this path.</summary>
    /// <exception cref="KeyNotFoundException">There is no such field.</exception>
    public HoconField GetField(HoconPath path) =>
        TryGetField(path, out var field) ? field : throw new KeyNotFoundException($"The object {Describe()} has no field {path}.");

    /// <summary>The object in the field with this key.</summary>
    /// <exception cref="KeyNotFoundException">There is no such field.</exception>
    /// <exception cref="HoconException">The field holds no object.</exception>
    public HoconObject GetObject(string key) => GetField(key).GetObject();

    /// <summary>The value at this path.</summary>
    /// <exception cref="KeyNotFoundException">There is no such value.</exception>
    public HoconValue GetValue(HoconPath path) => GetField(path).Value;

    /// <summary>The items, if all keys are whole numbers.</summary>
    public bool TryGetArray([NotNullWhen(true)] out List<HoconValue>? result)
    {
        result = Conversions.AsList(ToNode())?.Select(i => HoconValue.Of(i, this)).ToList();
        return result is not null;
    }

    /// <summary>The field with this key, if there is one.</summary>
    public bool TryGetField(string key, [NotNullWhen(true)] out HoconField? result) => TryGetValue(key, out result);

    /// <summary>The field at this path, if there is one.</summary>
    public bool TryGetField(HoconPath path, [NotNullWhen(true)] out HoconField? result)
    {
        result = null;
        var current = this;
        foreach (var key in path)
        {
            if (current is null || !current.TryGetField(key, out result))
            {
                result = null;
                return false;
            }

            current = result.Type == HoconType.Object ? result.GetObject() : null;
        }

        return result is not null;
    }

    /// <summary>The object in the field with this key, if there is one.</summary>
    public bool TryGetObject(string key, [NotNullWhen(true)] out HoconObject? result)
    {
        result = null;
        return TryGetField(key, out var field) && field.Value.TryGetObject(out result);
    }

    /// <summary>The value at this path, if there is one.</summary>
    public bool TryGetValue(HoconPath path, [NotNullWhen(true)] out HoconValue? result)
    {
        result = TryGetField(path, out var field) ? field.Value : null;
        return result is not null;
    }

    /// <summary>Takes over the fields of another object; where both have a field, objects are merged and any other value of the other one wins.</summary>
    public virtual void Merge(HoconObject other) => Take((ObjectNode)other.ToNode().Over(ToNode()));

    /// <summary>Takes over those fields of another object that this one lacks; where both have an object, they are merged.</summary>
    public void FallbackMerge(HoconObject other) => Take((ObjectNode)ToNode().Over(other.ToNode()));

    /// <inheritdoc/>
    public bool Equals(IHoconElement? other) => Elements.AreEqual(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IHoconElement);

    /// <inheritdoc/>
    public override int GetHashCode() => Elements.HashOf(this);

    /// <inheritdoc/>
    public override string ToString() => Raw;

    /// <summary>Whether both have the same content.</summary>
    public static bool operator ==(HoconObject? left, HoconObject? right) => Elements.AreEqual(left, right);

    /// <summary>Whether the contents differ.</summary>
    public static bool operator !=(HoconObject? left, HoconObject? right) => !Elements.AreEqual(left, right);

    internal static HoconObject Of(ObjectNode node, IHoconElement? parent)
    {
        var obj = new HoconObject(parent);
        obj.Take(node);
        return obj;
    }

    internal ObjectNode ToNode()
    {
        var fields = new OrderedDictionary<string, Node>();
        foreach (var (key, field) in this)
        {
            if (field.Value.ToNode() is { } value)
                fields[key] = value;
        }

        return new ObjectNode(_position, fields, _hidesLower);
    }

    private void Take(ObjectNode node)
    {
        Clear();
        _hidesLower = node.HidesLower;
        _position = node.Position;
        foreach (var (key, value) in node.Fields)
            Add(key, HoconField.Of(key, value, this));
    }

    private string Describe() => Path.IsEmpty ? "at the root" : Path.ToString();
}
