using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>Makes the stash that suits an actor.</summary>
public static class StashFactory
{
    /// <summary>Makes the stash that suits an actor.</summary>
    /// <typeparam name="T">The actor type.</typeparam>
    /// <param name="context">Its context.</param>
    public static IStash CreateStash<T>(this IActorContext context) where T : ActorBase => CreateStash(context, typeof(T));

    /// <summary>Makes the stash that suits an actor.</summary>
    /// <param name="context">Its context.</param>
    /// <param name="actorInstance">The actor.</param>
    public static IStash CreateStash(this IActorContext context, IActorStash actorInstance) => CreateStash(context, actorInstance.GetType());

    /// <summary>Makes the stash that suits an actor.</summary>
    /// <param name="context">Its context.</param>
    /// <param name="actorType">The actor type.</param>
    /// <exception cref="ArgumentException">The type has no stash.</exception>
    public static IStash CreateStash(this IActorContext context, Type actorType)
    {
        if (!typeof(IActorStash).IsAssignableFrom(actorType))
            throw new ArgumentException($"Actor {actorType} implements an unrecognized subclass of {nameof(IActorStash)} - cannot instantiate", nameof(actorType));
        var cell = (ActorCell)context;
        return new MessageStash(cell, CapacityFor(cell, actorType));
    }

    private static int CapacityFor(ActorCell cell, Type actorType)
    {
        if (typeof(IWithUnboundedStash).IsAssignableFrom(actorType))
            return Deploy.NoStashSize;
        if (cell.Props.Deploy.StashCapacity != Deploy.NoStashSize)
            return cell.Props.Deploy.StashCapacity;
        return cell.SystemImpl.Mailboxes.GetStashCapacity(cell.Props.Dispatcher, cell.Props.Mailbox);
    }
}
