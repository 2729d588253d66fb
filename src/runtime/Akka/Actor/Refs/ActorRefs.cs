namespace Akka.Actor;

/// <summary>References that stand for no actor.</summary>
public static class ActorRefs
{
    /// <summary>Takes every message and does nothing with it.</summary>
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>No sender: answers go to the dead letters. It is null.</summary>
    public static readonly IActorRef NoSender = null!;
}

/// <summary>The reference of nobody.</summary>
public sealed class Nobody : MinimalActorRef
{
    private Nobody()
    {
    }

    /// <summary>The only instance.</summary>
    public static Nobody Instance { get; } = new();

    /// <inheritdoc/>
    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / "nobody";

    /// <summary>Nobody has no provider.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override IActorRefProvider Provider => throw new NotSupportedException("Nobody does not provide.");
}

/// <summary>What can be asked of any reference.</summary>
public static class ActorRefExtensions
{
    /// <summary>True for null and for <see cref="ActorRefs.Nobody"/>.</summary>
    /// <param name="actorRef">The reference.</param>
    public static bool IsNobody(this IActorRef? actorRef) => actorRef is null or Nobody;

    /// <summary>The reference, or another one in place of nobody.</summary>
    /// <param name="actorRef">The reference.</param>
    /// <param name="elseValue">Makes the other one.</param>
    public static IActorRef GetOrElse(this IActorRef? actorRef, Func<IActorRef> elseValue) => actorRef.IsNobody() ? elseValue() : actorRef!;
}

/// <summary>Sends with the running actor as sender.</summary>
public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Sends a message; the sender is the actor that runs this code, or nobody outside an actor.</summary>
    /// <param name="receiver">Who gets it.</param>
    /// <param name="message">The message.</param>
    public static void Tell(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.GetCurrentSelfOrNoSender());

    /// <summary>Sends a message on with the sender of the message that is being handled.</summary>
    /// <param name="receiver">Who gets it.</param>
    /// <param name="message">The message.</param>
    public static void Forward(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.GetCurrentSenderOrNoSender());
}
