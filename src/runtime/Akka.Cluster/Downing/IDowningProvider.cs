using Akka.Actor;

namespace Akka.Cluster;

/// <summary>
/// Decides which members are taken for dead. The class named by <c>akka.cluster.downing-provider-class</c> is made with a
/// constructor (<see cref="ActorSystem"/>, <see cref="Cluster"/>) when the cluster starts.
/// </summary>
public interface IDowningProvider
{
    /// <summary>How long what a removed member ran is left alone before it is started elsewhere.</summary>
    TimeSpan DownRemovalMargin { get; }

    /// <summary>
    /// The actor that downs members through <see cref="Cluster.Down(Address)"/>. It is started beside the cluster's own
    /// actors, and started again if it dies. Null if there is none.
    /// </summary>
    Props? DowningActorProps { get; }
}
