using Akka.Actor;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>What a <see cref="ClusterSingletonManager"/> knows beside its state.</summary>
public interface IClusterSingletonData
{
}

/// <summary>The singleton does not run here.</summary>
internal sealed record NotRunning : IClusterSingletonData
{
    public static readonly NotRunning Instance = new();
}

/// <summary>The singleton runs here, unless it has stopped itself.</summary>
internal sealed record Running(IActorRef? Singleton) : IClusterSingletonData;

/// <summary>The lease is asked for, but only once what ran under it before has stopped.</summary>
internal sealed record WithoutLease(IActorRef? StillStopping) : IClusterSingletonData;

/// <summary>The singleton runs here, and another member has been told to take it over.</summary>
internal sealed record Offered(IActorRef? Singleton, UniqueAddress To) : IClusterSingletonData;

/// <summary>The singleton stops; then its successor, if it has asked, is told so.</summary>
internal sealed record Ending(IActorRef Singleton, IActorRef? Successor) : IClusterSingletonData;
