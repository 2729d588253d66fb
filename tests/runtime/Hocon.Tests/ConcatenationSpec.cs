using static Hocon.Tests.Documents;

namespace Hocon.Tests;

public class ConcatenationSpec
{
    [Fact]
    public void Texts_join_with_the_blanks_between_them()
    {
        Assert.Equal("a b  c", Read("x = a \"b\"  c").GetString("x"));
        Assert.Equal("10 true null", Read("x = 10 true null").GetString("x"));
        Assert.Equal("ab", Read("x = \"a\"\"b\"").GetString("x"));
    }

    [Fact]
    public void A_single_word_keeps_its_type_and_a_joined_one_is_a_text()
    {
        Assert.Equal(HoconType.Boolean, Read("x = true").GetValue("x").Type);
        Assert.Equal(HoconType.String, Read("x = tr\"ue\"").GetValue("x").Type);
    }

    [Fact]
    public void Lists_join_to_one_list() => Assert.Equal([1, 2, 3, 4], Read("x = [1, 2] [3] [] [4]").GetIntList("x"));

    [Fact]
    public void Objects_join_to_one_object_in_which_the_later_fields_win()
    {
        var config = Read("x = { a = 1, c { d = 1 } } { b = 2, c { e = 2 } } { a = 3 }");
        Assert.Equal((3, 2), (config.GetInt("x.a"), config.GetInt("x.b")));
        Assert.Equal((1, 2), (config.GetInt("x.c.d"), config.GetInt("x.c.e")));
    }

    [Fact]
    public void Substitutions_join_with_what_stands_beside_them()
    {
        var config = Read("""
            base { a = 1, b = 1 }
            derived = ${base} { b = 2 }
            first = [1]
            all = ${first} [2] ${first}
            host = pve1
            url = "https://"${host}":8006"
            label = node ${host} up
            """);
        Assert.Equal((1, 2), (config.GetInt("derived.a"), config.GetInt("derived.b")));
        Assert.Equal([1, 2, 1], config.GetIntList("all"));
        Assert.Equal("https://pve1:8006", config.GetString("url"));
        Assert.Equal("node pve1 up", config.GetString("label"));
    }

    [Fact]
    public void What_is_missing_adds_nothing_and_null_adds_its_word()
    {
        var config = Read("none = null, a = x${none}y, b = x${?missing}y, c = ${?missing} [1], d = ${?missing} { e = 1 }");
        Assert.Equal("xnully", config.GetString("a"));
        Assert.Equal("xy", config.GetString("b"));
        Assert.Equal([1], config.GetIntList("c"));
        Assert.Equal(1, config.GetInt("d.e"));
    }

    [Fact]
    public void What_is_left_alone_keeps_its_type()
    {
        Assert.Equal(HoconType.Number, Read("a = ${?missing}5").GetValue("a").Type);
        Assert.False(Read("a = null${?missing}").HasPath("a"));
    }

    [Fact]
    public void A_text_of_nothing_but_missing_substitutions_is_no_text() =>
        Assert.Equal(1, Read("a = 1, a = ${?missing} ${?absent}").GetInt("a"));

    [Fact]
    public void An_object_with_whole_numbers_as_keys_joins_as_a_list()
    {
        Assert.Equal([1, 2, 3], Read("a { 1 = 2, 0 = 1 }, b = ${a} [3]").GetIntList("b"));
        Assert.Equal([1, 2], Read("a.0 = 1, a += 2").GetIntList("a"));
    }

    [Theory]
    [InlineData("x = [1] two", "1:9", "a list and a text")]
    [InlineData("x = { a = 1 } [2]", "1:15", "an object and a list")]
    [InlineData("y = text\nx = ${y} { a = 1 }", "2:10", "a text and an object")]
    public void Different_kinds_do_not_join(string text, string place, string message)
    {
        var error = ErrorOf(text);
        Assert.StartsWith(place + " ", error);
        Assert.Contains(message, error);
    }
}
