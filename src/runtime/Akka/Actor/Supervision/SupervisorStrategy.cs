using Akka.Actor.Internal;
using Akka.Event;

namespace Akka.Actor;

/// <summary>How an actor judges the failures of its children.</summary>
public abstract class SupervisorStrategy
{
    /// <summary>Stops children that could not be made, were killed, or died with another actor; restarts all others.</summary>
    public static IDecider DefaultDecider = Akka.Actor.Decider.From(
        Directive.Restart,
        Directive.Stop.When<ActorInitializationException>(),
        Directive.Stop.When<ActorKilledException>(),
        Directive.Stop.When<DeathPactException>());

    /// <summary>One for one, with <see cref="DefaultDecider"/>, without a limit.</summary>
    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    /// <summary>Stops whatever fails.</summary>
    public static readonly OneForOneStrategy StoppingStrategy = new(static _ => Directive.Stop);

    /// <summary>Judges failures.</summary>
    public abstract IDecider Decider { get; }

    /// <summary>Whether failures are logged.</summary>
    protected bool LoggingEnabled { get; set; } = true;

    /// <summary>Judges a failure and does what follows.</summary>
    /// <param name="actorCell">The supervisor.</param>
    /// <param name="child">The child.</param>
    /// <param name="cause">Its failure.</param>
    /// <param name="stats">Its entry.</param>
    /// <param name="children">All children.</param>
    /// <returns>False when the failure is the supervisor's own now.</returns>
    public bool HandleFailure(ActorCell actorCell, IActorRef child, Exception cause, ChildRestartStats stats, IReadOnlyCollection<ChildRestartStats> children)
    {
        var directive = Handle(child, cause);
        LogFailure(actorCell, child, cause, directive);
        switch (directive)
        {
            case Directive.Resume:
                ResumeChild(child, cause);
                return true;
            case Directive.Restart:
                ProcessFailure(actorCell, restart: true, child, cause, stats, children);
                return true;
            case Directive.Stop:
                ProcessFailure(actorCell, restart: false, child, cause, stats, children);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Called when a child has ended.</summary>
    /// <param name="actorContext">The supervisor.</param>
    /// <param name="child">The child.</param>
    /// <param name="children">Those that are left.</param>
    public abstract void HandleChildTerminated(IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children);

    /// <summary>Restarts or stops whom the failure concerns.</summary>
    /// <param name="context">The supervisor.</param>
    /// <param name="restart">Whether a restart is wished.</param>
    /// <param name="child">The child.</param>
    /// <param name="cause">Its failure.</param>
    /// <param name="stats">Its entry.</param>
    /// <param name="children">All children.</param>
    public abstract void ProcessFailure(IActorContext context, bool restart, IActorRef child, Exception cause, ChildRestartStats stats, IReadOnlyCollection<ChildRestartStats> children);

    /// <summary>Judges a failure.</summary>
    /// <param name="child">The child.</param>
    /// <param name="exception">Its failure.</param>
    protected abstract Directive Handle(IActorRef child, Exception exception);

    /// <summary>Lets a child go on.</summary>
    /// <param name="child">The child.</param>
    /// <param name="exception">Its failure.</param>
    protected void ResumeChild(IActorRef child, Exception exception) => ((IInternalActorRef)child).Resume(exception);

    /// <summary>Puts a new instance in a child's place.</summary>
    /// <param name="child">The child.</param>
    /// <param name="cause">Why.</param>
    /// <param name="suspendFirst">For a child that has not failed itself.</param>
    protected void RestartChild(IActorRef child, Exception cause, bool suspendFirst)
    {
        var actor = (IInternalActorRef)child;
        if (suspendFirst)
            actor.Suspend();
        actor.Restart(cause);
    }

    /// <summary>Writes a failure and its judgement to the log; an escalated one is left to whoever ends it.</summary>
    /// <param name="context">The supervisor.</param>
    /// <param name="child">The child.</param>
    /// <param name="cause">Its failure.</param>
    /// <param name="directive">The judgement.</param>
    protected virtual void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive)
    {
        if (!LoggingEnabled || directive == Directive.Escalate)
            return;
        var message = cause is ActorInitializationException { InnerException: { } inner } ? inner.Message : cause.Message;
        var source = child.Path.ToString();
        var stream = context.System.EventStream;
        try
        {
            if (directive == Directive.Resume)
                stream.Publish(new Warning(cause, source, GetType(), message));
            else
                stream.Publish(new Error(cause, source, GetType(), message));
        }
        catch (Exception)
        {
            // A broken log subscriber must not break supervision.
        }
    }
}

/// <summary>Makes the strategy that a configuration names.</summary>
public abstract class SupervisorStrategyConfigurator
{
    /// <summary>Makes the strategy.</summary>
    public abstract SupervisorStrategy Create();

    /// <summary>Makes the configurator of that type.</summary>
    /// <param name="typeName">The type name.</param>
    /// <exception cref="Configuration.ConfigurationException">There is no such type.</exception>
    public static SupervisorStrategyConfigurator CreateConfigurator(string typeName)
        => Util.TypeName.Create<SupervisorStrategyConfigurator>(typeName, "akka.actor.guardian-supervisor-strategy");
}

/// <summary>Configures <see cref="SupervisorStrategy.DefaultStrategy"/>.</summary>
public class DefaultSupervisorStrategy : SupervisorStrategyConfigurator
{
    /// <inheritdoc/>
    public override SupervisorStrategy Create() => SupervisorStrategy.DefaultStrategy;
}

/// <summary>Configures <see cref="SupervisorStrategy.StoppingStrategy"/>.</summary>
public class StoppingSupervisorStrategy : SupervisorStrategyConfigurator
{
    /// <inheritdoc/>
    public override SupervisorStrategy Create() => SupervisorStrategy.StoppingStrategy;
}
