namespace Akka.Actor;

/// <summary>An actor could not be made or started; the default supervision stops it.</summary>
public class ActorInitializationException : AkkaException
{
    /// <summary>Without a message.</summary>
    public ActorInitializationException()
    {
    }

    /// <summary>With a message.</summary>
    /// <param name="message">What happened.</param>
    public ActorInitializationException(string message) : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="cause">The cause.</param>
    public ActorInitializationException(string message, Exception cause) : base(message, cause)
    {
    }

    /// <summary>Names the actor.</summary>
    /// <param name="actor">The actor that failed; null if there is none yet.</param>
    /// <param name="message">What happened.</param>
    /// <param name="cause">The cause.</param>
    public ActorInitializationException(IActorRef? actor, string message, Exception? cause = null) : base(message, cause) => Actor = actor;

    /// <summary>The actor that failed; null if there is none yet.</summary>
    public IActorRef? Actor { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Actor is null ? base.ToString() : $"{Actor}: {base.ToString()}";
}

/// <summary><see cref="ActorBase.PreRestart"/> failed; what had failed before is kept beside it.</summary>
public class PreRestartException : ActorInitializationException
{
    /// <summary>Describes the failure.</summary>
    /// <param name="actor">The actor.</param>
    /// <param name="restartException">What the hook threw.</param>
    /// <param name="cause">Why the actor was restarted.</param>
    /// <param name="optionalMessage">The message it was handling; null if none.</param>
    public PreRestartException(IActorRef actor, Exception restartException, Exception cause, object? optionalMessage)
        : base(actor, $"exception in PreRestart({(cause is null ? "null" : cause.GetType().ToString())}, {(optionalMessage is null ? "null" : optionalMessage.GetType().ToString())})", restartException)
    {
        RestartException = restartException;
        OptionalMessage = optionalMessage;
    }

    /// <summary>What the hook threw.</summary>
    public Exception RestartException { get; }

    /// <summary>The message the actor was handling when it failed; null if none.</summary>
    public object? OptionalMessage { get; }
}

/// <summary>The new instance of a restarted actor failed in its constructor or in <see cref="ActorBase.PostRestart"/>.</summary>
public class PostRestartException : ActorInitializationException
{
    /// <summary>Describes the failure.</summary>
    /// <param name="actor">The actor.</param>
    /// <param name="cause">What the new instance threw.</param>
    /// <param name="originalCause">Why the actor was restarted.</param>
    public PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
        : base(actor, $"Exception post restart ({(originalCause is null ? "null" : originalCause.GetType().ToString())})", cause)
        => OriginalCause = originalCause!;

    /// <summary>Why the actor was restarted.</summary>
    public Exception OriginalCause { get; }
}
