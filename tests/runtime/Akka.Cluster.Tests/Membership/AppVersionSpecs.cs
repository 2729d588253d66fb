using Akka.Util;

namespace Akka.Cluster.Tests;

public class AppVersionSpecs
{
    [Theory]
    [InlineData("1.2.3", "1.2.4")]
    [InlineData("1.2.9", "1.2.10")]
    [InlineData("1.2", "1.2.1")]
    [InlineData("1", "2")]
    [InlineData("1.2.3-RC1", "1.2.3")]
    [InlineData("1.2.3-M1", "1.2.3-RC1")]
    [InlineData("1.2.3", "1.2.3+10")]
    [InlineData("1.2.3.4", "1.2.3.5")]
    [InlineData("nightly", "0.0.1")]
    [InlineData("nightly-a", "nightly-b")]
    public void The_first_is_before_the_second(string first, string second)
    {
        Assert.True(AppVersion.Create(first).CompareTo(AppVersion.Create(second)) < 0);
        Assert.True(AppVersion.Create(second).CompareTo(AppVersion.Create(first)) > 0);
        Assert.True(AppVersion.Create(first) != AppVersion.Create(second));
    }

    [Fact]
    public void Trailing_zeros_say_nothing()
    {
        Assert.Equal(AppVersion.Create("1.2"), AppVersion.Create("1.2.0"));
        Assert.Equal(AppVersion.Create("1.2").GetHashCode(), AppVersion.Create("1.2.0").GetHashCode());
        Assert.Equal(AppVersion.Zero, AppVersion.Create("0"));
    }
}
