using System.Globalization;
using System.Text;
using Hocon.Syntax;
using Hocon.Tree;

namespace Hocon.Resolution;

/// <summary>Joins the parts of a value that stand beside each other: texts become one text, lists one list, objects one object.</summary>
internal sealed class Concatenation(Func<Expression, Value?> evaluate, Func<Cell, Value?> evaluateField)
{
    /// <summary>The joined value; null if all parts are substitutions without a value.</summary>
    /// <exception cref="HoconParserException">Texts, lists and objects are mixed.</exception>
    public Value? Join(ConcatenationExpression expression)
    {
        var parts = new List<(Expression Expression, Value? Value)>();
        foreach (var part in expression.Parts)
            parts.Add((part, part is WhitespaceExpression ? null : evaluate(part)));

        var values = parts.Where(p => p.Value is not null).ToList();
        return values switch
        {
            [] => null,
            [var single] when !parts.Exists(p => p.Expression is WhitespaceExpression) => single.Value,
            _ when values.TrueForAll(v => v.Value is ObjectValue) => JoinObjects(values),
            _ when values.TrueForAll(v => v.Value is ArrayValue) => JoinArrays(expression, values),
            _ when values.TrueForAll(v => v.Value is ScalarValue) => JoinTexts(expression, parts),
            _ when values.TrueForAll(v => AsList(v.Value!) is not null) => JoinArrays(expression, values),
            _ => throw Mixed(values),
        };
    }

    private static ObjectValue JoinObjects(List<(Expression Expression, Value? Value)> values)
    {
        var joined = (ObjectValue)values[0].Value!;
        foreach (var (_, value) in values.Skip(1))
            joined = ((ObjectValue)value!).Over(joined);
        return joined;
    }

    private ArrayValue JoinArrays(ConcatenationExpression expression, List<(Expression Expression, Value? Value)> values) =>
        new(expression.Position, values.SelectMany(v => AsList(v.Value!)!).ToList());

    /// <summary>The items of a list, or of an object whose keys are whole numbers (in their order); null for anything else.</summary>
    public IReadOnlyList<Value>? AsList(Value value)
    {
        if (value is ArrayValue array)
            return array.Items;
        var indexed = (value as ObjectValue)?.Fields
            .Where(f => int.TryParse(f.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .OrderBy(f => int.Parse(f.Key, CultureInfo.InvariantCulture))
            .Select(f => evaluateField(f.Value)).OfType<Value>().ToList();
        return indexed is { Count: > 0 } ? indexed : null;
    }

    private static ScalarValue JoinTexts(ConcatenationExpression expression, List<(Expression Expression, Value? Value)> parts)
    {
        var text = new StringBuilder();
        foreach (var (part, value) in parts)
        {
            text.Append(part switch
            {
                WhitespaceExpression whitespace => whitespace.Text,
                _ => value is ScalarValue { Node: var node } ? node.Text ?? "null" : "",
            });
        }

        return new ScalarValue(new ScalarNode(expression.Position, text.ToString(), isQuoted: true));
    }

    private static HoconParserException Mixed(List<(Expression Expression, Value? Value)> values)
    {
        var first = Kind(values[0].Value!);
        var (wrong, value) = values.First(v => Kind(v.Value!) != first);
        return HoconParserException.At(wrong.Position, $"{first} and {Kind(value!)} cannot stand in one value. Is a comma or a new line missing?");
    }

    private static string Kind(Value value) => value switch
    {
        ObjectValue => "an object",
        ArrayValue => "a list",
        _ => "a text",
    };
}
