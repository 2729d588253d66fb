namespace Hocon.Syntax;

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

        var below = new IncludeScope(included.Source, included.Directory, scope, path);
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

        var path = Path.GetFullPath(Path.Combine(scope.Directory ?? "/", statement.Name));
        return Candidates(path).Select(file => ReadFile(statement, file)).OfType<IncludedText>();
    }

    // A name without extension stands for all formats, and the last of them wins.
    private static IEnumerable<string> Candidates(string path) =>
        Path.HasExtension(path) ? [path] : [path, .. Extensions.Select(e => path + e)];

    private static IncludedText? ReadFile(IncludeStatement statement, string file)
    {
        try
        {
            return SourceFile.ReadIfThere(file) is { } text ? new IncludedText(file, Path.GetDirectoryName(file), text) : null;
        }
        catch (IOException e)
        {
            throw HoconParserException.At(statement.Position, $"\"{statement.Name}\" is there but cannot be read: {e.Message}.", e);
        }
    }

    private sealed record IncludedText(string Source, string? Directory, string Text);
}
