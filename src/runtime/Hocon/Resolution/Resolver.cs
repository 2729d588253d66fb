using System.Runtime.CompilerServices;
using Hocon.Syntax;
using Hocon.Tree;

namespace Hocon.Resolution;

/// <summary>Resolves the substitutions of one whole document: includes read, nothing merged yet.</summary>
internal sealed class Resolver
{
    // Far above what a document of a few thousand fields needs; fields that all refer to each other would take time without end.
    private const int MaxEvaluations = 1_000_000;

    private const int MaxDepth = 1_000;

    private readonly Func<string, string?> _environment;
    private readonly Concatenation _concatenation;
    private readonly Dictionary<ObjectExpression, ObjectFields> _opened = new(ReferenceEqualityComparer.Instance);
    private Value? _root;
    private int _depth;
    private int _evaluations;

    /// <summary>The depth of the outermost field that was looked back at since this was last reset.</summary>
    private int _lookedBackTo = int.MaxValue;

    private Resolver(Func<string, string?> environment)
    {
        _environment = environment;
        _concatenation = new Concatenation(e => Evaluate(e, null), Follow);
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

    private Node Finish(Value value)
    {
        var node = ToNode(value);
        return node.Height <= Node.MaxHeight
            ? node
            : throw HoconParserException.At(value.Position, $"objects and lists are nested too deeply here: more than {Node.MaxHeight} in each other.");
    }

    private Node ToNode(Value value) => value switch
    {
        ScalarValue scalar => scalar.Node,
        ArrayValue array => new ArrayNode(array.Position, array.Items.Select(Finish).ToList()),
        ObjectValue obj => new ObjectNode(obj.Position, obj.Shared.Resolved ??= FinishFields(obj.Shared), obj.HidesLower),
        _ => throw new InvalidOperationException($"{value.GetType()} is no value."),
    };

    private OrderedDictionary<string, Node> FinishFields(ObjectFields shared)
    {
        EnsureDepth(shared.Position);
        if (shared.IsBeingResolved)
            throw HoconParserException.At(shared.Position, "a substitution inside this object refers to the object itself, which would make it endless.");
        shared.IsBeingResolved = true;
        var fields = new OrderedDictionary<string, Node>();
        foreach (var (key, cell) in shared.Cells)
        {
            if (Evaluate(cell) is { } field)
                fields[key] = Finish(field);
        }

        shared.IsBeingResolved = false;
        return fields;
    }

    private Value? Evaluate(Cell cell)
    {
        if (cell.IsEvaluated)
            return cell.Result;
        var outer = _lookedBackTo;
        _lookedBackTo = int.MaxValue;
        cell.Depth = _depth++;
        var result = Evaluate(cell, cell.Layers.Count);
        _depth--;

        // What a field outside was before is not what it will be, so a result that saw that holds for this one evaluation only.
        if (_lookedBackTo >= cell.Depth)
            (cell.Result, cell.IsEvaluated, _lookedBackTo) = (result, true, outer);
        else
            _lookedBackTo = Math.Min(_lookedBackTo, outer);
        return result;
    }

    /// <summary>What the lowest <paramref name="count"/> layers of the field make.</summary>
    private Value? Evaluate(Cell cell, int count)
    {
        if (count == 0)
            return null;
        var (expression, link, isLookedBack) = cell.Layers[count - 1];
        var outer = cell.Current;
        cell.Current = count - 1;
        try
        {
            var top = link is null ? Evaluate(expression!, cell) : Follow(link);
            if (isLookedBack && top is ObjectValue obj)
                top = obj.Referenced(isLookedBack);
            return Merge(top, cell, count - 1);
        }
        finally
        {
            cell.Current = outer;
        }
    }

    private Value? Follow(Cell cell) => cell.IsInProgress ? LookBack(cell).Value : Evaluate(cell);

    /// <summary>What a field that is being evaluated was before the layer that is being evaluated, and whether nothing more may be seen below that.</summary>
    private (Value? Value, bool IsAll) LookBack(Cell cell)
    {
        _lookedBackTo = Math.Min(_lookedBackTo, cell.Depth);
        var current = cell.Current;
        var layer = cell.Layers[current];
        if (layer.Link is not { IsInProgress: true } link)
            return (Evaluate(cell, current), false);
        var (value, isAll) = LookBack(link);
        return isAll || layer.IsLookedBack ? (value, true) : (Merge(value, cell, current), false);
    }

    /// <summary>A value over the lowest <paramref name="count"/> layers of its field. What it hides is not evaluated, so errors there do not matter.</summary>
    private Value? Merge(Value? top, Cell cell, int count)
    {
        if (top is null)
            return Evaluate(cell, count);
        if (top is not ObjectValue { HidesLower: false } obj || count == 0)
            return top;
        if (cell.Layers[count - 1].IsNoObject)
            return obj.WithoutLower();
        return Evaluate(cell, count) is { } lower ? obj.Over(lower) : obj;
    }

    /// <param name="expression">The expression.</param>
    /// <param name="cell">The field that the expression is assigned to; null for the root, for items of an array and for parts of a value.</param>
    private Value? Evaluate(Expression expression, Cell? cell)
    {
        EnsureDepth(expression.Position);
        if (++_evaluations > MaxEvaluations)
            throw HoconParserException.At(expression.Position, "the substitutions of this configuration refer to each other too often to be resolved.");
        return expression switch
        {
            ScalarExpression scalar => new ScalarValue(scalar.Scalar),
            ArrayExpression array => new ArrayValue(array.Position, array.Items.Select(i => Evaluate(i, null)).OfType<Value>().ToList()),
            ObjectExpression obj => Open(obj),
            ReferenceExpression reference => Look(reference),
            ConcatenationExpression concatenation => _concatenation.Join(concatenation),
            AppendExpression append => Append(append, cell!),
            _ => throw new InvalidOperationException($"{expression.GetType()} has no value of its own."),
        };
    }

    /// <summary>The object that a literal is. It is the same one however often its field is looked at, so that a field in it meets itself.</summary>
    private ObjectValue Open(ObjectExpression expression)
    {
        if (_opened.TryGetValue(expression, out var opened))
            return new ObjectValue(opened);
        var fields = new OrderedDictionary<string, Cell>();
        foreach (var (key, value) in expression.Assignments)
        {
            if (fields.TryGetValue(key, out var cell))
                cell.Layers.Add(new Layer(value, null));
            else
                fields[key] = new Cell(key, new Layer(value, null));
        }

        return new ObjectValue(_opened[expression] = new ObjectFields(expression.Position, fields));
    }

    private ArrayValue Append(AppendExpression append, Cell cell)
    {
        var item = Evaluate(append.Item, null);
        IReadOnlyList<Value> added = item is null ? [] : [item];
        var before = append.Path is null ? LookBack(cell).Value : Find(append.Path).Value;
        if (before is null)
            return new ArrayValue(append.Position, added);
        return _concatenation.AsList(before) is { } items
            ? new ArrayValue(before.Position, [.. items, .. added])
            : throw HoconParserException.At(append.Position, $"'+=' adds to a list, but {cell.Name} was no list before ({before.Position}).");
    }

    private Value? Look(ReferenceExpression reference)
    {
        var leadsBack = false;
        foreach (var path in reference.Candidates)
        {
            var (found, passesItself) = Find(path);
            leadsBack |= passesItself;
            if (found is not null)
                return found is ObjectValue obj ? obj.Referenced(passesItself) : found;
        }

        // The specification counts an empty variable as one that is not set.
        if (_environment(string.Join('.', reference.Path)) is { Length: > 0 } variable)
            return new ScalarValue(new ScalarNode(reference.Position, variable, isQuoted: true));
        if (reference.IsOptional)
            return null;
        throw HoconParserException.At(reference.Position, leadsBack
            ? $"{reference} leads back to the field that it stands in, and the field has no earlier value."
            : $"{reference} has no value: neither this configuration nor the environment has {PathExpression.Render(reference.Path)}. Set it, or write ${{?...}} if it may be missing.");
    }

    private (Value? Value, bool PassesItself) Find(IReadOnlyList<string> path)
    {
        var (current, passesItself) = (_root, false);
        foreach (var key in path)
        {
            if (current is not ObjectValue obj || !obj.Fields.TryGetValue(key, out var cell))
                return (null, passesItself);
            passesItself |= cell.IsInProgress;
            current = Follow(cell);
        }

        return (current, passesItself);
    }

    private void EnsureDepth(SourcePosition position)
    {
        if (_depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw HoconParserException.At(position, "substitutions or objects are nested too deeply here.");
    }
}
