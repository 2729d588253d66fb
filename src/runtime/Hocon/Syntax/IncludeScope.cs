namespace Hocon.Syntax;

/// <summary>Where a text stands: what it was read from, from which including text, and below which path of the whole document.</summary>
/// <param name="Source">Its name in error messages; null for a string.</param>
/// <param name="Directory">Where its relative includes are looked for; null if it is no file.</param>
/// <param name="Including">The text that includes it, or null.</param>
/// <param name="Place">The path of the include within the including text; null if it stands in a list, whose items have no path.</param>
internal sealed record IncludeScope(string? Source, string? Directory, IncludeScope? Including, IReadOnlyList<string>? Place)
{
    public static IncludeScope OfString { get; } = new(null, null, null, []);

    public static IncludeScope OfFile(string path) => new(path, Path.GetDirectoryName(Path.GetFullPath(path)), null, []);

    public static IncludeScope Named(string source) => new(source, null, null, []);

    /// <summary>The path in the whole document of a path in this text; null if there is none.</summary>
    public IReadOnlyList<string>? Absolute(IReadOnlyList<string>? path)
    {
        if (path is null || Place is null)
            return null;
        return Including is null ? path : Including.Absolute([.. Place, .. path]);
    }

    /// <summary>Where a substitution in this text looks: first below the place of this include, then in the including texts, last at the path as written.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Candidates(IReadOnlyList<string> path)
    {
        var candidates = new List<IReadOnlyList<string>>();
        for (var scope = this; scope is not null; scope = scope.Including)
        {
            if (scope.Absolute(path) is { } candidate && !candidates.Exists(candidate.SequenceEqual))
                candidates.Add(candidate);
        }

        return candidates;
    }

    public bool Includes(string source) => Source == source || Including?.Includes(source) == true;
}
