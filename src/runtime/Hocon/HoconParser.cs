using Hocon.Syntax;

namespace Hocon;

/// <summary>Reads HOCON: <see href="https://github.com/lightbend/config/blob/main/HOCON.md"/>.</summary>
public sealed class HoconParser
{
    /// <summary>Reads a text: includes, merges and substitutions done.</summary>
    /// <param name="text">The text; an empty one is an empty object.</param>
    /// <param name="includeCallback">Gives included texts. Without it, files can be included by an absolute path.</param>
    /// <exception cref="HoconParserException">The text is not HOCON, or something in it has no value.</exception>
    public static HoconRoot Parse(string text, HoconIncludeCallbackAsync? includeCallback = null) =>
        new(HoconValue.Of(Document.Read(text, IncludeScope.OfString, includeCallback), null));
}
