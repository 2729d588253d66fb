using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>Starts its child again after it has failed, waiting longer each time. A child that stops by itself ends the supervisor.</summary>
internal sealed class BackoffOnRestartSupervisor : BackoffSupervisorBase
{
    private readonly OneForOneStrategy _strategy;
    private TimeSpan? _waitOnceStopped;

    public BackoffOnRestartSupervisor(BackoffSettings settings) : base(settings)
    {
        var given = settings.Strategy;
        // What would be a restart becomes a stop; the child is started again after the wait. Restarts are counted here, not by the strategy.
        _strategy = new OneForOneStrategy(cause => given.Decider.Decide(cause) == Directive.Restart ? OnChildFailed(given) : given.Decider.Decide(cause));
    }

    protected override SupervisorStrategy SupervisorStrategy() => _strategy;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(Child):
                Child = null;
                if (_waitOnceStopped is { } wait)
                {
                    _waitOnceStopped = null;
                    if (FinalStopMessageReceived)
                        Context.Stop(Self);
                    else
                        StartChildAfter(wait);
                }
                else
                {
                    Context.GetLogger().Debug("{0} stops: its child {1} stopped by itself.", Self.Path, ChildName);
                    Context.Stop(Self);
                }

                return true;
            default:
                return HandleBackoff(message);
        }
    }

    private Directive OnChildFailed(SupervisorStrategy given)
    {
        if (TryPlanRestart(given, out var wait))
        {
            _waitOnceStopped = wait;
        }
        else
        {
            Context.GetLogger().Info("{0} stops: its child {1} was started again {2} times and failed once more.", Self.Path, ChildName, RestartCountN);
            Context.Stop(Self);
        }

        return Directive.Stop;
    }
}
