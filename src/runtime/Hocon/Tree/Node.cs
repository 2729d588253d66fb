using System.Diagnostics.CodeAnalysis;
using Hocon.Syntax;

namespace Hocon.Tree;

/// <summary>A resolved, immutable value. Both public object models are views of these.</summary>
internal abstract class Node(SourcePosition position)
{
    /// <summary>Where the value was written, for the errors of getters.</summary>
    public SourcePosition Position { get; } = position;

    public abstract HoconType Type { get; }

    /// <summary>This value over a lower one: objects merge field by field, anything else hides what is below.</summary>
    public virtual Node Over(Node lower) => this;
}

/// <summary>An object; the order of its fields is that of the text.</summary>
internal sealed class ObjectNode(SourcePosition position, OrderedDictionary<string, Node> fields, bool hidesLower = false) : Node(position)
{
    private readonly OrderedDictionary<string, Node> _fields = fields;

    public static ObjectNode Empty { get; } = new(SourcePosition.None, []);

    public IReadOnlyDictionary<string, Node> Fields => _fields;

    /// <summary>
    /// Whether a value that is no object (such as null) was set below this one. That cleared the field: objects of still lower layers, such as
    /// the defaults of a library, do not merge into it.
    /// </summary>
    public bool HidesLower { get; } = hidesLower;

    public override HoconType Type => HoconType.Object;

    public bool TryGet(string key, [NotNullWhen(true)] out Node? value) => _fields.TryGetValue(key, out value);

    public override Node Over(Node lower)
    {
        if (HidesLower)
            return this;
        if (lower is not ObjectNode below)
            return new ObjectNode(Position, _fields, hidesLower: true);
        var merged = new OrderedDictionary<string, Node>(below._fields);
        foreach (var (key, value) in _fields)
            merged[key] = merged.TryGetValue(key, out var hidden) ? value.Over(hidden) : value;
        return new ObjectNode(Position, merged, below.HidesLower);
    }
}

/// <summary>A list.</summary>
internal sealed class ArrayNode(SourcePosition position, IReadOnlyList<Node> items) : Node(position)
{
    public IReadOnlyList<Node> Items { get; } = items;

    public override HoconType Type => HoconType.Array;
}
