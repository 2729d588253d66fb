using System.Text;
using Hocon.Syntax;

namespace Hocon.Tree;

/// <summary>Writes resolved values as HOCON that reads back to the same values.</summary>
internal sealed class Printer(int indentSize)
{
    private readonly StringBuilder _text = new();

    /// <summary>A root object is written as its fields, without braces.</summary>
    public static string Print(Node root, int indentSize)
    {
        var printer = new Printer(indentSize);
        if (root is ObjectNode obj)
            printer.WriteFields(obj, 0);
        else
            printer.WriteValue(root, 0);
        return printer._text.ToString();
    }

    private void WriteFields(ObjectNode obj, int depth)
    {
        var first = true;
        foreach (var (key, value) in obj.Fields)
        {
            if (!first)
                _text.Append('\n');
            first = false;
            var name = PathExpression.RenderElement(key);

            // Said first, null keeps the defaults of lower layers out of this object, as they were where it was read from.
            if (value is ObjectNode { HidesLower: true })
                Indent(depth).Append(name).Append(" = null\n");
            Indent(depth).Append(name).Append(value is ObjectNode ? " " : " = ");
            WriteValue(value, depth);
        }
    }

    private void WriteValue(Node value, int depth)
    {
        switch (value)
        {
            case ScalarNode { IsNull: true }:
                _text.Append("null");
                break;
            case ScalarNode { IsQuoted: false } bare when Quoting.CanStandBare(bare.Text!):
                _text.Append(bare.Text);
                break;
            case ScalarNode text:
                _text.Append(Quoting.Quote(text.Text!));
                break;
            case ArrayNode array:
                WriteItems(array, depth);
                break;
            case ObjectNode { Fields.Count: 0 }:
                _text.Append("{}");
                break;
            case ObjectNode obj:
                _text.Append("{\n");
                WriteFields(obj, depth + 1);
                _text.Append('\n');
                Indent(depth).Append('}');
                break;
        }
    }

    private void WriteItems(ArrayNode array, int depth)
    {
        _text.Append('[');
        for (var i = 0; i < array.Items.Count; i++)
        {
            if (i > 0)
                _text.Append(", ");
            WriteValue(array.Items[i], depth);
        }

        _text.Append(']');
    }

    private StringBuilder Indent(int depth) => _text.Append(' ', depth * indentSize);
}
