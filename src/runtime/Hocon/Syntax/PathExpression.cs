using System.Text;

namespace Hocon.Syntax;

/// <summary>Keys with dots: <c>a.b</c> is two elements, <c>"a.b"</c> is one.</summary>
internal static class PathExpression
{
    /// <summary>The elements of a path that the tokens (quoted, unquoted, white space) spell.</summary>
    /// <exception cref="HoconParserException">The path is empty or has an empty element.</exception>
    public static List<string> FromTokens(IEnumerable<Token> tokens, SourcePosition position)
    {
        var words = tokens.SkipWhile(t => t.Kind == TokenKind.Whitespace).Reverse()
            .SkipWhile(t => t.Kind == TokenKind.Whitespace).Reverse().ToList();
        if (words.Count == 0)
            throw HoconParserException.At(position, "expected a key, found nothing.");

        var path = new List<string>();
        var element = new StringBuilder();
        var hasQuotes = false;
        var at = position;

        void Close()
        {
            if (element.Length == 0 && !hasQuotes)
                throw HoconParserException.At(at, "a path may not start or end with a dot, nor have two dots in a row. Quote the key if the dot belongs to it.");
            path.Add(element.ToString());
            element.Clear();
            hasQuotes = false;
        }

        foreach (var word in words)
        {
            at = word.Position;
            if (word.Kind == TokenKind.Quoted)
            {
                element.Append(word.Text);
                hasQuotes = true;
                continue;
            }

            var parts = word.Text.Split('.');
            for (var i = 0; i < parts.Length; i++)
            {
                if (i > 0)
                    Close();
                element.Append(parts[i]);
            }
        }

        Close();
        return path;
    }

    /// <summary>The elements of a path given to a getter. Only dots and quotes have a meaning here.</summary>
    /// <exception cref="HoconParserException">The path is empty, has an empty element or an open quote.</exception>
    public static IReadOnlyList<string> Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!path.Contains('"', StringComparison.Ordinal))
        {
            var parts = path.Split('.');
            return parts.All(p => p.Length > 0) ? parts : throw Malformed(path);
        }

        var elements = new List<string>();
        var element = new StringBuilder();
        var (inQuotes, hasQuotes) = (false, false);
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            if (c == '"')
            {
                inQuotes = !inQuotes;
                hasQuotes = true;
            }
            else if (c == '\\' && inQuotes && i + 1 < path.Length)
            {
                element.Append(path[++i]);
            }
            else if (c == '.' && !inQuotes)
            {
                if (element.Length == 0 && !hasQuotes)
                    throw Malformed(path);
                elements.Add(element.ToString());
                element.Clear();
                hasQuotes = false;
            }
            else
            {
                element.Append(c);
            }
        }

        if (inQuotes || (element.Length == 0 && !hasQuotes))
            throw Malformed(path);
        elements.Add(element.ToString());
        return elements;
    }

    /// <summary>The path as one writes it, with quotes where they are needed.</summary>
    public static string Render(IEnumerable<string> path) => string.Join('.', path.Select(RenderElement));

    /// <summary>One key as one writes it.</summary>
    public static string RenderElement(string key) =>
        key.Length > 0 && key != "include" && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? key : Quoting.Quote(key);

    private static HoconParserException Malformed(string path) =>
        HoconParserException.At(SourcePosition.None, $"\"{path}\" is not a path: expected keys separated by single dots, quoted where a key has dots of its own.");
}
