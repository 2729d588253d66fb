using Akka.Util;

namespace Akka.Tests.Util;

public sealed class UtilSpec
{
    [Theory]
    [InlineData("abc", "*", true)]
    [InlineData("abc", "a*c", true)]
    [InlineData("abc", "a?c", true)]
    [InlineData("abc", "A?C", false)]
    [InlineData("abc", "ab", false)]
    [InlineData("ab", "abc", false)]
    [InlineData("aXbXc", "a*b*c", true)]
    [InlineData("", "*", true)]
    [InlineData("", "?", false)]
    [InlineData("mississippi", "m*iss*pi", true)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "*a*a*a*a*a*a*a*a*b", false)]
    public void A_pattern_fits_the_whole_text(string text, string pattern, bool fits) => Assert.Equal(fits, text.Like(pattern, caseSensitive: true));

    [Fact]
    public void Case_matters_only_if_it_shall() => Assert.True("ABC".Like("a?c"));

    [Fact]
    public void An_option_holds_a_value_or_none()
    {
        Option<string> some = "a", none = Option<string>.None;
        Assert.True(some.HasValue);
        Assert.True(none.IsEmpty);
        Assert.Equal(("a", "b"), (some.GetOrElse("b"), none.GetOrElse("b")));
        Assert.Equal(1, some.Select(text => text.Length).Value);
        Assert.True(none.Select(text => text.Length).IsEmpty);
        Assert.True(new Option<string>(null!).IsEmpty);
        Assert.True(some == new Option<string>("a"));
        Assert.True(some != none);
    }
}
