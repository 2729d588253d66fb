using Hocon.Resolution;
using Hocon.Syntax;
using Hocon.Tree;

namespace Hocon;

/// <summary>The one way from text to resolved values, for both public object models.</summary>
internal static class Document
{
    /// <summary>Reads, merges and resolves a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="scope">Where the text comes from.</param>
    /// <param name="callback">Gives included texts; without it, includes are files.</param>
    /// <exception cref="HoconParserException">The text is not HOCON, or something in it has no value.</exception>
    public static Node Read(string text, IncludeScope scope, HoconIncludeCallbackAsync? callback = null) =>
        Resolver.Resolve(DocumentParser.Parse(text, new Includes(callback), scope), Environment.GetEnvironmentVariable);
}
