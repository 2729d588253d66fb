using Hocon.Syntax;
using Hocon.Tree;

namespace Hocon.Resolution;

/// <summary>A value of which the outermost shape is known. The fields of an object are evaluated only when they are asked for, so an object may refer into itself.</summary>
internal abstract class Value
{
    public abstract SourcePosition Position { get; }
}

internal sealed class ScalarValue(ScalarNode node) : Value
{
    public ScalarNode Node { get; } = node;

    public override SourcePosition Position => Node.Position;
}

internal sealed class ArrayValue(SourcePosition position, IReadOnlyList<Value> items) : Value
{
    public override SourcePosition Position { get; } = position;

    public IReadOnlyList<Value> Items { get; } = items;
}

internal sealed class ObjectValue(SourcePosition position, OrderedDictionary<string, Cell> fields, bool hidesLower) : Value
{
    public override SourcePosition Position { get; } = position;

    public OrderedDictionary<string, Cell> Fields { get; } = fields;

    public bool HidesLower { get; } = hidesLower;

    /// <summary>The object with all its fields resolved, once that is done.</summary>
    public ObjectNode? Resolved { get; set; }

    public bool IsBeingResolved { get; set; }

    /// <summary>This object over a lower value of the same field.</summary>
    public ObjectValue Over(Value lower)
    {
        if (HidesLower)
            return this;
        if (lower is not ObjectValue below)
            return new ObjectValue(Position, Fields, hidesLower: true);
        var merged = new OrderedDictionary<string, Cell>();
        foreach (var (key, cell) in below.Fields)
            merged[key] = new Cell(cell.Name, new Layer(null, cell));
        foreach (var (key, cell) in Fields)
        {
            if (merged.TryGetValue(key, out var existing))
                existing.Layers.Add(new Layer(null, cell));
            else
                merged[key] = new Cell(cell.Name, new Layer(null, cell));
        }

        return new ObjectValue(Position, merged, below.HidesLower);
    }
}
