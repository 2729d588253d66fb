namespace Hocon.Syntax;

/// <summary><c>include "name"</c>, <c>include file("name")</c>, <c>include required(url("name"))</c> and their like.</summary>
/// <param name="Position">Where the word include stands.</param>
/// <param name="Kind">What the name names.</param>
/// <param name="Name">The name in quotes.</param>
/// <param name="IsRequired">Whether it is an error that there is no such file.</param>
internal sealed record IncludeStatement(SourcePosition Position, HoconCallbackType Kind, string Name, bool IsRequired)
{
    private const string Forms = "\"name\", file(\"name\"), url(\"name\"), classpath(\"name\") or required(...) around one of them";

    /// <summary>A key may not begin with the bare word include.</summary>
    public static bool Begins(Token word) => word.Text == "include";

    public static IncludeStatement Read(TokenReader tokens)
    {
        var position = tokens.Take().Position;
        tokens.SkipBlank();
        var at = tokens.Current.Position;
        var before = Words(tokens);
        if (tokens.Current.Kind != TokenKind.Quoted)
            throw tokens.Unexpected($"expected {Forms} after include (a key named include needs quotes)");
        var name = tokens.Take();
        var after = tokens.Current is { Kind: TokenKind.Unquoted or TokenKind.Whitespace } && before.Length > 0 ? Closers(tokens) : "";

        var required = before.StartsWith("required(", StringComparison.Ordinal);
        HoconCallbackType? kind = (required ? before["required(".Length..] : before) switch
        {
            "" or "file(" => HoconCallbackType.File,
            "url(" => HoconCallbackType.Url,
            "classpath(" => HoconCallbackType.Resource,
            _ => null,
        };

        if (kind is null)
            throw HoconParserException.At(at, $"'{before}' is no kind of include. Expected {Forms}.");
        if (after.Length != before.Count(c => c == '('))
            throw HoconParserException.At(name.Position, $"the brackets of this include do not match: expected {before}\"{name.Text}\"{new string(')', before.Count(c => c == '('))}.");
        if (name.Text.Length == 0)
            throw HoconParserException.At(name.Position, "the name of an include may not be empty.");
        return new IncludeStatement(position, kind.Value, name.Text, required);
    }

    private static string Words(TokenReader tokens) =>
        string.Concat(tokens.TakeWhile(TokenKind.Unquoted, TokenKind.Whitespace, TokenKind.NewLine)
            .Where(t => t.Kind == TokenKind.Unquoted).Select(t => t.Text));

    private static string Closers(TokenReader tokens)
    {
        var words = tokens.TakeWhile(TokenKind.Unquoted, TokenKind.Whitespace).Where(t => t.Kind == TokenKind.Unquoted).ToList();
        return words.Find(w => w.Text.Any(c => c != ')')) is { } wrong
            ? throw HoconParserException.At(wrong.Position, $"expected ')' after the name of the include, found {wrong.Describe()}.")
            : string.Concat(words.Select(w => w.Text));
    }
}
