using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Publishes what happens to remoting on the event stream, and writes it to the log from the configured level on.</summary>
internal sealed class EventPublisher(ActorSystem system, ILoggingAdapter log, LogLevel? loggedFrom)
{
    public void Publish(RemotingLifecycleEvent happened)
    {
        system.EventStream.Publish(happened);
        var level = happened.LogLevel();
        if (loggedFrom is { } from && level >= from)
            log.Log(level, "{0}", happened);
    }
}
