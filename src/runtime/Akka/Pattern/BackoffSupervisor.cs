using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>
/// Starts its child again after it has stopped, waiting longer each time: from the shortest wait, doubled at each restart, up to the
/// longest, plus a random part so that many children do not come back at one moment. All messages go to the child.
/// </summary>
public sealed class BackoffSupervisor : BackoffSupervisorBase
{
    private readonly SupervisorStrategy _strategy;

    /// <summary>A supervisor with the default strategy, which resets its count after the shortest wait.</summary>
    public BackoffSupervisor(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
        : this(childProps, childName, minBackoff, maxBackoff, new AutoReset(minBackoff), randomFactor, Actor.SupervisorStrategy.DefaultStrategy)
    {
    }

    /// <summary>A supervisor with all settings.</summary>
    public BackoffSupervisor(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, IBackoffReset reset, double randomFactor, SupervisorStrategy strategy, object? replyWhileStopped = null, Func<object, bool>? finalStopMessage = null)
        : this(new BackoffSettings(childProps, childName, minBackoff, maxBackoff, reset, randomFactor, strategy, replyWhileStopped, finalStopMessage))
    {
    }

    internal BackoffSupervisor(BackoffSettings settings) : base(settings) => _strategy = settings.Strategy;

    /// <summary>Asks who the child is; answered with <see cref="CurrentChild"/>.</summary>
    public sealed class GetCurrentChild
    {
        /// <summary>The one instance.</summary>
        public static readonly GetCurrentChild Instance = new();

        private GetCurrentChild()
        {
        }
    }

    /// <summary>Answers <see cref="GetCurrentChild"/>.</summary>
    public sealed class CurrentChild
    {
        /// <summary>Names the child.</summary>
        public CurrentChild(IActorRef @ref) => Ref = @ref;

        /// <summary>The child; null while there is none.</summary>
        public IActorRef Ref { get; }
    }

    /// <summary>Sets the restart count to zero, where the supervisor is reset by hand.</summary>
    public new sealed class Reset
    {
        /// <summary>The one instance.</summary>
        public static readonly Reset Instance = new();

        private Reset()
        {
        }
    }

    /// <summary>Asks for the restart count; answered with <see cref="RestartCount"/>.</summary>
    public sealed class GetRestartCount
    {
        /// <summary>The one instance.</summary>
        public static readonly GetRestartCount Instance = new();

        private GetRestartCount()
        {
        }
    }

    /// <summary>Answers <see cref="GetRestartCount"/>.</summary>
    public sealed class RestartCount
    {
        /// <summary>Carries the count.</summary>
        public RestartCount(int count) => Count = count;

        /// <summary>How often the child was started again since the last reset.</summary>
        public int Count { get; }
    }

    /// <summary>The wait is over.</summary>
    public sealed class StartChild : IDeadLetterSuppression
    {
        /// <summary>The one instance.</summary>
        public static readonly StartChild Instance = new();

        private StartChild()
        {
        }
    }

    /// <summary>The child has lived long enough for its count to be forgotten, unless it changed since.</summary>
    public sealed class ResetRestartCount : IDeadLetterSuppression
    {
        /// <summary>Carries the count of the moment when the child was started.</summary>
        public ResetRestartCount(int current) => Current = current;

        /// <summary>The count of that moment.</summary>
        public int Current { get; }
    }

    /// <summary>A supervisor with the default strategy, which never gives up.</summary>
    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        PropsWithSupervisorStrategy(childProps, childName, minBackoff, maxBackoff, randomFactor, Actor.SupervisorStrategy.DefaultStrategy);

    /// <summary>A supervisor with the default strategy, which gives up after <paramref name="maxNrOfRetries"/> restarts.</summary>
    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        Props(Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries));

    /// <summary>The supervisor that <paramref name="options"/> describe.</summary>
    public static Props Props(BackoffOptions options) => options.Props;

    /// <summary>A supervisor with a strategy of its own.</summary>
    public static Props PropsWithSupervisorStrategy(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, SupervisorStrategy strategy)
    {
        var settings = new BackoffSettings(childProps, childName, minBackoff, maxBackoff, new AutoReset(minBackoff), randomFactor, strategy, null, null);
        return Actor.Props.Create(() => new BackoffSupervisor(settings));
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => _strategy;

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        if (message is not Terminated terminated || !terminated.ActorRef.Equals(Child))
            return HandleBackoff(message);

        Child = null;
        if (FinalStopMessageReceived)
        {
            Context.Stop(Self);
        }
        else if (TryPlanRestart(_strategy, out var wait))
        {
            StartChildAfter(wait);
        }
        else
        {
            Context.GetLogger().Info("{0} stops: its child {1} was started again {2} times and stopped once more.", Self.Path, ChildName, RestartCountN);
            Context.Stop(Self);
        }

        return true;
    }
}
