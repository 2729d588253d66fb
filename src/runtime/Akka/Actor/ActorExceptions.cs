namespace Akka.Actor;

/// <summary>An actor was told to <see cref="Kill"/> itself; the default supervision stops it.</summary>
public class ActorKilledException : AkkaException
{
    /// <summary>Without a message.</summary>
    public ActorKilledException()
    {
    }

    /// <summary>With a message.</summary>
    /// <param name="message">What happened.</param>
    public ActorKilledException(string message) : base(message)
    {
    }
}

/// <summary>A watched actor died and its <see cref="Terminated"/> was not handled; the watcher fails with it.</summary>
public class DeathPactException : AkkaException
{
    /// <summary>Names the dead actor.</summary>
    /// <param name="deadActor">The actor that died.</param>
    public DeathPactException(IActorRef deadActor) : base($"Monitored actor [{deadActor}] terminated") => DeadActor = deadActor;

    /// <summary>The actor that died.</summary>
    public IActorRef DeadActor { get; }
}

/// <summary>A name that an actor cannot have.</summary>
public class InvalidActorNameException : AkkaException
{
    /// <summary>With a message.</summary>
    /// <param name="message">Which name and why.</param>
    public InvalidActorNameException(string message) : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    /// <param name="message">Which name and why.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidActorNameException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>Null was sent as a message.</summary>
public class InvalidMessageException : AkkaException
{
    /// <summary>With the usual message.</summary>
    public InvalidMessageException() : this("Message is null.")
    {
    }

    /// <summary>With a message.</summary>
    /// <param name="message">What happened.</param>
    public InvalidMessageException(string message) : base(message)
    {
    }
}

/// <summary>Something was asked of an actor that it cannot do in its state, for example stashing one message twice.</summary>
public class IllegalActorStateException : AkkaException
{
    /// <summary>With a message.</summary>
    /// <param name="message">What happened.</param>
    public IllegalActorStateException(string message) : base(message)
    {
    }
}

/// <summary>A name or path that cannot be used for what was asked.</summary>
public class IllegalActorNameException : AkkaException
{
    /// <summary>With a message.</summary>
    /// <param name="message">What happened.</param>
    public IllegalActorNameException(string message) : base(message)
    {
    }
}

/// <summary>No actor answered to a selection.</summary>
public class ActorNotFoundException : AkkaException
{
    /// <summary>Without a message.</summary>
    public ActorNotFoundException()
    {
    }

    /// <summary>With a message and perhaps a cause.</summary>
    /// <param name="message">What was looked for.</param>
    /// <param name="innerException">The cause.</param>
    public ActorNotFoundException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}

/// <summary>An ask got no answer in time.</summary>
public class AskTimeoutException : AkkaException
{
    /// <summary>With a message.</summary>
    /// <param name="message">Whom it was asked and for how long.</param>
    public AskTimeoutException(string message) : base(message)
    {
    }
}

/// <summary>A logger did not start.</summary>
public class LoggerInitializationException : AkkaException
{
    /// <summary>Without a message.</summary>
    public LoggerInitializationException()
    {
    }

    /// <summary>With a message and perhaps a cause.</summary>
    /// <param name="message">Which logger and why.</param>
    /// <param name="cause">The cause.</param>
    public LoggerInitializationException(string message, Exception? cause = null) : base(message, cause)
    {
    }
}

/// <summary>The scheduler cannot take what it was given.</summary>
public sealed class SchedulerException : AkkaException
{
    /// <summary>With a message.</summary>
    /// <param name="message">What happened.</param>
    public SchedulerException(string message) : base(message)
    {
    }
}

/// <summary>A bounded stash is full.</summary>
public class StashOverflowException : AkkaException
{
    /// <summary>With a message and perhaps a cause.</summary>
    /// <param name="message">Which stash.</param>
    /// <param name="cause">The cause.</param>
    public StashOverflowException(string message, Exception? cause = null) : base(message, cause)
    {
    }
}
