using Hocon.Syntax;

namespace Hocon;

/// <summary>A text is not HOCON, or a substitution or include in it cannot be resolved. The message names file, line and column.</summary>
public sealed class HoconParserException : Exception
{
    /// <summary>An error without a message.</summary>
    public HoconParserException()
    {
    }

    /// <summary>An error with a message.</summary>
    public HoconParserException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and what caused it.</summary>
    public HoconParserException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The line of the error, from 1; 0 if the error belongs to no line.</summary>
    public int LineNumber { get; private init; }

    /// <summary>The column of the error, from 1; 0 if the error belongs to no line.</summary>
    public int LinePosition { get; private init; }

    internal static HoconParserException At(SourcePosition position, string message, Exception? innerException = null) =>
        new(position.IsNone && position.Source is null ? message : $"{position}: {message}", innerException)
        {
            LineNumber = position.Line,
            LinePosition = position.Column,
        };
}
