namespace Hocon.Syntax;

/// <summary>Where a text stands: what it was read from, from which including text, and below which path of the whole document.</summary>
/// <param name="Source">Its name in error messages; null for a string.</param>
/// <param name="Directory">Where its relative includes are looked for; null if it is no file.</param>
/// <param name="Including">The text that includes it, or null.</param>
/// <param name="Prefix">The path of the including object within the including text.</param>
internal sealed record IncludeScope(string? Source, string? Directory, IncludeScope? Including, IReadOnlyList<string> Prefix)
{
    public static IncludeScope OfString { get; } = new(null, null, null, []);

    public static IncludeScope OfFile(string path) => new(path, Path.GetDirectoryName(Path.GetFullPath(path)), null, []);

    public static IncludeScope Named(string source) => new(source, null, null, []);

    /// <summary>Where a substitution in this text looks: first below the place of the innermost include, last at the path as written.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Candidates(IReadOnlyList<string> path)
    {
        var candidates = new List<IReadOnlyList<string>> { path };
        IReadOnlyList<string> relative = path;
        for (var scope = this; scope is not null; scope = scope.Including)
        {
            if (scope.Prefix.Count == 0)
                continue;
            relative = [.. scope.Prefix, .. relative];
            candidates.Insert(0, relative);
        }

        return candidates;
    }

    public bool Includes(string source) => Source == source || Including?.Includes(source) == true;
}

/// <summary>Reads the texts that include statements name, from files or from the callback of the caller.</summary>
internal sealed class Includes(HoconIncludeCallbackAsync? callback)
{
    private static readonly string[] Extensions = [".json", ".conf"];

    /// <summary>The fields of the included text; none if it is missing and not required.</summary>
    public IReadOnlyList<Assignment> Read(IncludeStatement statement, IncludeScope scope, IReadOnlyList<string>? path)
    {
        var texts = callback is null ? Files(statement, scope).ToList() : Callback(statement, callback).ToList();
        if (texts.Count == 0 && statement.IsRequired)
            throw HoconParserException.At(statement.Position, $"the required include \"{statement.Name}\" was not found{(callback is null ? $" in {scope.Directory}" : "")}.");
        return texts.SelectMany(t => Parse(statement, t, scope, path)).ToList();
    }

    private IReadOnlyList<Assignment> Parse(IncludeStatement statement, IncludedText included, IncludeScope scope, IReadOnlyList<string>? path)
    {
        if (scope.Includes(included.Source))
            throw HoconParserException.At(statement.Position, $"\"{statement.Name}\" includes itself: {Chain(scope)} -> {included.Source}.");

        // A path into an array does not exist, so substitutions of a text included there are those of the whole document.
        var below = new IncludeScope(included.Source, included.Directory, scope, path ?? []);
        return DocumentParser.Parse(included.Text, this, below) is ObjectExpression root
            ? root.Assignments
            : throw HoconParserException.At(statement.Position, $"\"{statement.Name}\" holds an array. Only an object can be included.");
    }

    private static string Chain(IncludeScope scope) =>
        (scope.Including is null ? "" : Chain(scope.Including) + " -> ") + (scope.Source ?? "the text");

    private static IEnumerable<IncludedText> Callback(IncludeStatement statement, HoconIncludeCallbackAsync callback)
    {
        string? text;
        try
        {
            text = callback(statement.Kind, statement.Name).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not HoconParserException)
        {
            throw HoconParserException.At(statement.Position, $"\"{statement.Name}\" cannot be included: {e.Message}", e);
        }

        return string.IsNullOrEmpty(text) ? [] : [new IncludedText(statement.Name, null, text)];
    }

    private static IEnumerable<IncludedText> Files(IncludeStatement statement, IncludeScope scope)
    {
        if (statement.Kind != HoconCallbackType.File)
        {
            throw HoconParserException.At(
                statement.Position, $"\"{statement.Name}\" is not a file, and only files can be included here. Use include file(\"...\").");
        }

        if (scope.Directory is null && !Path.IsPathRooted(statement.Name))
        {
            throw HoconParserException.At(
                statement.Position, $"\"{statement.Name}\" is relative to nothing, because the text with the include is not a file. Use an absolute path.");
        }

        return Existing(Path.GetFullPath(Path.Combine(scope.Directory ?? "/", statement.Name)))
            .Select(file => new IncludedText(file, Path.GetDirectoryName(file), ReadFile(statement, file)));
    }

    // A name without extension stands for all formats, and the last of them wins.
    private static IEnumerable<string> Existing(string path) =>
        File.Exists(path) ? [path]
        : Path.HasExtension(path) ? Directory.Exists(path) ? [path] : []
        : Extensions.Select(e => path + e).Where(File.Exists);

    private static string ReadFile(IncludeStatement statement, string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw HoconParserException.At(statement.Position, $"\"{statement.Name}\" is there but cannot be read: {e.Message}", e);
        }
    }

    private sealed record IncludedText(string Source, string? Directory, string Text);
}
