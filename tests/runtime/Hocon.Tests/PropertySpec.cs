using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Hocon.Syntax;
using Hocon.Tree;

namespace Hocon.Tests;

public class PropertySpec
{
    private static readonly FsCheck.Config Check = FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void What_is_printed_reads_back_to_the_same() => Prop.ForAll(
        Generated.Root,
        root => Same(root, Document.Read(Printer.Print(root, 2), IncludeScope.OfString))).Check(Check);

    [Fact]
    public void The_public_model_loses_nothing() => Prop.ForAll(
        Generated.Root,
        root => Same(root, HoconValue.Of(root, null).ToNode()!) && Same(root, ((HoconValue)HoconValue.Of(root, null).Clone(null)).ToNode()!)).Check(Check);

    [Fact]
    public void A_config_prints_what_it_is() => Prop.ForAll(
        Generated.Root,
        root =>
        {
            var config = new Config(new HoconRoot(HoconValue.Of(root, null)));
            return HoconConfigurationFactory.ParseString(config.ToString()).Equals(config)
                && HoconConfigurationFactory.ParseString(config.PrettyPrint(4)).Equals(config);
        }).Check(Check);

    [Fact]
    public void Merging_does_not_depend_on_the_grouping() => Prop.ForAll(
        Generated.Root,
        Generated.Root,
        Generated.Root,
        (a, b, c) => Same(a.Over(b).Over(c), a.Over(b.Over(c)))).Check(Check);

    [Fact]
    public void Merging_with_itself_or_with_nothing_changes_nothing() => Prop.ForAll(
        Generated.Root,
        a => Same(a.Over(a), a) && Same(a.Over(ObjectNode.Empty), a) && Same(ObjectNode.Empty.Over(a), a)).Check(Check);

    [Fact]
    public void Merging_is_what_a_text_with_both_parts_says() => Prop.ForAll(
        Generated.Root,
        Generated.Root,
        (upper, lower) => Same(upper.Over(lower), Document.Read($"{Printer.Print(lower, 2)}\n{Printer.Print(upper, 2)}", IncludeScope.OfString))).Check(Check);

    [Fact]
    public void Any_json_is_read_as_json_says() => Prop.ForAll(
        Generated.Root,
        root => NodeEquality.AreEqual(AsJsonKnowsIt(root), Document.Read(Json(AsJsonKnowsIt(root))!.ToJsonString(), IncludeScope.OfString))).Check(Check);

    [Fact]
    public void Any_text_is_read_or_refused_with_a_place() => Prop.ForAll(
        Gen.Elements("a", "b = ", "{", "}", "[", "]", ",", "\n", "=", "+=", "\"", "\"\"\"", "${", "${a}", "${?b.c}", "include ", ".", " ", "#", "//", "1", "\\", "null", ":", "é", "$")
            .ListOf().Select(string.Concat).ToArbitrary(),
        text =>
        {
            try
            {
                Document.Read(text, IncludeScope.OfString);
                return true;
            }
            catch (HoconParserException e)
            {
                return e is { LineNumber: > 0, LinePosition: > 0 };
            }
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(5000));

    // JSON has no bare words but numbers, booleans and null, and no half of a surrogate pair.
    private static Node AsJsonKnowsIt(Node node) => node switch
    {
        ObjectNode o => new ObjectNode(o.Position, new(o.Fields.Select(f => KeyValuePair.Create(f.Key, AsJsonKnowsIt(f.Value))))),
        ArrayNode a => new ArrayNode(a.Position, a.Items.Select(AsJsonKnowsIt).ToList()),
        ScalarNode { IsNull: false, IsQuoted: false, Text: not ("true" or "5" or "-1.5e3") } bare => new ScalarNode(bare.Position, bare.Text, isQuoted: true),
        ScalarNode { Text: "\uD800" } half => new ScalarNode(half.Position, "\uFFFD", isQuoted: true),
        _ => node,
    };

    private static JsonNode? Json(Node node) => node switch
    {
        ObjectNode o => new JsonObject(o.Fields.Select(f => KeyValuePair.Create(f.Key, Json(f.Value)))),
        ArrayNode a => new JsonArray([.. a.Items.Select(Json)]),
        ScalarNode { IsNull: true } => null,
        ScalarNode { IsQuoted: true } quoted => JsonValue.Create(quoted.Text),
        ScalarNode { Text: "true" or "5" or "-1.5e3" } word => JsonNode.Parse(word.Text),
        _ => throw new InvalidOperationException($"{node} has no form in JSON."),
    };

    private static bool Same(Node left, Node right) => (left, right) switch
    {
        (ScalarNode a, ScalarNode b) => a.Text == b.Text && a.Type == b.Type,
        (ArrayNode a, ArrayNode b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(p => Same(p.First, p.Second)),
        (ObjectNode a, ObjectNode b) => a.HidesLower == b.HidesLower && a.Fields.Count == b.Fields.Count
            && a.Fields.All(f => b.TryGet(f.Key, out var other) && Same(f.Value, other)),
        _ => false,
    };
}
