using Hocon.Tree;

namespace Hocon;

/// <summary>The way between the public elements, which can be changed, and the immutable values behind them.</summary>
internal static class Elements
{
    public static IHoconElement Of(Node node, IHoconElement parent) => node switch
    {
        ObjectNode obj => HoconObject.Of(obj, parent),
        ArrayNode array => HoconArray.Of(array, parent),
        _ => HoconLiteral.Of((ScalarNode)node, parent),
    };

    /// <summary>The content of an element; null for a value without parts.</summary>
    public static Node? NodeOf(IHoconElement? element) => element switch
    {
        null => null,
        HoconLiteral literal => literal.ToNode(),
        HoconArray array => array.ToNode(),
        HoconObject obj => obj.ToNode(),
        HoconValue value => value.ToNode(),
        HoconField field => field.Value.ToNode(),
        _ => throw new HoconException($"{element.GetType()} is no element of a configuration."),
    };

    public static bool AreEqual(IHoconElement? left, IHoconElement? right) =>
        ReferenceEquals(left, right) || (left is not null && right is not null && NodeEquality.AreEqual(NodeOf(left), NodeOf(right)));

    public static int HashOf(IHoconElement element) => NodeEquality.HashOf(NodeOf(element));

    public static string Raw(IHoconElement element) => NodeOf(element) switch
    {
        null => "",
        ObjectNode { Fields.Count: > 0 } obj => $"{{\n{Printer.Print(obj, 2)}\n}}",
        ObjectNode => "{}",
        var node => Printer.Print(node, 2),
    };
}
