using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// An incarnation of another system is quarantined: nothing is exchanged with it any more until the process there has
/// started a new actor system (with a new uid) under the address.
/// </summary>
public sealed class QuarantinedEvent : RemotingLifecycleEvent
{
    /// <summary>Makes the event.</summary>
    public QuarantinedEvent(Address address, int uid)
    {
        Address = address;
        Uid = uid;
    }

    /// <summary>The address of the quarantined system.</summary>
    public Address Address { get; }

    /// <summary>The uid of the incarnation that is quarantined.</summary>
    public int Uid { get; }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;

    /// <inheritdoc/>
    public override string ToString() =>
        $"Association to [{Address}] with UID [{Uid}] is quarantined and irrecoverable: nothing is exchanged with it until the actor system there has been restarted.";
}

/// <summary>Another system has told this one that it is quarantined there. Only a new actor system can talk to that one again.</summary>
public sealed class ThisActorSystemQuarantinedEvent : RemotingLifecycleEvent
{
    /// <summary>Makes the event.</summary>
    public ThisActorSystemQuarantinedEvent(Address localAddress, Address remoteAddress)
    {
        LocalAddress = localAddress;
        RemoteAddress = remoteAddress;
    }

    /// <summary>The address of this system.</summary>
    public Address LocalAddress { get; }

    /// <summary>The system that has quarantined this one.</summary>
    public Address RemoteAddress { get; }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;

    /// <inheritdoc/>
    public override string ToString() =>
        $"The remote system [{RemoteAddress}] has quarantined this system [{LocalAddress}]. No further communication with it is possible until this actor system has been restarted.";
}
