using Akka.Actor;

namespace Akka.Pattern;

/// <summary>The settings of a backoff supervisor. Immutable: each method returns a changed copy.</summary>
public abstract class BackoffOptions
{
    internal abstract Props Props { get; }

    /// <summary>The restart count goes back to zero when the child has lived for <paramref name="resetBackoff"/>; by default the shortest wait.</summary>
    public abstract BackoffOptions WithAutoReset(TimeSpan resetBackoff);

    /// <summary>The restart count goes back to zero when the child sends <see cref="BackoffSupervisor.Reset"/> to its parent.</summary>
    public abstract BackoffOptions WithManualReset();

    /// <summary>Handles failures of the child. Only its decider and its number of retries count.</summary>
    public abstract BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy);

    /// <summary>Stops the child on every failure.</summary>
    public abstract BackoffOptions WithDefaultStoppingStrategy();

    /// <summary>After how many restarts it gives up and stops; -1 never.</summary>
    public abstract BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries);

    /// <summary>What is answered to messages that come while there is no child; without it they are dead letters.</summary>
    public abstract BackoffOptions WithReplyWhileStopped(object replyWhileStopped);

    /// <summary>After which message to the child its stopping is the end, and it is not started again.</summary>
    public abstract BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage);
}

internal enum RestartWhen
{
    ChildFailed,
    ChildStopped,
}

internal sealed class BackoffOptionsImpl : BackoffOptions
{
    private readonly RestartWhen _when;
    private readonly Props _childProps;
    private readonly string _childName;
    private readonly TimeSpan _minBackoff;
    private readonly TimeSpan _maxBackoff;
    private readonly double _randomFactor;
    private IBackoffReset? _reset;
    private OneForOneStrategy _strategy = new(SupervisorStrategy.DefaultDecider);
    private object? _replyWhileStopped;
    private Func<object, bool>? _finalStopMessage;

    internal BackoffOptionsImpl(RestartWhen when, Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
    {
        if (minBackoff <= TimeSpan.Zero)
            throw new ArgumentException($"The shortest wait before {childName} is started again is {minBackoff}, but must be above zero.", nameof(minBackoff));
        if (maxBackoff < minBackoff)
            throw new ArgumentException($"The longest wait before {childName} is started again, {maxBackoff}, is below the shortest, {minBackoff}.", nameof(maxBackoff));
        if (randomFactor is < 0.0 or > 1.0)
            throw new ArgumentException($"The random factor for {childName} is {randomFactor}, but must be between 0 and 1.", nameof(randomFactor));
        _when = when;
        _childProps = childProps;
        _childName = childName;
        _minBackoff = minBackoff;
        _maxBackoff = maxBackoff;
        _randomFactor = randomFactor;
    }

    internal override Props Props
    {
        get
        {
            var settings = new BackoffSettings(_childProps, _childName, _minBackoff, _maxBackoff, _reset ?? new AutoReset(_minBackoff), _randomFactor, _strategy, _replyWhileStopped, _finalStopMessage);
            return _when switch
            {
                RestartWhen.ChildFailed => Props.Create(() => new BackoffOnRestartSupervisor(settings)),
                RestartWhen.ChildStopped => Props.Create(() => new BackoffSupervisor(settings)),
                _ => throw new InvalidOperationException($"{_when} is no occasion for a restart."),
            };
        }
    }

    public override BackoffOptions WithAutoReset(TimeSpan resetBackoff)
    {
        if (resetBackoff < _minBackoff || resetBackoff > _maxBackoff)
            throw new ArgumentException($"The restart count of {_childName} is to be reset after {resetBackoff}, but that must be between {_minBackoff} and {_maxBackoff}.", nameof(resetBackoff));
        return With(o => o._reset = new AutoReset(resetBackoff));
    }

    public override BackoffOptions WithManualReset() => With(o => o._reset = ManualReset.Instance);

    public override BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) => With(o => o._strategy = supervisorStrategy);

    public override BackoffOptions WithDefaultStoppingStrategy() =>
        With(o => o._strategy = SupervisorStrategy.StoppingStrategy.WithMaxNrOfRetries(_strategy.MaxNumberOfRetries));

    public override BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) => With(o => o._strategy = _strategy.WithMaxNrOfRetries(maxNrOfRetries));

    public override BackoffOptions WithReplyWhileStopped(object replyWhileStopped) => With(o => o._replyWhileStopped = replyWhileStopped);

    public override BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) => With(o => o._finalStopMessage = isFinalStopMessage);

    private BackoffOptionsImpl With(Action<BackoffOptionsImpl> change)
    {
        var copy = (BackoffOptionsImpl)MemberwiseClone();
        change(copy);
        return copy;
    }
}

internal sealed record BackoffSettings(
    Props ChildProps,
    string ChildName,
    TimeSpan MinBackoff,
    TimeSpan MaxBackoff,
    IBackoffReset Reset,
    double RandomFactor,
    SupervisorStrategy Strategy,
    object? ReplyWhileStopped,
    Func<object, bool>? FinalStopMessage);
