using Hocon.Tree;

namespace Hocon.Syntax;

/// <summary>Reads one text as an object or array of expressions. Includes are read on the way, because their fields take the place of the include.</summary>
internal sealed class DocumentParser
{
    private static readonly HashSet<TokenKind> EndsValue =
        [TokenKind.End, TokenKind.NewLine, TokenKind.Comma, TokenKind.ObjectEnd, TokenKind.ArrayEnd];

    private readonly TokenReader _tokens;
    private readonly Includes _includes;
    private readonly IncludeScope _scope;

    /// <summary>The keys from the root of this text to the object that is being read; null inside an array, whose elements have no path.</summary>
    private IReadOnlyList<string>? _path = [];
    private int _depth;

    private DocumentParser(TokenReader tokens, Includes includes, IncludeScope scope)
    {
        _tokens = tokens;
        _includes = includes;
        _scope = scope;
    }

    /// <summary>The expression that the whole text is; an empty text is an empty object.</summary>
    /// <exception cref="HoconParserException">The text is not HOCON.</exception>
    public static Expression Parse(string text, Includes includes, IncludeScope scope) =>
        new DocumentParser(new TokenReader(Lexer.Read(text, scope.Source)), includes, scope).ParseDocument();

    private Expression ParseDocument()
    {
        _tokens.SkipBlank();
        var first = _tokens.Current;
        Expression root = first.Kind switch
        {
            TokenKind.ArrayStart => ParseArray(),
            TokenKind.ObjectStart => ParseObject(),
            _ => new ObjectExpression(first.Position, ParseFields(TokenKind.End)),
        };

        _tokens.SkipBlank();
        if (_tokens.Current.Kind != TokenKind.End)
        {
            throw _tokens.Unexpected(first.Kind is TokenKind.ObjectStart or TokenKind.ArrayStart
                ? $"expected the end of the text, because the '{first.Text}' of {first.Position} is closed"
                : "expected a key or the end of the text");
        }

        return root;
    }

    private ObjectExpression ParseObject()
    {
        Enter();
        var opener = _tokens.Take();
        var fields = ParseFields(TokenKind.ObjectEnd);
        _tokens.Close(opener, TokenKind.ObjectEnd, '}');
        _depth--;
        return new ObjectExpression(opener.Position, fields);
    }

    private List<Assignment> ParseFields(TokenKind end)
    {
        var fields = new List<Assignment>();
        _tokens.SkipBlank();
        while (_tokens.Current.Kind is not (TokenKind.End or TokenKind.ObjectEnd or TokenKind.ArrayEnd))
        {
            if (_tokens.Current.Kind == TokenKind.Comma)
                throw _tokens.Unexpected("expected a key");
            if (_tokens.Current is { Kind: TokenKind.Unquoted } word && IncludeStatement.Begins(word))
                fields.AddRange(ParseInclude());
            else
                fields.Add(ParseField());
            PassSeparator(end == TokenKind.End ? "a comma, a new line or the end of the text" : "a comma, a new line or '}'");
        }

        return fields;
    }

    private IEnumerable<Assignment> ParseInclude()
    {
        var statement = IncludeStatement.Read(_tokens);
        return _includes.Read(statement, _scope, _path);
    }

    private Assignment ParseField()
    {
        var start = _tokens.Current;
        var words = _tokens.TakeWhile(TokenKind.Unquoted, TokenKind.Quoted, TokenKind.Whitespace);
        if (words.Count == 0)
            throw _tokens.Unexpected("expected a key");
        var path = PathExpression.FromTokens(words, start.Position);

        var afterKey = _tokens.Current;
        _tokens.SkipBlank();
        var outer = _path;
        _path = _path?.Concat(path).ToList();
        Expression value;
        switch (_tokens.Current.Kind)
        {
            case TokenKind.ObjectStart:
                value = ParseValue();
                break;
            case TokenKind.Colon or TokenKind.Equal:
                _tokens.Take();
                _tokens.SkipBlank();
                value = ParseValue();
                break;
            case TokenKind.PlusEqual:
                var append = _tokens.Take();
                _tokens.SkipBlank();
                value = new AppendExpression(append.Position, ParseValue(), _scope.Absolute(_path));
                break;
            default:
                throw HoconParserException.At(
                    afterKey.Position, $"expected ':', '=', '+=' or '{{' after the key {PathExpression.Render(path)}, found {afterKey.Describe()}.");
        }

        _path = outer;
        for (var i = path.Count - 1; i > 0; i--)
            value = new ObjectExpression(start.Position, [new Assignment(path[i], value)]);
        return new Assignment(path[0], value);
    }

    private ArrayExpression ParseArray()
    {
        Enter();
        var opener = _tokens.Take();
        var outer = _path;
        _path = null;
        var items = new List<Expression>();
        _tokens.SkipBlank();
        while (_tokens.Current.Kind is not (TokenKind.End or TokenKind.ArrayEnd or TokenKind.ObjectEnd))
        {
            items.Add(ParseValue());
            PassSeparator("a comma, a new line or ']'");
        }

        _path = outer;
        _tokens.Close(opener, TokenKind.ArrayEnd, ']');
        _depth--;
        return new ArrayExpression(opener.Position, items);
    }

    /// <summary>Fields and items are separated by one comma, by new lines, or by both.</summary>
    private void PassSeparator(string expected)
    {
        var separated = _tokens.SkipBlank();
        if (_tokens.Current.Kind == TokenKind.Comma)
        {
            _tokens.Take();
            _tokens.SkipBlank();
        }
        else if (!separated && !EndsValue.Contains(_tokens.Current.Kind))
        {
            throw _tokens.Unexpected($"expected {expected}");
        }
    }

    private Expression ParseValue()
    {
        var start = _tokens.Current.Position;
        var parts = new List<Expression>();
        while (!EndsValue.Contains(_tokens.Current.Kind))
        {
            parts.Add(_tokens.Current.Kind switch
            {
                TokenKind.Whitespace => new WhitespaceExpression(_tokens.Current.Position, _tokens.Take().Text),
                TokenKind.Unquoted => new ScalarExpression(new ScalarNode(_tokens.Current.Position, _tokens.Take().Text)),
                TokenKind.Quoted => new ScalarExpression(new ScalarNode(_tokens.Current.Position, _tokens.Take().Text, isQuoted: true)),
                TokenKind.Substitution => Reference(_tokens.Take()),
                TokenKind.ObjectStart => ParseObject(),
                TokenKind.ArrayStart => ParseArray(),
                _ => throw _tokens.Unexpected(parts.Count == 0 ? "expected a value" : "expected the end of the value"),
            });
        }

        if (parts.Count > 0 && parts[^1] is WhitespaceExpression)
            parts.RemoveAt(parts.Count - 1);
        return parts.Count switch
        {
            0 => throw _tokens.Unexpected("expected a value"),
            1 => parts[0],
            _ => new ConcatenationExpression(start, parts),
        };
    }

    private ReferenceExpression Reference(Token token)
    {
        var inner = Lexer.Read(token.Text, _scope.Source);
        var words = inner.Take(inner.Count - 1).ToList();
        if (words.Find(w => w.Kind is not (TokenKind.Unquoted or TokenKind.Quoted or TokenKind.Whitespace)) is { } wrong)
            throw HoconParserException.At(token.Position, $"a substitution holds a path, but {token.Describe()} has {wrong.Describe()} in it.");
        var path = PathExpression.FromTokens(words.Select(w => w with { Position = token.Position }), token.Position);
        return new ReferenceExpression(token.Position, _scope.Candidates(path), token.IsOptional);
    }

    private void Enter()
    {
        if (++_depth > Node.MaxHeight)
            throw HoconParserException.At(_tokens.Current.Position, $"objects and lists are nested too deeply here: more than {Node.MaxHeight} in each other.");
    }
}
