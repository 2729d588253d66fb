using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>Restarts or stops all children when one fails.</summary>
public class AllForOneStrategy : SupervisorStrategy, IEquatable<AllForOneStrategy>
{
    private readonly int _maxNumberOfRetries;
    private readonly int _withinTimeRangeMilliseconds;
    private readonly IDecider _decider;

    /// <summary>Makes the strategy.</summary>
    /// <param name="maxNrOfRetries">How many restarts are allowed in the time range; null or negative for any number.</param>
    /// <param name="withinTimeRange">The time range; null for no end.</param>
    /// <param name="localOnlyDecider">Judges failures.</param>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, Akka.Actor.Decider.From(localOnlyDecider))
    {
    }

    /// <summary>Makes the strategy.</summary>
    /// <param name="maxNrOfRetries">How many restarts are allowed in the time range; null or negative for any number.</param>
    /// <param name="withinTimeRange">The time range; null for no end.</param>
    /// <param name="decider">Judges failures.</param>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(maxNrOfRetries ?? -1, withinTimeRange is { } range && range != Timeout.InfiniteTimeSpan ? (int)range.TotalMilliseconds : -1, decider)
    {
    }

    /// <summary>Makes the strategy.</summary>
    /// <param name="maxNrOfRetries">How many restarts are allowed in the time range; negative for any number.</param>
    /// <param name="withinTimeMilliseconds">The time range; negative for no end.</param>
    /// <param name="localOnlyDecider">Judges failures.</param>
    /// <param name="loggingEnabled">Whether failures are logged.</param>
    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, Akka.Actor.Decider.From(localOnlyDecider), loggingEnabled)
    {
    }

    /// <summary>Makes the strategy.</summary>
    /// <param name="maxNrOfRetries">How many restarts are allowed in the time range; negative for any number.</param>
    /// <param name="withinTimeMilliseconds">The time range; negative for no end.</param>
    /// <param name="decider">Judges failures.</param>
    /// <param name="loggingEnabled">Whether failures are logged.</param>
    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        _maxNumberOfRetries = maxNrOfRetries;
        _withinTimeRangeMilliseconds = withinTimeMilliseconds;
        _decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    /// <summary>Makes the strategy without a limit.</summary>
    /// <param name="localOnlyDecider">Judges failures.</param>
    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(-1, -1, localOnlyDecider)
    {
    }

    /// <summary>Makes the strategy without a limit.</summary>
    /// <param name="decider">Judges failures.</param>
    public AllForOneStrategy(IDecider decider) : this(-1, -1, decider)
    {
    }


    /// <summary>How many restarts are allowed in the time range; negative for any number.</summary>
    public int MaxNumberOfRetries => _maxNumberOfRetries;

    /// <summary>The time range; negative for no end.</summary>
    public int WithinTimeRangeMilliseconds => _withinTimeRangeMilliseconds;

    /// <inheritdoc/>
    public override IDecider Decider => _decider;

    /// <inheritdoc/>
    public override void HandleChildTerminated(IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children)
    {
    }

    /// <inheritdoc/>
    public override void ProcessFailure(IActorContext context, bool restart, IActorRef child, Exception cause, ChildRestartStats stats, IReadOnlyCollection<ChildRestartStats> children)
    {
        // Every child pays for the restart, so a limit is reached by all of them at once.
        var allowed = restart;
        foreach (var entry in children)
            allowed &= entry.RequestRestartPermission(_maxNumberOfRetries, _withinTimeRangeMilliseconds);
        foreach (var entry in children)
        {
            if (allowed)
                RestartChild(entry.Child, cause, suspendFirst: !child.Equals(entry.Child));
            else
                context.Stop(entry.Child);
        }
    }

    /// <inheritdoc/>
    public bool Equals(AllForOneStrategy? other)
        => other is not null && _maxNumberOfRetries == other._maxNumberOfRetries && _withinTimeRangeMilliseconds == other._withinTimeRangeMilliseconds
            && _decider.Equals(other._decider);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AllForOneStrategy);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_maxNumberOfRetries, _withinTimeRangeMilliseconds, _decider);

    /// <inheritdoc/>
    protected override Directive Handle(IActorRef child, Exception exception) => _decider.Decide(exception);
}
