using static Hocon.Tests.Documents;

namespace Hocon.Tests;

public class ErrorSpec
{
    [Theory]
    [InlineData("a = 1\nb {\n  c = 2\n", "2:3", "'{' that opens here is never closed")]
    [InlineData("a = [1, 2", "1:5", "'[' that opens here is never closed")]
    [InlineData("a = [1, 2}", "1:10", "expected ']' to close the '[' of line 1, column 5, found '}'")]
    [InlineData("a { b = 1 ]", "1:11", "expected '}' to close the '{' of line 1, column 3, found ']'")]
    [InlineData("a = \"text\nb = 1", "1:5", "not closed on its line")]
    [InlineData("a = \"\"\"text\nb = 1", "1:5", "never closed")]
    public void An_open_bracket_or_quote_is_reported_where_it_opens(string text, string place, string message) => AssertError(text, place, message);

    [Theory]
    [InlineData("a = 1\n}", "2:1", "expected a key or the end of the text, found '}'")]
    [InlineData("a { b = 1 } }", "1:13", "found '}'")]
    [InlineData("{ a = 1 } b = 2", "1:11", "expected the end of the text")]
    [InlineData("{ a = 1 }\n{ b = 2 }", "2:1", "expected the end of the text")]
    [InlineData("[1] [2]", "1:5", "expected the end of the text")]
    [InlineData("a = 1 ]", "1:7", "found ']'")]
    public void What_comes_after_the_end_is_never_dropped(string text, string place, string message) => AssertError(text, place, message);

    [Theory]
    [InlineData("a", "1:2", "expected ':', '=', '+=' or '{' after the key a, found the end of the text")]
    [InlineData("a\nb = 1", "1:2", "after the key a, found the end of the line")]
    [InlineData("a = \nb = 1", "2:3", "found '='")]
    [InlineData("a =", "1:4", "expected a value, found the end of the text")]
    [InlineData("a { b = }", "1:9", "expected a value, found '}'")]
    [InlineData("= 1", "1:1", "expected a key")]
    [InlineData("a = 1 = 2", "1:7", "expected the end of the value, found '='")]
    [InlineData("a = b : c", "1:7", "found ':'")]
    [InlineData(",a = 1", "1:1", "expected a key")]
    [InlineData("a = 1,,b = 2", "1:7", "expected a key")]
    [InlineData("a = [,1]", "1:6", "expected a value")]
    [InlineData("a = [1,,2]", "1:8", "expected a value")]
    [InlineData("a = 1\n\n  a..b = 2", "3:3", "two dots")]
    [InlineData(".a = 1", "1:1", "may not start or end with a dot")]
    [InlineData("a = {b = 1} {c = 2", "1:13", "never closed")]
    [InlineData("${a} = 1", "1:1", "expected a key, found ${a}")]
    [InlineData("a = x*y", "1:6", "'*' may not stand in a text without quotes")]
    [InlineData("a = \"x\\q\"", "1:7", "'\\q' is no escape")]
    [InlineData("a = \"\\u12\"", "1:6", "four hexadecimal digits")]
    [InlineData("a = \"x\u0001\"", "1:7", "\\u0001")]
    public void What_does_not_belong_is_reported_with_what_is_expected(string text, string place, string message) => AssertError(text, place, message);

    [Theory]
    [InlineData("include", "1:8", "after include")]
    [InlineData("include = 1", "1:9", "a key named include needs quotes")]
    [InlineData("include other", "1:14", "after include")]
    [InlineData("include package(\"x\")", "1:9", "'package(' is no kind of include")]
    [InlineData("include file(\"x\"", "1:14", "expected file(\"x\")")]
    [InlineData("include file(\"x\"))", "1:14", "expected file(\"x\")")]
    [InlineData("include \"\"", "1:9", "may not be empty")]
    [InlineData("include \"/x\" b = 1", "1:14", "expected a comma, a new line")]
    [InlineData("include url(\"http://x/y\")", "1:1", "not a file")]
    [InlineData("include \"relative.conf\"", "1:1", "relative to nothing")]
    [InlineData("include required(\"/there/is/no/such.conf\")", "1:1", "was not found")]
    public void A_wrong_include_is_an_error(string text, string place, string message) => AssertError(text, place, message);

    [Fact]
    public void Brackets_nested_without_end_are_an_error_and_no_crash()
    {
        Assert.Contains("nested too deeply", ErrorOf(new string('[', 10_000)));
        Assert.Contains("nested too deeply", ErrorOf(string.Concat(Enumerable.Repeat("a {", 10_000))));
        Assert.Contains("nested too deeply", ErrorOf(string.Join('.', Enumerable.Repeat("a", 1000)) + " = 1"));
        Assert.Contains("nested too deeply", ErrorOf("a1000 = 1\n" + string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"a{999 - i} {{ x = ${{a{1000 - i}}} }}"))));
        Assert.Contains("nested too deeply", ErrorOf(string.Join('\n', Enumerable.Range(0, 5_000).Select(i => $"a{i} = ${{a{i + 1}}}"))));
    }

    [Fact]
    public void Deep_values_within_the_limit_can_be_printed_and_read_again()
    {
        var config = Read(string.Join('.', Enumerable.Repeat("a", 499)) + " = 1");
        Assert.Equal(config, Read(config.ToString()));
    }

    private static void AssertError(string text, string place, string message)
    {
        var error = ErrorOf(text);
        Assert.Contains(message, error);
        Assert.StartsWith(place + " ", error);
    }
}
