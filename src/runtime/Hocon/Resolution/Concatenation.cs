using System.Text;
using Hocon.Syntax;
using Hocon.Tree;

namespace Hocon.Resolution;

/// <summary>Joins the parts of a value that stand beside each other: texts become one text, lists one list, objects one object.</summary>
internal sealed class Concatenation(Func<Expression, Cell?, Value?> evaluate)
{
    /// <summary>The joined value; null if all parts are substitutions without a value.</summary>
    /// <exception cref="HoconParserException">Texts, lists and objects are mixed.</exception>
    public Value? Join(ConcatenationExpression expression, Cell? cell)
    {
        var parts = new List<(Expression Expression, Value? Value)>();
        foreach (var part in expression.Parts)
            parts.Add((part, part is WhitespaceExpression ? null : evaluate(part, cell)));

        var values = parts.Where(p => p.Value is not null).ToList();
        return values switch
        {
            [] => null,
            [var single] when parts.Count(p => p.Expression is not WhitespaceExpression) == 1 => single.Value,
            _ when values.TrueForAll(v => v.Value is ObjectValue) => JoinObjects(values),
            _ when values.TrueForAll(v => v.Value is ArrayValue) => JoinArrays(expression, values),
            _ when values.TrueForAll(v => v.Value is ScalarValue) => JoinTexts(expression, parts),
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

    private static ArrayValue JoinArrays(ConcatenationExpression expression, List<(Expression Expression, Value? Value)> values) =>
        new(expression.Position, values.SelectMany(v => ((ArrayValue)v.Value!).Items).ToList());

    private static ScalarValue JoinTexts(ConcatenationExpression expression, List<(Expression Expression, Value? Value)> parts)
    {
        var text = new StringBuilder();
        foreach (var (part, value) in parts)
        {
            text.Append(part switch
            {
                WhitespaceExpression whitespace => whitespace.Text,
                ScalarExpression { Scalar.IsNull: true } => "null",
                _ => (value as ScalarValue)?.Node.Text,
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
