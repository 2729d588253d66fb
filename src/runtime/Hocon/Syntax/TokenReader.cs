namespace Hocon.Syntax;

/// <summary>A place in the tokens of a text, and the errors that belong to it.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens)
{
    private int _next;

    public Token Current => tokens[_next];

    /// <summary>The current token, which is then left behind. The end is never left.</summary>
    public Token Take() => Current.Kind == TokenKind.End ? Current : tokens[_next++];

    public List<Token> TakeWhile(params ReadOnlySpan<TokenKind> kinds)
    {
        var taken = new List<Token>();
        while (kinds.Contains(Current.Kind))
            taken.Add(Take());
        return taken;
    }

    /// <summary>Leaves white space and line ends behind; tells whether there was a line end.</summary>
    public bool SkipBlank()
    {
        var newLine = false;
        while (Current.Kind is TokenKind.Whitespace or TokenKind.NewLine)
            newLine |= Take().Kind == TokenKind.NewLine;
        return newLine;
    }

    /// <summary>Leaves the closing bracket behind. One that is missing is reported at its opener, where one has to look.</summary>
    public void Close(Token opener, TokenKind closer, char text)
    {
        if (Current.Kind == TokenKind.End)
            throw HoconParserException.At(opener.Position, $"the '{opener.Text}' that opens here is never closed by '{text}'.");
        if (Current.Kind != closer)
            throw Unexpected($"expected '{text}' to close the '{opener.Text}' of {opener.Position}");
        Take();
    }

    public HoconParserException Unexpected(string expected) =>
        HoconParserException.At(Current.Position, $"{expected}, found {Current.Describe()}.");
}
