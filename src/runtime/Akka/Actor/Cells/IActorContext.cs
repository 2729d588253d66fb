using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Handles a message; says whether it did.</summary>
/// <param name="message">The message.</param>
public delegate bool Receive(object message);

/// <summary>Handles a message.</summary>
/// <param name="message">The message.</param>
public delegate void UntypedReceive(object message);

/// <summary>Something that makes actors and finds them.</summary>
public interface IActorRefFactory
{
    /// <summary>Makes a child.</summary>
    /// <param name="props">How to make it.</param>
    /// <param name="name">Its name; one is made up if null.</param>
    /// <exception cref="InvalidActorNameException">The name is taken or not allowed.</exception>
    /// <exception cref="Configuration.ConfigurationException">Its dispatcher or mailbox is not configured.</exception>
    IActorRef ActorOf(Props props, string? name = null);

    /// <summary>Selects actors by path.</summary>
    /// <param name="actorPath">The path.</param>
    ActorSelection ActorSelection(ActorPath actorPath);

    /// <summary>Selects actors by path; names may hold <c>*</c> and <c>?</c>.</summary>
    /// <param name="actorPath">An absolute path, or one relative to here.</param>
    ActorSelection ActorSelection(string actorPath);
}

/// <summary>Something that can watch actors.</summary>
public interface ICanWatch
{
    /// <summary>Asks for a <see cref="Terminated"/> when an actor ends.</summary>
    /// <param name="subject">The actor.</param>
    /// <returns>The same reference.</returns>
    /// <exception cref="InvalidOperationException">It is watched already, with a message of its own.</exception>
    IActorRef Watch(IActorRef subject);

    /// <summary>Asks for a message when an actor ends.</summary>
    /// <param name="subject">The actor.</param>
    /// <param name="message">What is sent then.</param>
    /// <returns>The same reference.</returns>
    /// <exception cref="InvalidOperationException">It is watched already, with another message.</exception>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>Ends a watch; a <see cref="Terminated"/> that is in the mailbox already is dropped.</summary>
    /// <param name="subject">The actor.</param>
    /// <returns>The same reference.</returns>
    IActorRef Unwatch(IActorRef subject);
}

/// <summary>What an actor can do and see; to be used by the actor itself only, never from other threads.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    /// <summary>The actor.</summary>
    IActorRef Self { get; }

    /// <summary>How it was made.</summary>
    Props Props { get; }

    /// <summary>Where it runs.</summary>
    MessageDispatcher Dispatcher { get; }

    /// <summary>Who sent the message that is being handled; the dead letters if nobody did.</summary>
    IActorRef Sender { get; }

    /// <summary>The system.</summary>
    ActorSystem System { get; }

    /// <summary>The parent.</summary>
    IActorRef Parent { get; }

    /// <summary>After how long without messages a <see cref="Akka.Actor.ReceiveTimeout"/> comes; null for never.</summary>
    TimeSpan? ReceiveTimeout { get; }

    /// <summary>Replaces the present behaviour.</summary>
    /// <param name="receive">The new one.</param>
    void Become(Receive receive);

    /// <summary>Puts a behaviour on top of the present one.</summary>
    /// <param name="receive">The new one.</param>
    void BecomeStacked(Receive receive);

    /// <summary>Goes back to the behaviour below the present one.</summary>
    void UnbecomeStacked();

    /// <summary>The child of that name.</summary>
    /// <param name="name">The name.</param>
    /// <returns><see cref="ActorRefs.Nobody"/> when there is none.</returns>
    IActorRef Child(string name);

    /// <summary>The children that live now.</summary>
    IEnumerable<IActorRef> GetChildren();

    /// <summary>Asks for a <see cref="Akka.Actor.ReceiveTimeout"/> after every so long without messages.</summary>
    /// <param name="timeout">How long; null for never.</param>
    void SetReceiveTimeout(TimeSpan? timeout);

    /// <summary>Stops an actor after the message it is handling.</summary>
    /// <param name="child">Usually a child or the actor itself.</param>
    void Stop(IActorRef child);
}

/// <summary>The context of an <see cref="UntypedActor"/>.</summary>
public interface IUntypedActorContext : IActorContext
{
    /// <summary>Replaces the present behaviour.</summary>
    /// <param name="receive">The new one.</param>
    void Become(UntypedReceive receive);

    /// <summary>Puts a behaviour on top of the present one.</summary>
    /// <param name="receive">The new one.</param>
    void BecomeStacked(UntypedReceive receive);
}
