namespace Hocon.Syntax;

/// <summary>Where something stands in a configuration text. Lines and columns count from 1; line 0 means "made by a program".</summary>
/// <param name="Source">The file or other source that was read, or null for a string.</param>
/// <param name="Line">The line.</param>
/// <param name="Column">The column, in UTF-16 characters.</param>
internal readonly record struct SourcePosition(string? Source, int Line, int Column)
{
    /// <summary>A value that was not read from a text.</summary>
    public static SourcePosition None => default;

    public bool IsNone => Line == 0;

    public override string ToString() => (Source, Line) switch
    {
        (null, 0) => "(no source)",
        (_, 0) => Source,
        (null, _) => string.Create(null, $"line {Line}, column {Column}"),
        _ => string.Create(null, $"{Source}:{Line}:{Column}"),
    };
}
