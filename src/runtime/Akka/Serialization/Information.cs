using Akka.Actor;

namespace Akka.Serialization;

/// <summary>What a serializer needs to write references down: by which address others know the system.</summary>
public sealed class Information
{
    /// <summary>Collects it.</summary>
    /// <param name="address">The address.</param>
    /// <param name="system">The system.</param>
    public Information(Address address, ActorSystem system)
    {
        Address = address;
        System = system;
    }

    /// <summary>The address.</summary>
    public Address Address { get; }

    /// <summary>The system.</summary>
    public ActorSystem System { get; }
}
