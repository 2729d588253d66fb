using Akka.Actor;
using Akka.Event;

namespace Akka.Dispatch.SysMsg;

/// <summary>Begins a watch.</summary>
public class Watch : SystemMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="watchee">Who is watched.</param>
    /// <param name="watcher">Who watches.</param>
    public Watch(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        Watchee = watchee;
        Watcher = watcher;
    }

    /// <summary>Who is watched.</summary>
    public IInternalActorRef Watchee { get; }

    /// <summary>Who watches.</summary>
    public IInternalActorRef Watcher { get; }

    /// <inheritdoc/>
    public override string ToString() => $"<Watch>: {Watcher} wants to watch {Watchee}";
}

/// <summary>Ends a watch.</summary>
public sealed class Unwatch : SystemMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="watchee">Who was watched.</param>
    /// <param name="watcher">Who watched.</param>
    public Unwatch(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        Watchee = watchee;
        Watcher = watcher;
    }

    /// <summary>Who was watched.</summary>
    public IInternalActorRef Watchee { get; }

    /// <summary>Who watched.</summary>
    public IInternalActorRef Watcher { get; }

    /// <inheritdoc/>
    public override string ToString() => $"<Unwatch>: {Watcher} wants to unwatch {Watchee}";
}

/// <summary>Tells a watcher that a watched actor is gone.</summary>
public sealed class DeathWatchNotification : SystemMessage, IDeadLetterSuppression
{
    /// <summary>Makes the message.</summary>
    /// <param name="actor">The actor that is gone.</param>
    /// <param name="existenceConfirmed">False when it never was there, as far as is known.</param>
    /// <param name="addressTerminated">True when its whole system was given up.</param>
    public DeathWatchNotification(IActorRef actor, bool existenceConfirmed, bool addressTerminated)
    {
        Actor = actor;
        ExistenceConfirmed = existenceConfirmed;
        AddressTerminated = addressTerminated;
    }

    /// <summary>The actor that is gone.</summary>
    public IActorRef Actor { get; }

    /// <summary>False when it never was there, as far as is known.</summary>
    public bool ExistenceConfirmed { get; }

    /// <summary>True when its whole system was given up.</summary>
    public bool AddressTerminated { get; }

    /// <inheritdoc/>
    public override string ToString() => $"<DeathWatchNotification>: {Actor}, ExistenceConfirmed={ExistenceConfirmed}, AddressTerminated={AddressTerminated}";
}
