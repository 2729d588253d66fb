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

/// <summary>The fields of an object, shared by all values that are this object.</summary>
internal sealed class ObjectFields(SourcePosition position, OrderedDictionary<string, Cell> cells)
{
    public SourcePosition Position { get; } = position;

    public OrderedDictionary<string, Cell> Cells { get; } = cells;

    /// <summary>All fields resolved, once that is done.</summary>
    public OrderedDictionary<string, Node>? Resolved { get; set; }

    public bool IsBeingResolved { get; set; }
}

/// <param name="shared">The fields.</param>
/// <param name="hidesLower">Whether it was set over a value that is no object, which cleared the field.</param>
/// <param name="isLookedBack">Whether it is what a field was before the layer that refers back to it.</param>
internal sealed class ObjectValue(ObjectFields shared, bool hidesLower = false, bool isLookedBack = false) : Value
{
    private readonly bool _isLookedBack = isLookedBack;

    public override SourcePosition Position => Shared.Position;

    public ObjectFields Shared { get; } = shared;

    public OrderedDictionary<string, Cell> Fields => Shared.Cells;

    public bool HidesLower { get; } = hidesLower;

    /// <summary>This object as the value of a substitution: that it cleared its own field means nothing for another one.</summary>
    public ObjectValue Referenced(bool isLookedBack) => new(Shared, hidesLower: false, isLookedBack);

    /// <summary>This object over a value that is no object.</summary>
    public ObjectValue WithoutLower() => new(Shared, hidesLower: true, _isLookedBack);

    /// <summary>This object over a lower value of the same field.</summary>
    public ObjectValue Over(Value lower)
    {
        if (HidesLower)
            return this;
        if (lower is not ObjectValue below)
            return WithoutLower();
        var merged = new OrderedDictionary<string, Cell>();
        foreach (var (key, cell) in below.Fields)
            merged[key] = new Cell(cell.Name, below.LayerOf(cell));
        foreach (var (key, cell) in Fields)
        {
            if (merged.TryGetValue(key, out var existing))
                existing.Layers.Add(LayerOf(cell));
            else
                merged[key] = new Cell(cell.Name, LayerOf(cell));
        }

        return new ObjectValue(new ObjectFields(Position, merged), below.HidesLower);
    }

    private Layer LayerOf(Cell cell) => new(null, cell, _isLookedBack);
}
