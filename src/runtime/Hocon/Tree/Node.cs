using System.Diagnostics.CodeAnalysis;
using Hocon.Syntax;

namespace Hocon.Tree;

/// <summary>A resolved, immutable value. Both public object models are views of these.</summary>
internal abstract class Node(SourcePosition position)
{
    // Whatever walks through a value (resolving, printing, merging, comparing) recurses, and must not run out of stack.
    public const int MaxHeight = 500;

    /// <summary>Where the value was written, for the errors of getters.</summary>
    public SourcePosition Position { get; } = position;

    public abstract HoconType Type { get; }

    /// <summary>How many objects and lists are nested here at most, this one included.</summary>
    public virtual int Height => 0;

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

    public override int Height { get; } = 1 + fields.Values.Select(v => v.Height).DefaultIfEmpty().Max();

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

    public override int Height { get; } = 1 + items.Select(v => v.Height).DefaultIfEmpty().Max();
}
