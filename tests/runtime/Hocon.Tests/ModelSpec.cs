using static Hocon.Tests.Documents;

namespace Hocon.Tests;

public class ModelSpec
{
    [Fact]
    public void A_field_knows_its_path()
    {
        var config = Read("a { \"b.c\" { d = 1 } }");
        var field = config.Root.GetObject()[new HoconPath(["a", "b.c", "d"])];
        Assert.Equal("a.\"b.c\".d", field.Path.Value);
        Assert.Equal("d", field.Path.Key);
        Assert.Equal(HoconPath.Parse("a.\"b.c\""), field.Path.SubPath(2));
    }

    [Theory]
    [InlineData("a.b", new[] { "a", "b" })]
    [InlineData("\"a.b\".c", new[] { "a.b", "c" })]
    [InlineData("\"\"", new[] { "" })]
    [InlineData("\"say \\\"hi\\\"\".x", new[] { "say \"hi\"", "x" })]
    [InlineData("/user/*", new[] { "/user/*" })]
    public void A_path_is_read_with_quotes(string text, string[] keys)
    {
        Assert.Equal(keys, HoconPath.Parse(text));
        Assert.Equal(keys, HoconPath.Parse(HoconPath.Parse(text).Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("\"a")]
    public void What_is_no_path_is_refused(string text) => Assert.False(HoconPath.TryParse(text, out _));

    [Fact]
    public void Elements_with_the_same_content_are_equal()
    {
        Assert.Equal(Read("a = 1, b { c = [1, x] }"), Read("b { c = [1, x] }\n a = 1"));
        Assert.Equal(Read("a = 1").GetHashCode(), Read("a: 1").GetHashCode());
        Assert.NotEqual(Read("a = 1"), Read("a = 2"));
        Assert.NotEqual(Read("a = 1"), Read("a = \"1\""));
        Assert.True(Read("a = [1, 2]").GetValue("a") == Read("b = [1, 2]").GetValue("b"));
        Assert.True(Read("a = [1, 2]").GetValue("a") != Read("b = [2, 1]").GetValue("b"));
    }

    [Fact]
    public void A_value_tries_a_type_without_throwing()
    {
        var value = Read("a = 5").GetValue("a");
        Assert.True(value.TryGetInt(out var number));
        Assert.Equal(5, number);
        Assert.False(value.TryGetBoolean(out _));
        Assert.False(value.TryGetObject(out _));
        Assert.False(value.TryGetStringList(out _));
        Assert.True(Read("a = [{ b = 1 }]").GetValue("a").TryGetObjectList(out var objects));
        Assert.Single(objects);
        Assert.Throws<HoconException>(() => value.GetObject());
        Assert.Throws<HoconException>(() => value.GetArray());
        Assert.Throws<HoconException>(() => Read("a = []").GetValue("a").GetString());
    }

    [Fact]
    public void A_document_can_be_built_from_elements()
    {
        var value = new HoconValue(null);
        value.Add(new HoconQuotedString(value, "on"));
        var root = value.AtKey("a b");
        Assert.Equal("\"a b\" = \"on\"", root.PrettyPrint(2));
        Assert.Equal("on", root.GetString("a b"));
        value.Add(new HoconLong(value, "5"));
        Assert.Equal("on5", value.GetString());
    }

    [Fact]
    public void Unwrapped_fields_are_dictionaries_and_values()
    {
        var plain = Read("a { b = 1 }, c = 2").Root.GetObject().Unwrapped;
        Assert.IsType<HoconValue>(plain["c"]);
        Assert.Equal("b", Assert.Single((IDictionary<string, object>)plain["a"]).Key);
    }
}
