using static Hocon.Tests.Documents;

namespace Hocon.Tests;

public class MergeSpec
{
    [Fact]
    public void A_key_set_twice_takes_the_later_value_and_objects_merge()
    {
        var config = Read("a = 1, a = 2, o { x = 1, y = 1 }, o { y = 2, z = 2 }, o.z = 3");
        Assert.Equal(2, config.GetInt("a"));
        Assert.Equal((1, 2, 3), (config.GetInt("o.x"), config.GetInt("o.y"), config.GetInt("o.z")));
    }

    [Fact]
    public void Null_clears_an_object_so_that_it_can_be_set_anew()
    {
        var config = Read("o { x = 1 }, o = null, o { y = 2 }");
        Assert.False(config.HasPath("o.x"));
        Assert.Equal(2, config.GetInt("o.y"));
        Assert.False(config.WithFallback("o { z = 3 }").HasPath("o.z"));
    }

    [Fact]
    public void Null_hides_the_value_of_a_fallback()
    {
        var config = Read("a = null").WithFallback("a = 1, b = 2");
        Assert.False(config.HasPath("a"));
        Assert.Equal(2, config.GetInt("b"));
    }

    [Fact]
    public void A_list_that_an_object_hides_need_not_have_values() =>
        Assert.Equal(1, Read("a = [${missing}], a { b = 1 }").GetInt("a.b"));

    [Fact]
    public void A_fallback_fills_what_is_missing()
    {
        var config = Read("o { x = 1 }").WithFallback("o { x = 2, y = 2 }, list = [1]").WithFallback("o { y = 3, z = 3 }, list = [2]");
        Assert.Equal((1, 2, 3), (config.GetInt("o.x"), config.GetInt("o.y"), config.GetInt("o.z")));
        Assert.Equal([1], config.GetIntList("list"));
        Assert.Equal(2, config.Fallbacks.Count);
        Assert.Equal(3, config.GetConfig("o").GetInt("z"));
        Assert.Equal(["o", "list"], config.AsEnumerable().Select(f => f.Key).Order().Reverse());
    }

    [Fact]
    public void Layers_of_fallbacks_keep_their_order_however_they_are_put_together()
    {
        Config a = "k = a", b = "k = b, l = b", c = "k = c, l = c, m = c";
        foreach (var config in new[] { a.WithFallback(b).WithFallback(c), a.WithFallback(b.WithFallback(c)), a + "k = b, l = b" + "k = c, l = c, m = c" })
            Assert.Equal("abc", config.GetString("k") + config.GetString("l") + config.GetString("m"));
    }

    [Fact]
    public void A_config_is_no_fallback_of_itself_and_null_is_no_fallback()
    {
        Config config = "a = 1", none = null!;
        Assert.Throws<ArgumentException>(() => config.WithFallback(config));
        Assert.Same(config, config.WithFallback(none));
        Assert.Same(config, none.SafeWithFallback(config));
        Assert.True(none.IsNullOrEmpty());
        Assert.True(Config.Empty.SafeWithFallback(none).IsNullOrEmpty());
    }

    [Fact]
    public void Objects_of_the_model_merge_in_both_directions()
    {
        var upper = Read("x = 1, n { a = 1 }").Root.GetObject();
        var lower = Read("x = 2, y = 2, n { a = 2, b = 2 }").Root.GetObject();
        var merged = (HoconObject)upper.Clone(null);
        merged.FallbackMerge(lower);
        var other = (HoconObject)lower.Clone(null);
        other.Merge(upper);
        Assert.Equal(merged, other);
        Assert.Equal(1, merged["x"].Value.GetInt());
        Assert.Equal(2, merged[HoconPath.Parse("n.b")].Value.GetInt());
    }
}
