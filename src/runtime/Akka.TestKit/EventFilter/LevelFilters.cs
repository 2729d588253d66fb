using Akka.Event;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit.Internal;

/// <summary>Picks debug events.</summary>
public class DebugFilter : EventFilterBase
{
    /// <summary>Null stands for anything.</summary>
    public DebugFilter(IStringMatcher? messageMatcher = null, IStringMatcher? sourceMatcher = null) : base(messageMatcher, sourceMatcher)
    {
    }

    /// <inheritdoc/>
    protected override string FilterDescriptiveName => "Debug";

    /// <inheritdoc/>
    protected override bool IsMatch(LogEvent evt) => evt is Debug && InternalDoMatch(evt.LogSource, evt.Message);
}

/// <summary>Picks info events.</summary>
public class InfoFilter : EventFilterBase
{
    /// <summary>Null stands for anything.</summary>
    public InfoFilter(IStringMatcher? messageMatcher = null, IStringMatcher? sourceMatcher = null) : base(messageMatcher, sourceMatcher)
    {
    }

    /// <inheritdoc/>
    protected override string FilterDescriptiveName => "Info";

    /// <inheritdoc/>
    protected override bool IsMatch(LogEvent evt) => evt is Info && InternalDoMatch(evt.LogSource, evt.Message);
}

/// <summary>Picks warnings.</summary>
public class WarningFilter : EventFilterBase
{
    /// <summary>Null stands for anything.</summary>
    public WarningFilter(IStringMatcher? messageMatcher = null, IStringMatcher? sourceMatcher = null) : base(messageMatcher, sourceMatcher)
    {
    }

    /// <inheritdoc/>
    protected override string FilterDescriptiveName => "Warning";

    /// <inheritdoc/>
    protected override bool IsMatch(LogEvent evt) => evt is Warning && InternalDoMatch(evt.LogSource, evt.Message);
}

/// <summary>Picks errors, by their text or by the exception behind them.</summary>
public class ErrorFilter : EventFilterBase
{
    private readonly Type? _exceptionType;
    private readonly bool _recurseInnerExceptions;

    /// <summary>Picks errors with or without an exception. Null stands for anything.</summary>
    public ErrorFilter(IStringMatcher? messageMatcher = null, IStringMatcher? sourceMatcher = null) : base(messageMatcher, sourceMatcher)
    {
    }

    /// <summary>Picks errors with an exception of a type, derived ones included; the text is looked for in the event and in the exception.</summary>
    public ErrorFilter(Type? exceptionType, IStringMatcher? messageMatcher = null, IStringMatcher? sourceMatcher = null, bool recurseInnerExceptions = false)
        : base(messageMatcher, sourceMatcher)
    {
        _exceptionType = exceptionType;
        _recurseInnerExceptions = recurseInnerExceptions;
    }

    /// <inheritdoc/>
    protected override string FilterDescriptiveName => _exceptionType is null ? "Error" : $"Error with {_exceptionType}";

    /// <inheritdoc/>
    protected override bool IsMatch(LogEvent evt)
    {
        if (evt is not Error error)
            return false;
        return _exceptionType is null
            ? InternalDoMatch(error.LogSource, error.Message)
            : error.Cause is { } cause && Matches(_exceptionType, error, cause);
    }

    private bool Matches(Type type, Error error, Exception cause)
    {
        if (type.IsInstanceOfType(cause) && (InternalDoMatch(error.LogSource, error.Message) || InternalDoMatch(error.LogSource, cause.Message)))
            return true;
        if (!_recurseInnerExceptions)
            return false;
        return cause is AggregateException many
            ? many.InnerExceptions.Any(inner => Matches(type, error, inner))
            : cause.InnerException is { } one && Matches(type, error, one);
    }
}

/// <summary>Picks events by a predicate.</summary>
public class CustomEventFilter : EventFilterBase
{
    private readonly Predicate<LogEvent> _predicate;

    /// <summary>Picks what <paramref name="predicate"/> says yes to.</summary>
    public CustomEventFilter(Predicate<LogEvent> predicate) : base(null, null) => _predicate = predicate;

    /// <inheritdoc/>
    protected override string FilterDescriptiveName => "Custom";

    /// <inheritdoc/>
    protected override bool IsMatch(LogEvent evt) => _predicate(evt);
}
