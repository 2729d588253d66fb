namespace Hocon.Tests;

public sealed class IncludeSpec : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("hocon-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Included_fields_take_the_place_of_the_include()
    {
        Write("other.conf", "a = 2, b = 2, c { d = 2 }");
        var config = Main("a = 1, c { e = 1 }\ninclude \"other.conf\"\nb = 3");
        Assert.Equal((2, 3), (config.GetInt("a"), config.GetInt("b")));
        Assert.Equal((2, 1), (config.GetInt("c.d"), config.GetInt("c.e")));
    }

    [Theory]
    [InlineData("include \"sub/other.conf\"")]
    [InlineData("include file(\"sub/other.conf\")")]
    [InlineData("include file( \"sub/other.conf\" )")]
    [InlineData("include required(\"sub/other.conf\")")]
    [InlineData("include required(file(\"sub/other.conf\"))")]
    [InlineData("include \"sub/other\"")]
    [InlineData("include\n  \"sub/other.conf\", z = 1")]
    public void An_include_is_found_beside_the_file_that_has_it(string statement)
    {
        Write("sub/other.conf", "include \"deeper.conf\"\na = 1");
        Write("sub/deeper.conf", "b = 2");
        var config = Main(statement);
        Assert.Equal((1, 2), (config.GetInt("a"), config.GetInt("b")));
    }

    [Fact]
    public void A_missing_include_is_nothing_unless_it_is_required()
    {
        Assert.Equal(1, Main("include \"missing.conf\"\na = 1").GetInt("a"));
        var error = Assert.Throws<HoconParserException>(() => Main("a = 1\n  include required(\"missing.conf\")"));
        Assert.Equal((2, 3), (error.LineNumber, error.LinePosition));
        Assert.Contains($"{_directory}/main.conf:2:3: the required include \"missing.conf\" was not found in {_directory}", error.Message);
    }

    [Fact]
    public void Json_and_conf_are_both_read_for_a_name_without_extension()
    {
        Write("both.json", "{ \"a\": 1, \"b\": 1 }");
        Write("both.conf", "b = 2");
        var config = Main("include \"both\"");
        Assert.Equal((1, 2), (config.GetInt("a"), config.GetInt("b")));
    }

    [Fact]
    public void Substitutions_of_an_included_file_look_below_the_include_first()
    {
        Write("foo.conf", "x = 10, y = ${x}, z = ${outside}");
        var config = Main("a { include \"foo.conf\" }\na { x = 42 }\noutside = 7");
        Assert.Equal((42, 7), (config.GetInt("a.y"), config.GetInt("a.z")));
    }

    [Fact]
    public void Substitutions_of_nested_includes_look_at_each_level()
    {
        Write("outer.conf", "b { include \"inner.conf\" }, middle = 2");
        Write("inner.conf", "near = 1, all = [${near}, ${middle}, ${far}]");
        Assert.Equal([1, 2, 3], Main("a { include \"outer.conf\" }, far = 3").GetIntList("a.b.all"));
    }

    [Fact]
    public void An_included_file_adds_to_lists_at_its_place_only()
    {
        Write("foo.conf", "l += 2");
        var config = Main("l = [1]\na { include \"foo.conf\" }\nb { l = [1], include \"foo.conf\" }");
        Assert.Equal([2], config.GetIntList("a.l"));
        Assert.Equal([1, 2], config.GetIntList("b.l"));
    }

    [Fact]
    public void An_include_may_stand_in_an_object_of_a_list()
    {
        Write("foo.conf", "x = 10, y = ${far}");
        Assert.Equal(3, Main("list = [{ include \"foo.conf\" }], far = 3").GetObjectList("list")[0]["y"].Value.GetInt());
    }

    [Fact]
    public void Files_that_include_each_other_are_an_error_that_shows_the_circle()
    {
        Write("a.conf", "include \"b.conf\"");
        Write("b.conf", "\n include \"a.conf\"");
        var error = Assert.Throws<HoconParserException>(() => Main("include \"a.conf\""));
        Assert.StartsWith($"{_directory}/b.conf:2:2: ", error.Message);
        Assert.Contains($"{_directory}/main.conf -> {_directory}/a.conf -> {_directory}/b.conf -> {_directory}/a.conf", error.Message);
        Assert.Contains("includes itself", Assert.Throws<HoconParserException>(() => Main("include \"main.conf\"")).Message);
    }

    [Fact]
    public void A_file_may_be_included_twice()
    {
        Write("foo.conf", "x = 1");
        var config = Main("a { include \"foo.conf\" }, b { include \"foo.conf\" }");
        Assert.Equal((1, 1), (config.GetInt("a.x"), config.GetInt("b.x")));
    }

    [Fact]
    public void An_error_in_an_included_file_names_that_file()
    {
        Write("foo.conf", "x = 1\ny = }");
        Assert.StartsWith($"{_directory}/foo.conf:2:5: ", Assert.Throws<HoconParserException>(() => Main("include \"foo.conf\"")).Message);
    }

    [Fact]
    public void Only_an_object_can_be_included()
    {
        Write("list.conf", "[1]");
        Assert.Contains("holds an array", Assert.Throws<HoconParserException>(() => Main("include \"list.conf\"")).Message);
    }

    [Fact]
    public void A_file_that_cannot_be_read_as_text_is_an_error_and_not_half_read()
    {
        File.WriteAllBytes(Path.Combine(_directory, "bytes.conf"), [(byte)'a', (byte)'=', 0xFF, 0xFE, 0xFA]);
        Directory.CreateDirectory(Path.Combine(_directory, "dir.conf"));
        Assert.Contains("no UTF-8", Assert.Throws<HoconParserException>(() => Main("include \"bytes.conf\"")).Message);
        Assert.Contains("is a directory", Assert.Throws<HoconParserException>(() => Main("include \"dir.conf\"")).Message);
        var path = Path.Combine(_directory, "missing.conf");
        Assert.Contains(path, Assert.Throws<HoconParserException>(() => HoconConfigurationFactory.FromFile(path)).Message);
        Assert.Contains("no UTF-8", Assert.Throws<HoconParserException>(() => HoconConfigurationFactory.FromFile(Path.Combine(_directory, "bytes.conf"))).Message);
    }

    [Fact]
    public void A_callback_is_asked_with_the_kind_and_the_name()
    {
        var asked = new List<(HoconCallbackType, string)>();
        var config = HoconConfigurationFactory.ParseString(
            "include \"one\"\ninclude url(\"two\")\na { include classpath(\"three\") }\ninclude \"none\"",
            (kind, name) =>
            {
                asked.Add((kind, name));
                return Task.FromResult(name == "none" ? "" : $"{name} = {name}");
            });
        Assert.Equal([(HoconCallbackType.File, "one"), (HoconCallbackType.Url, "two"), (HoconCallbackType.Resource, "three"), (HoconCallbackType.File, "none")], asked);
        Assert.Equal("three", config.GetString("a.three"));
    }

    [Fact]
    public void A_callback_that_fails_or_goes_round_is_an_error_at_the_include()
    {
        var error = Assert.Throws<HoconParserException>(() => HoconParser.Parse("\ninclude \"x\"", (_, _) => throw new InvalidOperationException("the disk is gone")));
        Assert.Equal(2, error.LineNumber);
        Assert.Contains("the disk is gone", error.Message);
        Assert.Contains("includes itself", Assert.Throws<HoconParserException>(() => HoconParser.Parse("include \"x\"", (_, _) => Task.FromResult("include \"x\""))).Message);
    }

    [Fact]
    public void A_wrong_value_is_reported_with_its_file()
    {
        var error = Assert.Throws<HoconValueException>(() => Main("node-ttl = soon").GetTimeSpan("node-ttl"));
        Assert.Equal("node-ttl", error.FailPath);
        Assert.Contains($"{_directory}/main.conf:1:12: expected a duration", error.Message);
        Assert.Contains("found soon", error.Message);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private Config Main(string text)
    {
        Write("main.conf", text);
        return HoconConfigurationFactory.FromFile(Path.Combine(_directory, "main.conf"));
    }
}
