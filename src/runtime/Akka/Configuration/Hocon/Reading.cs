using Hocon.Tree;

namespace Akka.Configuration.Hocon;

/// <summary>Reads a value as a type, and says where it stands when it is not of that type.</summary>
internal static class Reading
{
    public static string? TextOrNull(Node? node) => (node as ScalarNode)?.Text;

    public static string Text(Node node) => node is ScalarNode { Text: { } text } ? text : throw Wrong(node, "a text");

    public static bool Boolean(Node node) =>
        Conversions.TryBoolean(Text(node, Conversions.BooleanExamples), out var value) ? value : throw Wrong(node, Conversions.BooleanExamples);

    public static byte Byte(Node node) => checked((byte)WholeNumber(node, byte.MinValue, byte.MaxValue));

    public static int Int(Node node) => checked((int)WholeNumber(node, int.MinValue, int.MaxValue));

    public static long Long(Node node) => WholeNumber(node, long.MinValue, long.MaxValue);

    public static float Float(Node node) => (float)Double(node);

    public static double Double(Node node) => Conversions.TryDouble(Text(node, "a number"), out var value) ? value : throw Wrong(node, "a number");

    public static decimal Decimal(Node node) => Conversions.TryDecimal(Text(node, "a number"), out var value) ? value : throw Wrong(node, "a number");

    public static long ByteSize(Node node) =>
        Conversions.TryByteSize(Text(node, Conversions.SizeExamples), out var value) ? value : throw Wrong(node, Conversions.SizeExamples);

    public static TimeSpan Duration(Node node, bool allowInfinite) =>
        Conversions.TryDuration(Text(node, Conversions.DurationExamples), allowInfinite, out var value) ? value : throw Wrong(node, Conversions.DurationExamples);

    /// <summary>The items of a list; none if there is no list.</summary>
    public static IReadOnlyList<Node> Items(Node? node) => node is null or ScalarNode { IsNull: true } ? [] : Conversions.AsList(node) ?? throw Wrong(node, "a list");

    public static List<T> List<T>(Node? node, Func<Node, T> read) => Items(node).Select(read).ToList();

    private static string Text(Node node, string expected) => TextOrNull(node) ?? throw Wrong(node, expected);

    private static long WholeNumber(Node node, long least, long most)
    {
        var expected = string.Create(null, $"a whole number from {least} to {most}");
        return Conversions.TryLong(Text(node, expected), out var value) && value >= least && value <= most ? value : throw Wrong(node, expected);
    }

    private static ConfigurationException Wrong(Node node, string expected) => new(Conversions.Mismatch(node, expected));
}
