using FsCheck;
using FsCheck.Fluent;
using Hocon.Syntax;
using Hocon.Tree;

namespace Hocon.Tests;

/// <summary>Random resolved values, with the texts that are hard to print and few keys, so that merges meet.</summary>
internal static class Generated
{
    private static readonly Gen<string> Key = Gen.Elements("a", "b", "c", "d-e", "include", "", "x.y", "with space", "quo\"te", "/user/*", "null", "5", "ü");

    private static readonly Gen<string> Word = Gen.Elements("true", "off", "5", "-1.5e3", "0xff", "10s", "infinite", "word", "/dev/sda", "1.2.3", "null", "a/b", "//", "in clude");

    private static readonly Gen<string> Text = Gen.Elements(
        "", "null", "true", "5", "plain", "two words", " edges ", "\"", "\\", "${x}", "#", "//", "a\nb", "tab\t", "{", "]", "\u0001", "é", "😀", "\uD800", "\"\"\"", "include", "=");

    private static readonly Gen<Node> Scalar = Gen.Frequency(
        (3, Word.Select(Node (w) => new ScalarNode(SourcePosition.None, w))),
        (3, Text.Select(Node (t) => new ScalarNode(SourcePosition.None, t, isQuoted: true))),
        (1, Gen.Constant<Node>(new ScalarNode(SourcePosition.None, null))));

    public static Gen<ObjectNode> Object(int depth) =>
        from fields in Gen.Choose(0, 4).SelectMany(count => Field(depth).ListOf(count))
        from hidesLower in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select ToObject(fields, hidesLower);

    public static Arbitrary<ObjectNode> Root =>
        Gen.Sized(size => Object(Math.Min(3, 1 + (size / 20)))).Select(o => new ObjectNode(SourcePosition.None, new(o.Fields), hidesLower: false)).ToArbitrary();

    private static Gen<Node> Value(int depth) => depth == 0
        ? Scalar
        : Gen.Frequency((4, Scalar), (3, Object(depth - 1).Select(Node (o) => o)), (2, Array(depth - 1)));

    // What stands in a list has nothing below it, so an object there never hides anything.
    private static Gen<Node> Array(int depth) =>
        from count in Gen.Choose(0, 3)
        from items in Value(depth).ListOf(count)
        select (Node)new ArrayNode(SourcePosition.None, items.Select(i => i is ObjectNode o ? new ObjectNode(SourcePosition.None, new(o.Fields)) : i).ToList());

    private static Gen<KeyValuePair<string, Node>> Field(int depth) =>
        from key in Key
        from value in Value(depth)
        select KeyValuePair.Create(key, value);

    private static ObjectNode ToObject(IEnumerable<KeyValuePair<string, Node>> fields, bool hidesLower)
    {
        var distinct = new OrderedDictionary<string, Node>();
        foreach (var (key, value) in fields)
            distinct[key] = value;
        return new ObjectNode(SourcePosition.None, distinct, hidesLower);
    }
}
