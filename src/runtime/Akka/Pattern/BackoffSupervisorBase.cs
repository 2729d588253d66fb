using Akka.Actor;
using Akka.Embedded;

namespace Akka.Pattern;

/// <summary>What both kinds of backoff supervisors share: one child, its restarts counted, messages passed on to it.</summary>
public abstract class BackoffSupervisorBase : ActorBase
{
    private readonly BackoffSettings _settings;
    private Random? _random;

    internal BackoffSupervisorBase(BackoffSettings settings) => _settings = settings;

    /// <summary>What the child is made from.</summary>
    protected Props ChildProps => _settings.ChildProps;

    /// <summary>The name of the child.</summary>
    protected string ChildName => _settings.ChildName;

    /// <summary>When the restart count goes back to zero.</summary>
    protected IBackoffReset Reset => _settings.Reset;

    /// <summary>What is answered while there is no child; null for nothing.</summary>
    protected object? ReplyWhileStopped => _settings.ReplyWhileStopped;

    /// <summary>After which message the stopping of the child is the end.</summary>
    protected Func<object, bool>? FinalStopMessage => _settings.FinalStopMessage;

    /// <summary>The child; null while there is none.</summary>
    protected IActorRef? Child { get; set; }

    /// <summary>How often the child was started again since the last reset.</summary>
    protected int RestartCountN { get; set; }

    /// <summary>Whether the child got its final message.</summary>
    protected bool FinalStopMessageReceived { get; set; }

    /// <inheritdoc/>
    protected override void PreStart() => StartChild();

    /// <summary>Handles the messages of the supervisor itself and passes all others on.</summary>
    protected bool HandleBackoff(object message)
    {
        switch (message)
        {
            case BackoffSupervisor.StartChild:
                StartChild();
                if (Reset is AutoReset auto)
                    Context.System.Scheduler.ScheduleTellOnce(auto.ResetBackoff, Self, new BackoffSupervisor.ResetRestartCount(RestartCountN), Self);
                return true;
            case BackoffSupervisor.Reset:
                if (Reset is ManualReset)
                    RestartCountN = 0;
                else
                    Unhandled(message);
                return true;
            case BackoffSupervisor.ResetRestartCount reset:
                // only if it did not have to be started again since
                if (reset.Current == RestartCountN)
                    RestartCountN = 0;
                return true;
            case BackoffSupervisor.GetRestartCount:
                Sender.Tell(new BackoffSupervisor.RestartCount(RestartCountN), Self);
                return true;
            case BackoffSupervisor.GetCurrentChild:
                Sender.Tell(new BackoffSupervisor.CurrentChild(Child!), Self);
                return true;
            default:
                PassOn(message);
                return true;
        }
    }

    /// <summary>Asks for the child to be started again after the wait of this restart; false if it was the last one allowed.</summary>
    internal bool TryPlanRestart(SupervisorStrategy strategy, out TimeSpan wait)
    {
        var limit = strategy is OneForOneStrategy { MaxNumberOfRetries: var retries } ? retries : -1;
        wait = NextWait();
        if (limit >= 0 && RestartCountN + 1 > limit)
            return false;
        RestartCountN++;
        return true;
    }

    internal void StartChildAfter(TimeSpan wait) =>
        Context.System.Scheduler.ScheduleTellOnce(wait, Self, BackoffSupervisor.StartChild.Instance, Self);

    private void StartChild() => Child ??= Context.Watch(Context.ActorOf(ChildProps, ChildName));

    private void PassOn(object message)
    {
        if (Child is { } child)
        {
            if (child.Equals(Sender))
            {
                // to the outside the supervisor stands for its child
                Context.Parent.Forward(message);
                return;
            }

            child.Forward(message);
            if (!FinalStopMessageReceived && FinalStopMessage is { } isFinal)
                FinalStopMessageReceived = isFinal(message);
            return;
        }

        if (ReplyWhileStopped is { } reply)
            Sender.Tell(reply, Self);
        else
            Context.System.DeadLetters.Forward(message);
        if (FinalStopMessage?.Invoke(message) == true)
            Context.Stop(Self);
    }

    private TimeSpan NextWait()
    {
        // beyond this the power of two is above every duration
        const int enough = 30;
        _random ??= RuntimeEnvironment.Of(Context.System).CreateRandom("backoff " + Self.Path.ToStringWithoutAddress());
        var ticks = RestartCountN >= enough
            ? _settings.MaxBackoff.Ticks
            : Math.Min(_settings.MaxBackoff.Ticks, _settings.MinBackoff.Ticks * Math.Pow(2, RestartCountN));
#pragma warning disable RS0030 // the environment's own source of chance
        ticks *= 1.0 + _random.NextDouble() * _settings.RandomFactor;
#pragma warning restore RS0030
        return ticks >= TimeSpan.MaxValue.Ticks ? TimeSpan.MaxValue : TimeSpan.FromTicks((long)ticks);
    }
}
