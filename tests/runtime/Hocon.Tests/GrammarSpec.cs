using static Hocon.Tests.Documents;

namespace Hocon.Tests;

public class GrammarSpec
{
    [Fact]
    public void Json_is_read_as_it_is()
    {
        var config = Read("""
            {
              "name" : "pve1",
              "ports" : [ 22, 8006 ],
              "nested" : { "on" : true, "off" : false, "none" : null, "rate" : -1.5e+3 }
            }
            """);
        Assert.Equal("pve1", config.GetString("name"));
        Assert.Equal([22, 8006], config.GetIntList("ports"));
        Assert.True(config.GetBoolean("nested.on"));
        Assert.False(config.GetBoolean("nested.off"));
        Assert.False(config.HasPath("nested.none"));
        Assert.Equal(-1500, config.GetDouble("nested.rate"));
    }

    [Fact]
    public void Json_may_break_the_line_before_the_colon()
    {
        Assert.Equal(1, Read("{ \"a\"\n:\n1 }").GetInt("a"));
        Assert.Equal(1, Read("a\n{ b = 1 }").GetInt("a.b"));
    }

    [Theory]
    [InlineData("a = 1, b = 2")]
    [InlineData("a = 1\nb = 2")]
    [InlineData("a = 1,\n\n b = 2,\n")]
    [InlineData("{a:1,b:2}")]
    [InlineData("{a:1\nb:2,}\n")]
    [InlineData("\uFEFFa = 1 # one\n// and\nb = 2 // two")]
    [InlineData("a = 1\r\nb = 2\r\n")]
    public void Fields_are_separated_by_commas_or_line_ends_with_comments_anywhere(string text)
    {
        var config = Read(text);
        Assert.Equal((1, 2), (config.GetInt("a"), config.GetInt("b")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n # nothing here \n")]
    [InlineData("{}")]
    public void A_text_without_fields_is_an_empty_config(string text) => Assert.True(Read(text).IsEmpty);

    [Fact]
    public void The_separator_may_be_left_out_before_an_object() => Assert.Equal(1, Read("a { b { c = 1 } }").GetInt("a.b.c"));

    [Fact]
    public void Dots_in_a_key_make_objects_and_quotes_keep_dots()
    {
        var config = Read("a.b.c = 1, a.b.d = 2, a.\"b.c\" = 3, \"\" = 4, 3.14 = 5");
        Assert.Equal((1, 2, 3), (config.GetInt("a.b.c"), config.GetInt("a.b.d"), config.GetInt("a.\"b.c\"")));
        Assert.Equal(4, config.GetInt("\"\""));
        Assert.Equal(5, config.GetInt("3.14"));
        Assert.Equal(3, config.GetInt(new HoconPath(["a", "b.c"])));
    }

    [Fact]
    public void A_key_may_have_spaces_and_mixed_quotes()
    {
        Assert.Equal(1, Read("a b c : 1").GetInt("a b c"));
        Assert.Equal(2, Read("foo\"1.0\"bar = 2").GetInt("\"foo1.0bar\""));
        Assert.Equal(3, Read("foo include = 3").GetInt("foo include"));
        Assert.Equal(4, Read("\"include\" = 4").GetInt("include"));
    }

    [Fact]
    public void An_array_is_separated_like_an_object_and_may_hold_anything()
    {
        var config = Read("""
            list = [
              1
              two, "three",
              [4, 5]
              { six = 6 },
              include
            ]
            """);
        var items = config.GetValue("list").GetArray();
        Assert.Equal(6, items.Count);
        Assert.Equal("two", items[1].GetString());
        Assert.Equal([4, 5], items[3].GetIntList());
        Assert.Equal(6, items[4].GetObject()["six"].Value.GetInt());
        Assert.Equal("include", items[5].GetString());
    }

    [Fact]
    public void A_document_may_be_an_array() =>
        Assert.Equal([1, 2], HoconParser.Parse("[1, 2]").Value.GetIntList());

    [Fact]
    public void Unquoted_text_goes_to_the_end_of_the_line_without_the_blanks_around_it()
    {
        var config = Read("a =   the quick  brown fox \t\nb = /dev/watchdog0 # comment\nc = 10.0.0.1/24");
        Assert.Equal("the quick  brown fox", config.GetString("a"));
        Assert.Equal("/dev/watchdog0", config.GetString("b"));
        Assert.Equal("10.0.0.1/24", config.GetString("c"));
    }

    [Fact]
    public void Quoted_text_knows_the_escapes_of_json() =>
        Assert.Equal("\"\\/\b\f\n\r\té", Read("""a = "\"\\\/\b\f\n\r\t\u00e9" """).GetString("a"));

    [Fact]
    public void Triple_quotes_keep_lines_backslashes_and_further_quotes()
    {
        Assert.Equal("one\n  \\two \"three\"", Read("a = \"\"\"one\n  \\two \"three\"\"\"\"").GetString("a"));
        Assert.Equal("", Read("a = \"\"\"\"\"\"").GetString("a"));
    }

    [Fact]
    public void A_value_knows_its_type()
    {
        var config = Read("s = text, q = \"5\", n = 5, d = 5.5, h = 0xff, b = on, a = [], o = {}, version = 1.2.3");
        HoconType TypeOf(string path) => config.GetValue(path).Type;
        Assert.Equal(HoconType.String, TypeOf("s"));
        Assert.Equal(HoconType.String, TypeOf("q"));
        Assert.Equal(HoconType.Number, TypeOf("n"));
        Assert.Equal(HoconType.Number, TypeOf("d"));
        Assert.Equal(HoconType.Number, TypeOf("h"));
        Assert.Equal(HoconType.Boolean, TypeOf("b"));
        Assert.Equal(HoconType.Array, TypeOf("a"));
        Assert.Equal(HoconType.Object, TypeOf("o"));
        Assert.Equal(HoconType.String, TypeOf("version"));
        Assert.Equal(255, config.GetInt("h"));
    }
}
