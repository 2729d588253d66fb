using System.Globalization;
using System.Text;

namespace Akka.Event;

/// <summary>A message that becomes a text only when somebody reads it.</summary>
public abstract class LogMessage
{
    /// <summary>Makes the text.</summary>
    protected readonly ILogMessageFormatter Formatter;

    /// <summary>Keeps what the text is made of.</summary>
    /// <param name="formatter">Makes the text.</param>
    /// <param name="format">The template.</param>
    protected LogMessage(ILogMessageFormatter formatter, string format)
    {
        Formatter = formatter;
        Format = format;
    }

    /// <summary>The template.</summary>
    public string Format { get; }

    /// <summary>The arguments as they were given, for loggers that keep them apart.</summary>
    internal abstract IReadOnlyList<object?> Arguments { get; }
}

/// <summary>A template with its arguments.</summary>
internal sealed class ArgumentLogMessage(ILogMessageFormatter formatter, string format, params object?[] arguments) : LogMessage(formatter, format)
{
    internal override IReadOnlyList<object?> Arguments => arguments;

    public override string ToString() => Formatter.Format(Format, arguments!);
}

/// <summary>Makes the texts of log messages.</summary>
public interface ILogMessageFormatter
{
    /// <summary>Puts arguments into a template.</summary>
    /// <param name="format">The template.</param>
    /// <param name="args">The arguments.</param>
    string Format(string format, params object[] args);

    /// <summary>Puts arguments into a template.</summary>
    /// <param name="format">The template.</param>
    /// <param name="args">The arguments.</param>
    string Format(string format, IEnumerable<object> args);
}

/// <summary>
/// Understands positions (<c>{0}</c>, with alignment and format) and names (<c>{Node}</c>, filled from left to right). A template that does not fit
/// its arguments is written as it stands with the arguments behind: a log line is never lost to a mistake in it.
/// </summary>
public class DefaultLogMessageFormatter : ILogMessageFormatter
{
    /// <summary>The only instance.</summary>
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter()
    {
    }

    /// <inheritdoc/>
    public string Format(string format, params object[] args)
    {
        if (args.Length == 0)
            return format;
        try
        {
            return string.Format(CultureInfo.InvariantCulture, Positional(format), args);
        }
        catch (FormatException)
        {
            return $"{format} [{string.Join(", ", args)}]";
        }
    }

    /// <inheritdoc/>
    public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());

    private static string Positional(string format)
    {
        StringBuilder? result = null;
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] == '{' && i + 1 < format.Length && format[i + 1] != '{' && (char.IsLetter(format[i + 1]) || format[i + 1] is '_' or '@'))
            {
                var end = format.AsSpan(i).IndexOfAny('}', ':', ',');
                if (end < 0)
                    break;
                result ??= new StringBuilder(format, 0, i, format.Length);
                result.Append('{').Append(next++);
                i += end - 1;
                continue;
            }

            if (format[i] == '{' && i + 1 < format.Length && format[i + 1] == '{')
            {
                result?.Append("{{");
                i++;
                continue;
            }

            result?.Append(format[i]);
        }

        return result?.ToString() ?? format;
    }
}
