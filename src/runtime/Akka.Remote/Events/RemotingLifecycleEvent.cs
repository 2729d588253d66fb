using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Something that happened to remoting as a whole or to one association. Published on the event stream.</summary>
public abstract class RemotingLifecycleEvent
{
    /// <summary>The level at which the event is written to the log.</summary>
    public abstract LogLevel LogLevel();
}

/// <summary>Remoting listens and can be reached.</summary>
public sealed class RemotingListenEvent : RemotingLifecycleEvent
{
    /// <summary>Makes the event.</summary>
    public RemotingListenEvent(IList<Address> listenAddresses) => ListenAddresses = listenAddresses;

    /// <summary>The addresses under which this system is reached.</summary>
    public IList<Address> ListenAddresses { get; }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;

    /// <inheritdoc/>
    public override string ToString() => $"Remoting now listens on addresses: [{string.Join(", ", ListenAddresses)}]";
}

/// <summary>Remoting has ended; nothing is sent or received any more.</summary>
public sealed class RemotingShutdownEvent : RemotingLifecycleEvent
{
    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;

    /// <inheritdoc/>
    public override string ToString() => "Remoting shut down";
}

/// <summary>Remoting as a whole has failed, for example because its port cannot be bound.</summary>
public sealed class RemotingErrorEvent : RemotingLifecycleEvent
{
    /// <summary>Makes the event.</summary>
    public RemotingErrorEvent(Exception cause) => Cause = cause;

    /// <summary>What failed.</summary>
    public Exception Cause { get; }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;

    /// <inheritdoc/>
    public override string ToString() => $"Remoting error: {Cause.Message}";
}
