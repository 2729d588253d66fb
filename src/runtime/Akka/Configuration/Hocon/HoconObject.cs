using Hocon.Syntax;
using Hocon.Tree;

namespace Akka.Configuration.Hocon;

/// <summary>Fields with values.</summary>
public class HoconObject : IHoconElement
{
    internal bool HidesLower { get; init; }

    internal SourcePosition Position { get; init; }

    /// <summary>The fields.</summary>
    public Dictionary<string, HoconValue> Items { get; } = [];

    /// <summary>The fields with plain values: nested dictionaries for objects, and <see cref="HoconValue"/> for the rest.</summary>
    public IDictionary<string, object?> Unwrapped =>
        Items.ToDictionary(i => i.Key, object? (i) => i.Value.GetObject() is { } nested ? nested.Unwrapped : i.Value);

    /// <inheritdoc/>
    public IList<HoconValue> GetArray() => throw new ConfigurationException("An object stands where a list is expected.");

    /// <inheritdoc/>
    public string GetString() => throw new ConfigurationException("An object stands where a text is expected.");

    /// <inheritdoc/>
    public bool IsArray() => false;

    /// <inheritdoc/>
    public bool IsString() => false;

    /// <summary>The value of a field; null if there is no such field.</summary>
    public HoconValue? GetKey(string key) => Items.GetValueOrDefault(key);

    /// <summary>The value of a field, which is made without content if there is no such field.</summary>
    public HoconValue GetOrCreateKey(string key)
    {
        if (!Items.TryGetValue(key, out var value))
            Items[key] = value = new HoconValue();
        return value;
    }

    /// <summary>Takes over the fields of another object. Where both have a field, objects are merged and any other value of <paramref name="other"/> wins.</summary>
    public void Merge(HoconObject other)
    {
        foreach (var (key, value) in other.Items)
        {
            if (value.GetObject() is { } theirs && Items.TryGetValue(key, out var mine) && mine.GetObject() is { } ours)
                ours.Merge(theirs);
            else
                Items[key] = value;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Printer.Print(ToNode(), 2);

    internal static HoconObject Of(ObjectNode node)
    {
        var obj = new HoconObject { HidesLower = node.HidesLower, Position = node.Position };
        foreach (var (key, value) in node.Fields)
            obj.Items[key] = HoconValue.Of(value);
        return obj;
    }

    internal ObjectNode ToNode()
    {
        var fields = new OrderedDictionary<string, Node>();
        foreach (var (key, value) in Items)
        {
            if (value.ToNode() is { } node)
                fields[key] = node;
        }

        return new ObjectNode(Position, fields, HidesLower);
    }
}
