using static Hocon.Tests.Documents;

namespace Hocon.Tests;

public class ConversionSpec
{
    [Theory]
    [InlineData("10s", 10_000)]
    [InlineData("500ms", 500)]
    [InlineData("500", 500)]
    [InlineData("\"500\"", 500)]
    [InlineData("2 minutes", 120_000)]
    [InlineData("\" 2 m \"", 120_000)]
    [InlineData("0.5s", 500)]
    [InlineData("1.5 hours", 5_400_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("2000us", 2)]
    [InlineData("3000000 nanos", 3)]
    [InlineData("0", 0)]
    [InlineData("infinite", -1)]
    public void A_duration_has_a_unit_or_counts_milliseconds(string text, long milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Read($"a = {text}").GetTimeSpan("a"));

    [Theory]
    [InlineData("soon")]
    [InlineData("10 S")]
    [InlineData("10 sec")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1e300d")]
    [InlineData("99999999999d")]
    [InlineData("\"\"")]
    [InlineData("[1]")]
    public void What_is_no_duration_is_refused(string text) =>
        Assert.Throws<HoconValueException>(() => Read($"a = {text}").GetTimeSpan("a"));

    [Fact]
    public void Infinite_is_refused_where_it_is_not_allowed() =>
        Assert.Throws<HoconValueException>(() => Read("a = infinite").GetTimeSpan("a", allowInfinite: false));

    [Theory]
    [InlineData("512", 512)]
    [InlineData("512b", 512)]
    [InlineData("128kB", 128_000)]
    [InlineData("128K", 131_072)]
    [InlineData("4MiB", 4_194_304)]
    [InlineData("4 megabytes", 4_000_000)]
    [InlineData("0.5G", 536_870_912)]
    [InlineData("1TiB", 1_099_511_627_776)]
    public void A_size_has_a_unit_or_counts_bytes(string text, long bytes) => Assert.Equal(bytes, Read($"a = {text}").GetByteSize("a"));

    [Theory]
    [InlineData("big")]
    [InlineData("-1")]
    [InlineData("1 furlong")]
    [InlineData("100E")]
    public void What_is_no_size_is_refused(string text) => Assert.Throws<HoconValueException>(() => Read($"a = {text}").GetByteSize("a"));

    [Theory]
    [InlineData("true", true)]
    [InlineData("on", true)]
    [InlineData("yes", true)]
    [InlineData("false", false)]
    [InlineData("off", false)]
    [InlineData("no", false)]
    [InlineData("\"on\"", true)]
    public void A_boolean_has_six_words(string text, bool value) => Assert.Equal(value, Read($"a = {text}").GetBoolean("a"));

    [Theory]
    [InlineData("True")]
    [InlineData("1")]
    public void What_is_no_boolean_is_refused(string text) => Assert.Throws<HoconValueException>(() => Read($"a = {text}").GetBoolean("a"));

    [Fact]
    public void Numbers_are_read_in_the_width_that_is_asked_for()
    {
        var config = Read("a = 1e3, b = 30.0, c = -0.25, d = 9223372036854775807, e = 256, f = 0x10, g = 1.5, text = \"42\"");
        Assert.Equal(1000, config.GetInt("a"));
        Assert.Equal(30, config.GetLong("b"));
        Assert.Equal(-0.25, config.GetDouble("c"));
        Assert.Equal(-0.25f, config.GetFloat("c"));
        Assert.Equal(-0.25m, config.GetDecimal("c"));
        Assert.Equal(long.MaxValue, config.GetLong("d"));
        Assert.Equal(16, config.GetByte("f"));
        Assert.Equal(42, config.GetInt("text"));
        Assert.Throws<HoconValueException>(() => config.GetInt("d"));
        Assert.Throws<HoconValueException>(() => config.GetByte("e"));
        Assert.Throws<HoconValueException>(() => config.GetInt("g"));
    }

    [Fact]
    public void A_list_is_read_item_by_item_and_a_wrong_item_is_reported_with_its_place()
    {
        Assert.Equal([true, false], Read("a = [on, off]").GetBooleanList("a"));
        Assert.Equal([0.5, 2], Read("a = [0.5, 2]").GetDoubleList("a"));
        var error = Assert.Throws<HoconValueException>(() => Read("a = [1,\n  two]").GetIntList("a"));
        Assert.Contains("line 2, column 3", error.Message);
    }

    [Fact]
    public void An_object_with_whole_numbers_as_keys_is_a_list_in_their_order() =>
        Assert.Equal(["a", "b", "c"], Read("x { 10 = c, 0 = a, 2 = b, other = d }").GetStringList("x"));

    [Fact]
    public void A_missing_value_is_the_default_or_an_error()
    {
        var config = Read("a = null");
        Assert.Equal(7, config.GetInt("a", 7));
        Assert.Equal(7, config.GetInt("b.c", 7));
        Assert.Null(config.GetConfig("b"));
        Assert.Equal(TimeSpan.FromSeconds(1), config.GetTimeSpan("b", TimeSpan.FromSeconds(1)));
        Assert.Equal("b.c", Assert.Throws<HoconValueException>(() => config.GetString("b.c")).FailPath);
        Assert.Throws<HoconValueException>(() => config.GetInt("a"));
        Assert.Throws<HoconParserException>(() => config.HasPath("a..b"));
    }
}
