namespace Akka.Actor;

/// <summary>Shorter ways to make actors and find them.</summary>
public static class ActorRefFactoryExtensions
{
    /// <summary>Makes an actor whose constructor takes nothing.</summary>
    /// <typeparam name="TActor">Its type.</typeparam>
    /// <param name="factory">The parent.</param>
    /// <param name="name">Its name; one is made up if null.</param>
    public static IActorRef ActorOf<TActor>(this IActorRefFactory factory, string? name = null) where TActor : ActorBase, new()
        => factory.ActorOf(Props.Create<TActor>(), name);

    /// <summary>Selects actors by a path relative to another actor.</summary>
    /// <param name="factory">Not used.</param>
    /// <param name="anchorRef">Where the path begins.</param>
    /// <param name="actorPath">The path.</param>
    public static ActorSelection ActorSelection(this IActorRefFactory factory, IActorRef anchorRef, string actorPath)
        => ActorRefFactoryShared.ActorSelection(anchorRef, actorPath);
}
