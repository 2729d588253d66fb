namespace Akka.Actor;

/// <summary>The path of the root of an actor system.</summary>
public sealed class RootActorPath : ActorPath
{
    /// <summary>Makes the root path of a system.</summary>
    /// <param name="address">The address of the system.</param>
    /// <param name="name">The name of the root.</param>
    public RootActorPath(Address address, string name = "") : base(address, name)
    {
    }

    /// <summary>A root has no incarnations.</summary>
    /// <param name="uid">Must be 0.</param>
    /// <exception cref="NotSupportedException">The uid is not 0.</exception>
    public override ActorPath WithUid(long uid)
        => uid == 0 ? this : throw new NotSupportedException("A root path has no uid.");
}
