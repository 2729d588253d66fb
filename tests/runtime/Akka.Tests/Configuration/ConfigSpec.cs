using Akka.Configuration;

namespace Akka.Tests.Configuration;

public class ConfigSpec
{
    private static readonly Config Sample = ConfigurationFactory.ParseString("""
        akka {
            # the level
            loglevel = INFO
            actor.provider = "Akka.Cluster.ClusterActorRefProvider, Akka.Cluster"
            timeout = 10s
            pause = 500ms
            wait = infinite
            bare = 250
            frame = 128000b
            buffer = 4MiB
            on = on
            off = off
            roles = [voter, "hypervisor"]
            numbers = [1, 2, 3]
            nothing = null
            actor.deployment { "/user/router/*" { nr-of-instances = 5 } }
        }
        """);

    [Fact]
    public void A_config_reads_each_kind_of_value()
    {
        Assert.Equal("INFO", Sample.GetString("akka.loglevel"));
        Assert.Equal("Akka.Cluster.ClusterActorRefProvider, Akka.Cluster", Sample.GetString("akka.actor.provider"));
        Assert.Equal(TimeSpan.FromSeconds(10), Sample.GetTimeSpan("akka.timeout"));
        Assert.Equal(TimeSpan.FromMilliseconds(500), Sample.GetTimeSpan("akka.pause"));
        Assert.Equal(Timeout.InfiniteTimeSpan, Sample.GetTimeSpan("akka.wait"));
        Assert.Equal(TimeSpan.FromMilliseconds(250), Sample.GetTimeSpan("akka.bare"));
        Assert.Equal(128_000, Sample.GetByteSize("akka.frame"));
        Assert.Equal(4L * 1024 * 1024, Sample.GetByteSize("akka.buffer", null));
        Assert.True(Sample.GetBoolean("akka.on"));
        Assert.False(Sample.GetBoolean("akka.off", true));
        Assert.Equal(["voter", "hypervisor"], Sample.GetStringList("akka.roles"));
        Assert.Equal([1, 2, 3], Sample.GetIntList("akka.numbers"));
        Assert.Equal(5, Sample.GetInt("akka.actor.deployment.\"/user/router/*\".nr-of-instances"));
    }

    [Fact]
    public void A_path_without_a_value_gives_the_default()
    {
        Assert.Null(Sample.GetString("akka.missing"));
        Assert.Equal("x", Sample.GetString("akka.missing", "x"));
        Assert.Equal(7, Sample.GetInt("akka.missing.deeper", 7));
        Assert.Equal(TimeSpan.Zero, Sample.GetTimeSpan("akka.missing"));
        Assert.Null(Sample.GetByteSize("akka.missing"));
        Assert.Null(Sample.GetConfig("akka.missing"));
        Assert.Empty(Sample.GetStringList("akka.missing"));
        Assert.False(Sample.HasPath("akka.missing"));
        Assert.True(Sample.HasPath("akka.actor"));
    }

    [Fact]
    public void Null_counts_as_no_value()
    {
        Assert.False(Sample.HasPath("akka.nothing"));
        Assert.Equal("x", Sample.GetString("akka.nothing", "x"));
    }

    [Fact]
    public void A_value_of_the_wrong_type_is_an_error_with_path_and_place()
    {
        var error = Assert.Throws<ConfigurationException>(() => Sample.GetInt("akka.loglevel"));
        Assert.Contains("akka.loglevel", error.Message);
        Assert.Contains("line 3, column 16", error.Message);
        Assert.Throws<ConfigurationException>(() => Sample.GetTimeSpan("akka.wait", allowInfinite: false));
    }

    [Fact]
    public void A_fallback_gives_what_is_missing_and_merges_objects()
    {
        Config first = "a { x = 1 }, list = [1]";
        Config second = "a { x = 2, y = 2 }, list = [2, 3]";
        Config third = "a { y = 3, z = 3 }";
        var config = first.WithFallback(second).WithFallback(third);
        Assert.Equal((1, 2, 3), (config.GetInt("a.x"), config.GetInt("a.y"), config.GetInt("a.z")));
        Assert.Equal([1], config.GetIntList("list"));
        Assert.Equal(2, config.GetConfig("a").GetInt("y"));
    }

    [Fact]
    public void A_value_that_is_no_object_hides_the_objects_of_its_fallbacks()
    {
        Config first = "a { x = 1 }";
        Config second = "a = 42";
        Config third = "a { y = 2 }";
        Assert.False(first.WithFallback(second).WithFallback(third).HasPath("a.y"));
        Assert.False(first.WithFallback(second.WithFallback(third)).HasPath("a.y"));
    }

    [Fact]
    public void An_object_that_was_set_to_null_first_takes_nothing_from_a_fallback()
    {
        Config config = "a = null, a { x = 1 }";
        Config defaults = "a { y = 2 }";
        Assert.False(config.WithFallback(defaults).HasPath("a.y"));
        Assert.False(ConfigurationFactory.ParseString(config.ToString()).WithFallback(defaults).HasPath("a.y"));
    }

    [Fact]
    public void A_null_or_empty_config_is_handled_by_the_safe_extensions()
    {
        Config missing = null!;
        Config some = "a = 1";
        Assert.True(missing.IsNullOrEmpty());
        Assert.True(Config.Empty.IsNullOrEmpty());
        Assert.Same(some, missing.SafeWithFallback(some));
        Assert.Same(some, some.SafeWithFallback(missing));
        Assert.Throws<ArgumentException>(() => some.WithFallback(some));
    }

    [Fact]
    public void A_text_that_is_not_hocon_is_a_configuration_error_with_its_place()
    {
        var error = Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString("a = 1\nb {"));
        Assert.Contains("line 2, column 3", error.Message);
    }

    [Fact]
    public void A_substitution_sees_the_whole_text()
    {
        Config config = "a = ${b.c}, b { c = 5 }, path = [1], path += 2";
        Assert.Equal(5, config.GetInt("a"));
        Assert.Equal([1, 2], config.GetIntList("path"));
    }

    [Fact]
    public void An_include_is_asked_from_the_callback()
    {
        var config = ConfigurationFactory.ParseString("a { include \"other\" }", name => new(Root($"name = {name}, copy = ${{name}}")));
        Assert.Equal("other", config.GetString("a.copy"));

        static Akka.Configuration.Hocon.HoconValue Root(string text) => ConfigurationFactory.ParseString(text).Root;
    }

    [Fact]
    public void An_object_becomes_a_config()
    {
        var config = ConfigurationFactory.FromObject(new { a = new { b = 1, text = "x\ny" }, list = new[] { 1, 2 } });
        Assert.Equal(1, config.GetInt("a.b"));
        Assert.Equal("x\ny", config.GetString("a.text"));
        Assert.Equal([1, 2], config.GetIntList("list"));
    }

    [Theory]
    [InlineData("<configuration><akka><hocon><![CDATA[ akka.loglevel = DEBUG ]]></hocon></akka></configuration>", "DEBUG")]
    [InlineData("<configuration><other/></configuration>", null)]
    public void The_akka_section_of_an_application_file_is_read(string xml, string? level)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, xml);
        Assert.Equal(level, ConfigurationFactory.FromApplicationFile(file).GetString("akka.loglevel"));
        File.WriteAllText(file, "<configuration>");
        Assert.Contains(file, Assert.Throws<ConfigurationException>(() => ConfigurationFactory.FromApplicationFile(file)).Message);
        File.Delete(file);
        Assert.True(ConfigurationFactory.FromApplicationFile(file).IsEmpty);
    }

    [Fact]
    public void A_missing_resource_is_an_error_that_names_the_assembly() =>
        Assert.Contains("Akka.Tests", Assert.Throws<ConfigurationException>(() => ConfigurationFactory.FromResource<ConfigSpec>("missing.conf")).Message);

    [Fact]
    public void A_printed_config_reads_back_to_the_same_with_its_fallbacks()
    {
        var config = Sample.WithFallback("akka { loglevel = DEBUG, more = \"1\" }");
        var copy = ConfigurationFactory.ParseString(config.ToString());
        Assert.Equal(config.ToString(), copy.ToString());
        Assert.Equal("1", copy.GetString("akka.more"));
        Assert.Equal("INFO", copy.GetString("akka.loglevel"));
    }

    [Fact]
    public void The_parts_of_a_value_can_be_changed_and_read()
    {
        var value = ConfigurationFactory.ParseString("a { b = 1 }").GetValue("a");
        value.GetObject()!.GetOrCreateKey("c").NewValue(new Akka.Configuration.Hocon.HoconLiteral { Value = "2" });
        Assert.Equal(2, value.ToConfig().GetInt("c"));
        Assert.Equal(1, value.AtKey("x.y").GetInt("\"x.y\".b"));
        Assert.Equal("2", value.GetChildObject("c")!.GetString());
    }
}
