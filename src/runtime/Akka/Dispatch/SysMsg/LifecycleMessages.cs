using Akka.Actor;
using Akka.Event;

namespace Akka.Dispatch.SysMsg;

/// <summary>Makes the actor's first instance.</summary>
public sealed class Create : SystemMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="failure">Why the actor cannot be made; null if it can.</param>
    public Create(ActorInitializationException? failure = null) => Failure = failure;

    /// <summary>Why the actor cannot be made; null if it can.</summary>
    public ActorInitializationException? Failure { get; }

    /// <inheritdoc/>
    public override string ToString() => "<Create>";
}

/// <summary>Puts a new instance in place of one that failed.</summary>
public sealed class Recreate : SystemMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="cause">Why.</param>
    public Recreate(Exception cause) => Cause = cause;

    /// <summary>Why.</summary>
    public Exception Cause { get; }

    internal override bool StashWhenWaitingForChildren => true;

    /// <inheritdoc/>
    public override string ToString() => $"<Recreate>: {Cause?.GetType().ToString() ?? "null"}";
}

/// <summary>Holds back the actor's messages.</summary>
public sealed class Suspend : SystemMessage
{
    internal override bool StashWhenWaitingForChildren => true;

    /// <inheritdoc/>
    public override string ToString() => "<Suspend>";
}

/// <summary>Lets the actor's messages go on.</summary>
public sealed class Resume : SystemMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="causedByFailure">The failure that is forgiven; null if there was none.</param>
    public Resume(Exception? causedByFailure) => CausedByFailure = causedByFailure;

    /// <summary>The failure that is forgiven; null if there was none.</summary>
    public Exception? CausedByFailure { get; set; }

    internal override bool StashWhenWaitingForChildren => true;

    /// <inheritdoc/>
    public override string ToString() => $"<Resume>: {CausedByFailure?.GetType().ToString() ?? "null"}";
}

/// <summary>Ends the actor, its children first.</summary>
public sealed class Terminate : SystemMessage, IPossiblyHarmful, IDeadLetterSuppression
{
    /// <inheritdoc/>
    public override string ToString() => "<Terminate>";
}

/// <summary>Makes the parent aware of a child.</summary>
public sealed class Supervise : SystemMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="child">The child.</param>
    /// <param name="async">Whether the child is started later.</param>
    public Supervise(IActorRef child, bool async)
    {
        Child = child;
        Async = async;
    }

    /// <summary>Whether the child is started later.</summary>
    public bool Async { get; }

    /// <summary>The child.</summary>
    public IActorRef Child { get; }

    /// <inheritdoc/>
    public override string ToString() => $"<Supervise>: {Child}, Async={Async}";
}

/// <summary>Tells the parent that a child failed.</summary>
internal sealed class Failed(IActorRef child, Exception cause, long uid) : SystemMessage
{
    public IActorRef Child { get; } = child;

    public Exception Cause { get; } = cause;

    public long Uid { get; } = uid;

    internal override bool StashWhenWaitingForChildren => true;

    internal override bool StashWhenFailed => true;

    public override string ToString() => $"<Failed>: {Child} ({Uid}) {Cause.GetType()}";
}

/// <summary>Asks a guardian to stop one of its children.</summary>
public sealed class StopChild
{
    /// <summary>Makes the message.</summary>
    /// <param name="child">The child.</param>
    public StopChild(IActorRef child) => Child = child;

    /// <summary>The child.</summary>
    public IActorRef Child { get; }

    /// <inheritdoc/>
    public override string ToString() => $"<StopChild> {Child}";
}
