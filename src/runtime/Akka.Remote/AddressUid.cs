using Akka.Actor;
using Akka.Embedded;

namespace Akka.Remote;

/// <summary>The uid of this incarnation of the actor system: another start under the same address has another.</summary>
public class AddressUid : IExtension
{
    /// <summary>The uid.</summary>
    public readonly int Uid;

    /// <summary>Draws a uid from the real environment.</summary>
    public AddressUid()
        : this(RuntimeEnvironment.Real.NextUid())
    {
    }

    internal AddressUid(int uid) => Uid = uid;
}

/// <summary>Gives each actor system its uid.</summary>
public class AddressUidExtension : ExtensionIdProvider<AddressUid>
{
    /// <summary>Draws the uid of a system from its environment.</summary>
    public override AddressUid CreateExtension(ExtendedActorSystem system) => new(RuntimeEnvironment.Of(system).NextUid());

    /// <summary>The uid of a system.</summary>
    public static int Uid(ActorSystem system) => system.WithExtension<AddressUid, AddressUidExtension>().Uid;
}
