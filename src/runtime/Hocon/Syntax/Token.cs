namespace Hocon.Syntax;

internal enum TokenKind
{
    End,
    NewLine,
    Whitespace,
    Comma,
    Colon,
    Equal,
    PlusEqual,
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    Unquoted,
    Quoted,
    Substitution,
}

/// <summary>A word of the grammar. For a quoted string and a substitution <paramref name="Text"/> is the content without quotes or braces.</summary>
internal sealed record Token(TokenKind Kind, SourcePosition Position, string Text, bool IsOptional = false)
{
    /// <summary>The token as an error message shows it.</summary>
    public string Describe() => Kind switch
    {
        TokenKind.End => "the end of the text",
        TokenKind.NewLine => "the end of the line",
        TokenKind.Whitespace => "white space",
        TokenKind.Quoted => $"\"{Shorten(Text)}\"",
        TokenKind.Substitution => IsOptional ? $"${{?{Text}}}" : $"${{{Text}}}",
        _ => $"'{Shorten(Text)}'",
    };

    private static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 40 ? line : line[..37] + "...";
    }
}
