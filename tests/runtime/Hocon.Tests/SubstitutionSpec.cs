using static Hocon.Tests.Documents;

namespace Hocon.Tests;

public class SubstitutionSpec
{
    [Fact]
    public void A_substitution_takes_the_final_value_wherever_it_is_set()
    {
        var config = Read("a = ${b}, b = 1, c = ${d.e}, d { e = 2 }, b = 3");
        Assert.Equal((3, 2), (config.GetInt("a"), config.GetInt("c")));
        Assert.Equal(HoconType.Number, config.GetValue("a").Type);
    }

    [Fact]
    public void An_object_may_refer_into_itself()
    {
        Assert.Equal(43, Read("bar : { foo : 42, baz : ${bar.foo} }\nbar : { foo : 43 }").GetInt("bar.baz"));
        var config = Read("bar : { a : ${foo.d}, b : 1 }\nbar.b = 3\nfoo : { c : ${bar.b}, d : 2 }\nfoo.d = 4");
        Assert.Equal((4, 3), (config.GetInt("bar.a"), config.GetInt("foo.c")));
    }

    [Fact]
    public void A_field_that_refers_to_itself_sees_its_earlier_value()
    {
        Assert.Equal("/usr/bin:/bin", Read("path = /usr/bin\npath = ${path}\":/bin\"").GetString("path"));
        Assert.Equal([1, 2, 3], Read("list = [1]\nlist = ${list} [2]\nlist = ${list} [3]").GetIntList("list"));
        Assert.Equal([0, 1], Read("o { list = [1] }\no { list = [0] ${o.list} }").GetIntList("o.list"));
        Assert.Equal("foo", Read("a = ${?a}foo").GetString("a"));
        Assert.Equal("[[1], 2]", Read("a = [1]\na = [${a}, 2]").GetValue("a").Raw);
    }

    [Fact]
    public void A_reference_into_the_field_being_set_sees_what_was_there_before()
    {
        var config = Read("foo : { a : { c : 1 } }\nfoo : ${foo.a}\nfoo : { a : 2 }");
        Assert.Equal((2, 1), (config.GetInt("foo.a"), config.GetInt("foo.c")));
    }

    [Fact]
    public void A_field_of_an_inherited_object_can_build_on_the_inherited_value()
    {
        var config = Read("x { b = 1 }, x.b = ${x.b}5, a = ${x}, a.b = ${a.b}7");
        Assert.Equal("15", config.GetString("x.b"));
        Assert.Equal("157", config.GetString("a.b"));
    }

    [Fact]
    public void Fields_that_look_back_at_each_other_agree()
    {
        var config = Read("a : 1\nb : 2\na : ${b}\nb : ${a}");
        Assert.Equal(config.GetInt("a"), config.GetInt("b"));
    }

    [Fact]
    public void An_object_that_extends_itself_does_not_add_to_its_lists_twice()
    {
        Assert.Equal(["x"], Read("node { roles += x }, node = ${node} { name = n }").GetStringList("node.roles"));
        Assert.Equal(["x"], Read("node { roles += x }, node = ${?node}").GetStringList("node.roles"));
        Assert.Equal(["w", "x"], Read("node { roles = [w] }, node { roles += x }, node = ${node} { name = n }").GetStringList("node.roles"));
        Assert.Equal(["x"], Read("c = 1, a { b += x }, a = ${?c.d}, c = ${?a}").GetStringList("c.b"));
        Assert.Equal("17", Read("x { b = ${?a.b}7 }, a { b = 1 }, a = ${x}").GetString("a.b"));
    }

    [Fact]
    public void What_one_field_saw_on_its_way_is_not_what_another_one_gets()
    {
        var config = Read("a = [${?b}], b = ${?a}");
        Assert.Empty(config.GetValue("a").GetArray());
        Assert.Empty(config.GetValue("b").GetArray());
        Assert.Equal("x", Read("b { c = ${?a.d}, d = x }, a = ${b}").GetString("b.c"));
    }

    [Fact]
    public void A_cleared_object_still_merges_where_it_is_referred_to()
    {
        var config = Read("a = null, a { x = 1 }, b { y = 2 }, b = ${a}");
        Assert.Equal((1, 2), (config.GetInt("b.x"), config.GetInt("b.y")));
    }

    [Fact]
    public void Plus_equals_adds_to_the_list_that_was_there()
    {
        Assert.Equal([1, 2, 3], Read("a = [1], a += 2, a += 3").GetIntList("a"));
        Assert.Equal([1], Read("a.b += 1").GetIntList("a.b"));
        Assert.Equal([1, 2], Read("a { b = [1] }\na { b += 2 }").GetIntList("a.b"));
        Assert.Equal([5], Read("list = [{ a += ${x} }], x = 5").GetObjectList("list")[0]["a"].Value.GetIntList());
        Assert.Equal([1, 2], Read("list = [{ a = [1], a += 2 }]").GetObjectList("list")[0]["a"].Value.GetIntList());
        Assert.Equal([1, 2], Read("y { b = [1] }\nz = ${y} { b += 2 }").GetIntList("z.b"));
        Assert.StartsWith("2:3 ", ErrorOf("a = text\na += 1"));
    }

    [Fact]
    public void An_optional_substitution_without_a_value_leaves_the_field_as_it_was()
    {
        var config = Read("a = 1, a = ${?missing}, b = ${?missing}, list = [1, ${?missing}, 2]");
        Assert.Equal(1, config.GetInt("a"));
        Assert.False(config.HasPath("b"));
        Assert.DoesNotContain(config.AsEnumerable(), f => f.Key == "b");
        Assert.Equal([1, 2], config.GetIntList("list"));
    }

    [Fact]
    public void The_environment_gives_what_the_document_lacks()
    {
        Environment.SetEnvironmentVariable("HOCON_TEST_NODE", "pve7");
        Environment.SetEnvironmentVariable("HOCON_TEST_EMPTY", "");
        Assert.Equal("pve7", Read("a = ${HOCON_TEST_NODE}").GetString("a"));
        Assert.Equal("default", Read("a = default, a = ${?HOCON_TEST_EMPTY}").GetString("a"));
        Assert.Equal("own", Read("HOCON_TEST_NODE = own, a = ${HOCON_TEST_NODE}").GetString("a"));
        Assert.False(Read("HOCON_TEST_NODE = null, a = ${HOCON_TEST_NODE}").HasPath("a"));
        Assert.Equal("pve7.lan", Read("HOCON_TEST_NODE = ${HOCON_TEST_NODE}.lan").GetString("HOCON_TEST_NODE"));
    }

    [Fact]
    public void A_substitution_is_no_substitution_inside_quotes() => Assert.Equal("${a}", Read("b = \"${a}\"").GetString("b"));

    [Fact]
    public void A_path_in_a_substitution_may_have_quotes() => Assert.Equal(1, Read("a.\"b.c\" = 1, d = ${a.\"b.c\"}").GetInt("d"));

    [Theory]
    [InlineData("a = 1\nb = x ${missing.key} y", "2:7", "missing.key")]
    [InlineData("a = ${a}", "1:5", "leads back")]
    [InlineData("a = ${b}\nb = ${c}\nc = ${a}", "3:5", "leads back")]
    [InlineData("a = ${b\n}", "1:5", "not closed")]
    [InlineData("a = ${}", "1:5", "found nothing")]
    [InlineData("a = ${b..c}", "1:5", "two dots")]
    [InlineData("a = ${b=c}", "1:5", "holds a path")]
    [InlineData("a = 1\nb { c = ${b} }", "2:3", "endless")]
    public void A_substitution_that_cannot_be_resolved_says_where_it_stands(string text, string place, string message)
    {
        var error = ErrorOf(text);
        Assert.StartsWith(place + " ", error);
        Assert.Contains(message, error);
    }
}
