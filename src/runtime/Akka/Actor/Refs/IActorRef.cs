using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Something that takes messages.</summary>
public interface ICanTell
{
    /// <summary>Sends a message; it arrives at most once, and messages between one sender and one receiver keep their order.</summary>
    /// <param name="message">The message, not null.</param>
    /// <param name="sender">Who gets the answers; <see cref="ActorRefs.NoSender"/> for nobody.</param>
    void Tell(object message, IActorRef sender);
}

/// <summary>A handle to one incarnation of an actor, wherever it lives.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    /// <summary>The path of the actor, with the uid of this incarnation.</summary>
    ActorPath Path { get; }
}

/// <summary>Says whether an actor lives in this process.</summary>
public interface IActorRefScope
{
    /// <summary>True when it does.</summary>
    bool IsLocal { get; }
}

/// <summary>What cells and providers do with references; not for actors.</summary>
public interface IInternalActorRef : IActorRef, IActorRefScope
{
    /// <summary>The reference of the parent.</summary>
    IInternalActorRef Parent { get; }

    /// <summary>The provider that made it.</summary>
    IActorRefProvider Provider { get; }

    /// <summary>True once the actor is gone for good; meaningful for local references only.</summary>
    bool IsTerminated { get; }

    /// <summary>The actor some levels below.</summary>
    /// <param name="name">The names on the way; <c>..</c> goes up, an empty one stays.</param>
    /// <returns><see cref="ActorRefs.Nobody"/> when there is none.</returns>
    IActorRef GetChild(IReadOnlyList<string> name);

    /// <summary>Lets the actor's messages go on.</summary>
    /// <param name="causedByFailure">The failure that is forgiven; null if there was none.</param>
    void Resume(Exception? causedByFailure = null);

    /// <summary>Starts the actor.</summary>
    void Start();

    /// <summary>Stops the actor after the message it is handling.</summary>
    void Stop();

    /// <summary>Puts a new instance in its place.</summary>
    /// <param name="cause">Why.</param>
    void Restart(Exception cause);

    /// <summary>Holds back the actor's messages.</summary>
    void Suspend();

    /// <summary>Sends a message to the cell instead of the actor.</summary>
    /// <param name="message">The message.</param>
    void SendSystemMessage(ISystemMessage message);
}

/// <summary>Marks references of this process that stand for something else than an actor of their own.</summary>
internal interface ILocalRef : IActorRefScope
{
}
