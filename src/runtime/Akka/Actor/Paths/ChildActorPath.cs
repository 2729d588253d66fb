namespace Akka.Actor;

/// <summary>The path of an actor below the root.</summary>
public sealed class ChildActorPath : ActorPath
{
    /// <summary>Makes the path of a child.</summary>
    /// <param name="parentPath">The path of its parent.</param>
    /// <param name="name">Its name.</param>
    /// <param name="uid">The uid of this incarnation; 0 if unknown.</param>
    public ChildActorPath(ActorPath parentPath, string name, long uid) : base(parentPath, name, uid)
    {
    }

    /// <inheritdoc/>
    public override ActorPath WithUid(long uid) => uid == Uid ? this : new ChildActorPath(Parent, Name, uid);
}
