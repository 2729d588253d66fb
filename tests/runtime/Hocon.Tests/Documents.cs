namespace Hocon.Tests;

/// <summary>Short ways to read a text in a test, and to see what is wrong with it.</summary>
internal static class Documents
{
    public static Config Read(string text) => HoconConfigurationFactory.ParseString(text);

    /// <summary>The error of a text that is not HOCON, as "line:column message".</summary>
    public static string ErrorOf(string text)
    {
        var error = Assert.Throws<HoconParserException>(() => Read(text));
        return $"{error.LineNumber}:{error.LinePosition} {error.Message}";
    }
}
