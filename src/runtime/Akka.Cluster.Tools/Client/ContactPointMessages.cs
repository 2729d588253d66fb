using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Tools.Client;

/// <summary>Asks a <see cref="ClusterClient"/> to tell the sender of its contact points from now on.</summary>
public interface ISubscribeContactPoints
{
}

/// <summary>Ends that.</summary>
public interface IUnsubscribeContactPoints
{
}

/// <summary>Asks a <see cref="ClusterClient"/> for its contact points once.</summary>
public interface IGetContactPoints
{
}

/// <summary>The contact points of a client have changed.</summary>
public interface IContactPointChange
{
    /// <summary>The path of a receptionist.</summary>
    ActorPath ContactPoint { get; }
}

/// <summary>Answered with <see cref="ContactPoints"/> now, and changes later.</summary>
public sealed class SubscribeContactPoints : ISubscribeContactPoints
{
    /// <summary>The one instance.</summary>
    public static readonly SubscribeContactPoints Instance = new();

    private SubscribeContactPoints()
    {
    }
}

/// <summary>Ends a subscription to contact points.</summary>
public sealed class UnsubscribeContactPoints : IUnsubscribeContactPoints
{
    /// <summary>The one instance.</summary>
    public static readonly UnsubscribeContactPoints Instance = new();

    private UnsubscribeContactPoints()
    {
    }
}

/// <summary>Answered with <see cref="ContactPoints"/>.</summary>
public sealed class GetContactPoints : IGetContactPoints
{
    /// <summary>The one instance.</summary>
    public static readonly GetContactPoints Instance = new();

    private GetContactPoints()
    {
    }
}

/// <summary>The contact points of a client: paths of receptionists.</summary>
public sealed class ContactPoints
{
    /// <summary>Lists them.</summary>
    /// <param name="contactPoints">The paths.</param>
    public ContactPoints(IImmutableSet<ActorPath> contactPoints) => ContactPointsList = contactPoints;

    /// <summary>The paths.</summary>
    public IImmutableSet<ActorPath> ContactPointsList { get; }
}

/// <summary>A client has heard of a receptionist.</summary>
public sealed class ContactPointAdded : IContactPointChange
{
    /// <summary>Names it.</summary>
    /// <param name="contactPoint">Its path.</param>
    public ContactPointAdded(ActorPath contactPoint) => ContactPoint = contactPoint;

    /// <inheritdoc/>
    public ActorPath ContactPoint { get; }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ContactPointAdded other && Equals(ContactPoint, other.ContactPoint);

    /// <inheritdoc/>
    public override int GetHashCode() => ContactPoint.GetHashCode();
}

/// <summary>A client is not told of a receptionist any more.</summary>
public sealed class ContactPointRemoved : IContactPointChange
{
    /// <summary>Names it.</summary>
    /// <param name="contactPoint">Its path.</param>
    public ContactPointRemoved(ActorPath contactPoint) => ContactPoint = contactPoint;

    /// <inheritdoc/>
    public ActorPath ContactPoint { get; }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ContactPointRemoved other && Equals(ContactPoint, other.ContactPoint);

    /// <inheritdoc/>
    public override int GetHashCode() => ContactPoint.GetHashCode();
}
