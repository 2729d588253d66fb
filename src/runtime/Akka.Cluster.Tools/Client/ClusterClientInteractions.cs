using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Tools.Client;

/// <summary>A receptionist has heard of a client, or not for too long.</summary>
public interface IClusterClientInteraction
{
    /// <summary>The client.</summary>
    IActorRef ClusterClient { get; }
}

/// <summary>Asks a receptionist to tell the sender of its clients from now on. Answered with <see cref="ClusterClients"/>.</summary>
public sealed class SubscribeClusterClients
{
    private SubscribeClusterClients()
    {
    }

    /// <summary>The one instance.</summary>
    public static SubscribeClusterClients Instance { get; } = new();
}

/// <summary>Ends that.</summary>
public sealed class UnsubscribeClusterClients
{
    private UnsubscribeClusterClients()
    {
    }

    /// <summary>The one instance.</summary>
    public static UnsubscribeClusterClients Instance { get; } = new();
}

/// <summary>Asks a receptionist for its clients once. Answered with <see cref="ClusterClients"/>.</summary>
public sealed class GetClusterClients
{
    private GetClusterClients()
    {
    }

    /// <summary>The one instance.</summary>
    public static GetClusterClients Instance { get; } = new();
}

/// <summary>The clients that a receptionist hears of.</summary>
public sealed class ClusterClients
{
    /// <summary>Lists them.</summary>
    /// <param name="clusterClientsList">The clients.</param>
    public ClusterClients(IImmutableSet<IActorRef> clusterClientsList) => ClusterClientsList = clusterClientsList;

    /// <summary>The clients.</summary>
    public IImmutableSet<IActorRef> ClusterClientsList { get; }
}

/// <summary>A receptionist hears of a client for the first time.</summary>
public sealed class ClusterClientUp : IClusterClientInteraction
{
    /// <summary>Names it.</summary>
    /// <param name="clusterClient">The client.</param>
    public ClusterClientUp(IActorRef clusterClient) => ClusterClient = clusterClient;

    /// <inheritdoc/>
    public IActorRef ClusterClient { get; }
}

/// <summary>A receptionist has not heard of a client for too long.</summary>
public sealed class ClusterClientUnreachable : IClusterClientInteraction
{
    /// <summary>Names it.</summary>
    /// <param name="clusterClient">The client.</param>
    public ClusterClientUnreachable(IActorRef clusterClient) => ClusterClient = clusterClient;

    /// <inheritdoc/>
    public IActorRef ClusterClient { get; }
}
