using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit;

/// <summary>
/// Makes filters for log events. Of <c>message</c>, <c>start</c> and <c>contains</c> the first that is given says what the text must be;
/// <c>source</c> is the name of the log source or the path of an actor, absolute or below the user guardian.
/// </summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testKit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilterBase> _filters;

    /// <summary>Filters the log of the test's actor system.</summary>
    public EventFilterFactory(TestKitBase testkit) : this(testkit, testkit.Sys, [])
    {
    }

    /// <summary>Filters the log of <paramref name="system"/>.</summary>
    public EventFilterFactory(TestKitBase testkit, ActorSystem system) : this(testkit, system, [])
    {
    }

    /// <summary>Adds to filters that are there already.</summary>
    public EventFilterFactory(TestKitBase testkit, ActorSystem actorSystem, IReadOnlyList<EventFilterBase> filters)
    {
        _testKit = testkit;
        _system = actorSystem;
        _filters = filters;
    }

    /// <summary>Picks errors with an exception of a type.</summary>
    public IEventFilterApplier Exception<TException>(string? message = null, string? start = null, string? contains = null, string? source = null) where TException : Exception =>
        Exception(typeof(TException), message, start, contains, source);

    /// <summary>Picks errors with an exception of a type, whose text matches <paramref name="pattern"/>.</summary>
    public IEventFilterApplier Exception<TException>(Regex pattern, string? source = null) where TException : Exception =>
        Exception(typeof(TException), pattern, source);

    /// <summary>Picks errors with an exception of a type, whose text matches <paramref name="pattern"/>.</summary>
    public IEventFilterApplier Exception(Type exceptionType, Regex pattern, string? source = null, bool checkInnerExceptions = false) =>
        CreateApplier(new ErrorFilter(exceptionType, new RegexMatcher(pattern), CreateSourceMatcher(source), checkInnerExceptions), _system);

    /// <summary>Picks errors with an exception of a type.</summary>
    public IEventFilterApplier Exception(Type exceptionType, string? message = null, string? start = null, string? contains = null, string? source = null, bool checkInnerExceptions = false) =>
        CreateApplier(new ErrorFilter(exceptionType, CreateMessageMatcher(message, start, contains), CreateSourceMatcher(source), checkInnerExceptions), _system);

    /// <summary>Picks errors.</summary>
    public IEventFilterApplier Error(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        CreateApplier(new ErrorFilter(CreateMessageMatcher(message, start, contains), CreateSourceMatcher(source)), _system);

    /// <summary>Picks errors whose text matches <paramref name="pattern"/>.</summary>
    public IEventFilterApplier Error(Regex pattern, string? source = null) =>
        CreateApplier(new ErrorFilter(new RegexMatcher(pattern), CreateSourceMatcher(source)), _system);

    /// <summary>Picks warnings.</summary>
    public IEventFilterApplier Warning(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        CreateApplier(new WarningFilter(CreateMessageMatcher(message, start, contains), CreateSourceMatcher(source)), _system);

    /// <summary>Picks warnings whose text matches <paramref name="pattern"/>.</summary>
    public IEventFilterApplier Warning(Regex pattern, string? source = null) =>
        CreateApplier(new WarningFilter(new RegexMatcher(pattern), CreateSourceMatcher(source)), _system);

    /// <summary>Picks info events.</summary>
    public IEventFilterApplier Info(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        CreateApplier(new InfoFilter(CreateMessageMatcher(message, start, contains), CreateSourceMatcher(source)), _system);

    /// <summary>Picks info events whose text matches <paramref name="pattern"/>.</summary>
    public IEventFilterApplier Info(Regex pattern, string? source = null) =>
        CreateApplier(new InfoFilter(new RegexMatcher(pattern), CreateSourceMatcher(source)), _system);

    /// <summary>Picks debug events.</summary>
    public IEventFilterApplier Debug(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        CreateApplier(new DebugFilter(CreateMessageMatcher(message, start, contains), CreateSourceMatcher(source)), _system);

    /// <summary>Picks debug events whose text matches <paramref name="pattern"/>.</summary>
    public IEventFilterApplier Debug(Regex pattern, string? source = null) =>
        CreateApplier(new DebugFilter(new RegexMatcher(pattern), CreateSourceMatcher(source)), _system);

    /// <summary>Picks events of a level.</summary>
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLevel(logLevel, CreateMessageMatcher(message, start, contains), source);

    /// <summary>Picks events of a level whose text matches <paramref name="pattern"/>.</summary>
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string? source = null) =>
        ForLevel(logLevel, new RegexMatcher(pattern), source);

    /// <summary>Picks dead letters.</summary>
    public IEventFilterApplier DeadLetter() => CreateApplier(new DeadLettersFilter(null, null), _system);

    /// <summary>Picks dead letters of a type; the source is the path of their recipient.</summary>
    public IEventFilterApplier DeadLetter<TMessage>(string? source = null) => DeadLetter(typeof(TMessage), source);

    /// <summary>Picks dead letters of a type that a predicate says yes to.</summary>
    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null) =>
        CreateApplier(new DeadLettersFilter(null, CreateSourceMatcher(source), letter => letter.Message is TMessage message && isMatch(message)), _system);

    /// <summary>Picks dead letters of a type.</summary>
    public IEventFilterApplier DeadLetter(Type type, string? source = null) =>
        CreateApplier(new DeadLettersFilter(null, CreateSourceMatcher(source), letter => type.IsInstanceOfType(letter.Message)), _system);

    /// <summary>Picks dead letters of a type that a predicate says yes to.</summary>
    public IEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string? source = null) =>
        CreateApplier(new DeadLettersFilter(null, CreateSourceMatcher(source), letter => type.IsInstanceOfType(letter.Message) && isMatch(letter.Message)), _system);

    /// <summary>Picks what a predicate says yes to.</summary>
    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) => CreateApplier(new CustomEventFilter(predicate), _system);

    /// <summary>Picks events of a type that a predicate says yes to.</summary>
    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate) where TLogEvent : LogEvent =>
        CreateApplier(new CustomEventFilter(e => e is TLogEvent typed && predicate(typed)), _system);

    /// <summary>Makes something that applies <paramref name="filter"/> beside those that are there already.</summary>
    protected IEventFilterApplier CreateApplier(EventFilterBase filter, ActorSystem system) =>
        new InternalEventFilterApplier(_testKit, system, [.. _filters, filter]);

    /// <summary>The condition on the text.</summary>
    protected static IStringMatcher CreateMessageMatcher(string? message, string? start, string? contains) =>
        message is not null ? new EqualsString(message)
        : start is not null ? new StartsWithString(start)
        : contains is not null ? new ContainsString(contains)
        : MatchesAll.Instance;

    private static IStringMatcher CreateSourceMatcher(string? source) =>
        source is null ? MatchesAll.Instance : new EqualsStringAndPathMatcher(source);

    private IEventFilterApplier ForLevel(LogLevel level, IStringMatcher message, string? source)
    {
        var sourceMatcher = CreateSourceMatcher(source);
        return CreateApplier(level switch
        {
            LogLevel.DebugLevel => new DebugFilter(message, sourceMatcher),
            LogLevel.InfoLevel => new InfoFilter(message, sourceMatcher),
            LogLevel.WarningLevel => new WarningFilter(message, sourceMatcher),
            LogLevel.ErrorLevel => new ErrorFilter(message, sourceMatcher),
            _ => throw new ArgumentOutOfRangeException(nameof(level), level, "There is no such log level."),
        }, _system);
    }
}
