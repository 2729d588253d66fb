using System.Runtime.CompilerServices;
using Hocon.Syntax;
using Hocon.Tree;

namespace Hocon.Resolution;

/// <summary>Resolves the substitutions of one whole document: includes read, nothing merged yet.</summary>
internal sealed class Resolver
{
    private readonly Func<string, string?> _environment;
    private readonly Concatenation _concatenation;
    private Value? _root;

    private Resolver(Func<string, string?> environment)
    {
        _environment = environment;
        _concatenation = new Concatenation(Evaluate);
    }

    /// <summary>The document with every substitution replaced by its value.</summary>
    /// <param name="root">The document.</param>
    /// <param name="environment">Gives an environment variable, for what the document does not have.</param>
    /// <exception cref="HoconParserException">A substitution has no value, or values depend on each other in a circle.</exception>
    public static Node Resolve(Expression root, Func<string, string?> environment)
    {
        var resolver = new Resolver(environment);
        resolver._root = resolver.Evaluate(root, null);
        return resolver._root is { } value ? resolver.Finish(value) : ObjectNode.Empty;
    }

    private Node Finish(Value value) => value switch
    {
        ScalarValue scalar => scalar.Node,
        ArrayValue array => new ArrayNode(array.Position, array.Items.Select(Finish).ToList()),
        ObjectValue obj => obj.Resolved ??= FinishObject(obj),
        _ => throw new InvalidOperationException($"{value.GetType()} is no value."),
    };

    private ObjectNode FinishObject(ObjectValue value)
    {
        EnsureDepth(value.Position);
        if (value.IsBeingResolved)
            throw HoconParserException.At(value.Position, "a substitution inside this object refers to the object itself, which would make it endless.");
        value.IsBeingResolved = true;
        var fields = new OrderedDictionary<string, Node>();
        foreach (var (key, cell) in value.Fields)
        {
            if (Evaluate(cell) is { } field)
                fields[key] = Finish(field);
        }

        value.IsBeingResolved = false;
        return new ObjectNode(value.Position, fields, value.HidesLower);
    }

    private Value? Evaluate(Cell cell)
    {
        if (cell.IsEvaluated)
            return cell.Result;
        cell.Result = Evaluate(cell, cell.Layers.Count);
        cell.IsEvaluated = true;
        return cell.Result;
    }

    /// <summary>What the lowest <paramref name="count"/> layers of the field make.</summary>
    private Value? Evaluate(Cell cell, int count)
    {
        if (count == 0)
            return null;
        var (expression, link) = cell.Layers[count - 1];
        var outer = cell.Current;
        cell.Current = count - 1;
        try
        {
            var top = link is null ? Evaluate(expression!, cell) : Follow(link);
            return Merge(top, () => Evaluate(cell, count - 1));
        }
        finally
        {
            cell.Current = outer;
        }
    }

    private Value? Follow(Cell cell) => cell.IsInProgress ? LookBack(cell) : Evaluate(cell);

    /// <summary>What a field that is being evaluated was before the layer that is being evaluated.</summary>
    private Value? LookBack(Cell cell)
    {
        var current = cell.Current;
        var sameLayer = cell.Layers[current].Link is { IsInProgress: true } link ? LookBack(link) : null;
        return Merge(sameLayer, () => Evaluate(cell, current));
    }

    private static Value? Merge(Value? top, Func<Value?> below) => top switch
    {
        null => below(),
        ObjectValue { HidesLower: false } obj when below() is { } lower => obj.Over(lower),
        _ => top,
    };

    /// <param name="expression">The expression.</param>
    /// <param name="cell">The field that the expression is assigned to; null for the root and for items of an array.</param>
    private Value? Evaluate(Expression expression, Cell? cell)
    {
        EnsureDepth(expression.Position);
        return expression switch
        {
            ScalarExpression scalar => new ScalarValue(scalar.Scalar),
            ArrayExpression array => new ArrayValue(array.Position, array.Items.Select(i => Evaluate(i, null)).OfType<Value>().ToList()),
            ObjectExpression obj => Open(obj),
            ReferenceExpression reference => Look(reference),
            ConcatenationExpression concatenation => _concatenation.Join(concatenation, cell),
            AppendExpression append => Append(append, cell!),
            _ => throw new InvalidOperationException($"{expression.GetType()} has no value of its own."),
        };
    }

    private static ObjectValue Open(ObjectExpression expression)
    {
        var fields = new OrderedDictionary<string, Cell>();
        foreach (var (key, value) in expression.Assignments)
        {
            if (fields.TryGetValue(key, out var cell))
                cell.Layers.Add(new Layer(value, null));
            else
                fields[key] = new Cell(key, new Layer(value, null));
        }

        return new ObjectValue(expression.Position, fields, hidesLower: false);
    }

    private ArrayValue Append(AppendExpression append, Cell cell)
    {
        var item = Evaluate(append.Item, null);
        IReadOnlyList<Value> added = item is null ? [] : [item];
        var passesItself = false;
        return (append.Path is null ? LookBack(cell) : Find(append.Path, ref passesItself)) switch
        {
            null => new ArrayValue(append.Position, added),
            ArrayValue before => new ArrayValue(before.Position, [.. before.Items, .. added]),
            var other => throw HoconParserException.At(append.Position, $"'+=' adds to a list, but {cell.Name} was no list before ({other.Position})."),
        };
    }

    private Value? Look(ReferenceExpression reference)
    {
        var passesItself = false;
        foreach (var path in reference.Candidates)
        {
            if (Find(path, ref passesItself) is { } found)
                return found;
        }

        // The specification counts an empty variable as one that is not set.
        if (_environment(string.Join('.', reference.Path)) is { Length: > 0 } variable)
            return new ScalarValue(new ScalarNode(reference.Position, variable, isQuoted: true));
        if (reference.IsOptional)
            return null;
        throw HoconParserException.At(reference.Position, passesItself
            ? $"{reference} leads back to the field that it stands in, and the field has no earlier value."
            : $"{reference} has no value: neither this configuration nor the environment has {PathExpression.Render(reference.Path)}. Set it, or write ${{?...}} if it may be missing.");
    }

    private Value? Find(IReadOnlyList<string> path, ref bool passesItself)
    {
        var current = _root;
        foreach (var key in path)
        {
            if (current is not ObjectValue obj || !obj.Fields.TryGetValue(key, out var cell))
                return null;
            passesItself |= cell.IsInProgress;
            current = Follow(cell);
        }

        return current;
    }

    private static void EnsureDepth(SourcePosition position)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw HoconParserException.At(position, "substitutions or objects are nested too deeply here.");
    }
}
