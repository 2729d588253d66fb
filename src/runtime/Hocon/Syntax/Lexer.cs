using System.Globalization;
using System.Text;

namespace Hocon.Syntax;

/// <summary>Splits a text into the tokens of the HOCON grammar. Comments are dropped; white space is kept because concatenation needs it.</summary>
internal sealed class Lexer
{
    private const char EndOfText = '\0';
    private const string NeverUnquoted = "$\"{}[]:=,+#`^?!@*&\\";

    private readonly string _text;
    private readonly string? _source;
    private readonly List<Token> _tokens = [];
    private int _offset;
    private int _line = 1;
    private int _lineStart;

    private Lexer(string text, string? source)
    {
        _text = text;
        _source = source;
    }

    /// <summary>All tokens of the text, ended by one of kind <see cref="TokenKind.End"/>.</summary>
    /// <exception cref="HoconParserException">A string or substitution is not closed, or a character may not stand where it does.</exception>
    public static IReadOnlyList<Token> Read(string text, string? source)
    {
        var lexer = new Lexer(text, source);
        while (lexer.ReadToken())
        {
        }

        return lexer._tokens;
    }

    private SourcePosition Here => new(_source, _line, _offset - _lineStart + 1);

    private char Peek(int ahead = 0) => _offset + ahead < _text.Length ? _text[_offset + ahead] : EndOfText;

    private bool AtEnd => _offset >= _text.Length;

    private bool StartsWith(string expected) => string.CompareOrdinal(_text, _offset, expected, 0, expected.Length) == 0;

    private bool AtComment => Peek() == '#' || (Peek() == '/' && Peek(1) == '/');

    private bool ReadToken()
    {
        if (AtEnd)
        {
            _tokens.Add(new Token(TokenKind.End, Here, ""));
            return false;
        }

        if (AtComment)
            SkipComment();
        else if (Peek() == '\n')
            ReadNewLine();
        else if (IsWhitespace(Peek()))
            ReadWhitespace();
        else if (StartsWith("\"\"\""))
            ReadTripleQuoted();
        else if (Peek() == '"')
            ReadQuoted();
        else if (StartsWith("${"))
            ReadSubstitution();
        else if (StartsWith("+="))
            ReadFixed(TokenKind.PlusEqual, 2);
        else if (Punctuation(Peek()) is { } kind)
            ReadFixed(kind, 1);
        else
            ReadUnquoted();
        return true;
    }

    private static TokenKind? Punctuation(char c) => c switch
    {
        ',' => TokenKind.Comma,
        ':' => TokenKind.Colon,
        '=' => TokenKind.Equal,
        '{' => TokenKind.ObjectStart,
        '}' => TokenKind.ObjectEnd,
        '[' => TokenKind.ArrayStart,
        ']' => TokenKind.ArrayEnd,
        _ => null,
    };

    // The specification counts a byte order mark and the four ASCII separators as white space.
    private static bool IsWhitespace(char c) => c != '\n' && (char.IsWhiteSpace(c) || c is '\uFEFF' or (>= '\u001C' and <= '\u001F'));

    private void SkipComment()
    {
        while (!AtEnd && Peek() != '\n')
            _offset++;
    }

    private void ReadNewLine()
    {
        _tokens.Add(new Token(TokenKind.NewLine, Here, "\n"));
        PassNewLine();
    }

    private void PassNewLine()
    {
        _offset++;
        _line++;
        _lineStart = _offset;
    }

    private void ReadWhitespace()
    {
        var (start, position) = (_offset, Here);
        while (!AtEnd && IsWhitespace(Peek()))
            _offset++;
        _tokens.Add(new Token(TokenKind.Whitespace, position, _text[start.._offset]));
    }

    private void ReadFixed(TokenKind kind, int length)
    {
        _tokens.Add(new Token(kind, Here, _text.Substring(_offset, length)));
        _offset += length;
    }

    private void ReadUnquoted()
    {
        var (start, position) = (_offset, Here);
        while (!AtEnd && !IsWhitespace(Peek()) && Peek() != '\n' && !AtComment
               && (!NeverUnquoted.Contains(Peek(), StringComparison.Ordinal) || AtExponentSign(start)))
            _offset++;

        if (_offset == start)
            throw HoconParserException.At(position, $"'{Peek()}' may not stand in a text without quotes. Put the text in quotes.");
        if (_text.AsSpan(start, _offset - start).ContainsAnyInRange('\0', '\u0008'))
            throw HoconParserException.At(position, "there is a control character here. Is this a text file?");
        _tokens.Add(new Token(TokenKind.Unquoted, position, _text[start.._offset]));
    }

    // '+' is reserved for "+=", but JSON writes 1e+5.
    private bool AtExponentSign(int start) =>
        Peek() == '+' && char.IsAsciiDigit(Peek(1)) && _offset - start >= 2
        && _text[_offset - 1] is 'e' or 'E'
        && double.TryParse(_text.AsSpan(start, _offset - start - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private void ReadQuoted()
    {
        var position = Here;
        var content = new StringBuilder();
        _offset++;
        while (Peek() != '"' || AtEnd)
        {
            if (AtEnd || Peek() == '\n')
                throw HoconParserException.At(position, "this quoted string is not closed on its line. Close it with '\"', or use \"\"\" for text over several lines.");
            if (Peek() == '\\')
                content.Append(ReadEscape());
            else if (char.IsControl(Peek()) && Peek() != '\t')
                throw HoconParserException.At(Here, string.Create(null, $"the control character \\u{(int)Peek():x4} may not stand in a quoted string. Write it as an escape."));
            else
                content.Append(_text[_offset++]);
        }

        _offset++;
        _tokens.Add(new Token(TokenKind.Quoted, position, content.ToString()));
    }

    private char ReadEscape()
    {
        var position = Here;
        var c = Peek(1);
        _offset += 2;
        switch (c)
        {
            case '"' or '\\' or '/': return c;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when _offset + 4 <= _text.Length
                          && ushort.TryParse(_text.AsSpan(_offset, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _offset += 4;
                return (char)code;
            case 'u':
                throw HoconParserException.At(position, "'\\u' must be followed by four hexadecimal digits.");
            default:
                throw HoconParserException.At(position, $"'\\{(c is EndOfText or '\n' ? "" : c)}' is no escape. Write '\\\\' for a backslash.");
        }
    }

    private void ReadTripleQuoted()
    {
        var position = Here;
        _offset += 3;
        var start = _offset;
        while (!StartsWith("\"\"\""))
        {
            if (AtEnd)
                throw HoconParserException.At(position, "the text that \"\"\" opens here is never closed.");
            if (Peek() == '\n')
                PassNewLine();
            else
                _offset++;
        }

        // Quotes beyond the last three belong to the text.
        while (Peek(3) == '"')
            _offset++;
        _tokens.Add(new Token(TokenKind.Quoted, position, _text[start.._offset]));
        _offset += 3;
    }

    private void ReadSubstitution()
    {
        var position = Here;
        _offset += 2;
        var optional = Peek() == '?';
        if (optional)
            _offset++;
        var start = _offset;
        var inQuotes = false;
        while (inQuotes || Peek() != '}')
        {
            if (AtEnd || Peek() == '\n')
                throw HoconParserException.At(position, "the substitution that '${' opens here is not closed by '}' on its line.");
            if (Peek() == '\\' && inQuotes)
                _offset++;
            else if (Peek() == '"')
                inQuotes = !inQuotes;
            _offset++;
        }

        _tokens.Add(new Token(TokenKind.Substitution, position, _text[start.._offset], optional));
        _offset++;
    }
}
