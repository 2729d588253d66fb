using Akka.Actor;

namespace Akka.Cluster;

/// <summary>Where the cluster's own actors live, on this node and on every other.</summary>
internal static class ClusterPaths
{
    public const string Daemon = "cluster";
    public const string Core = "core";
    public const string HeartbeatReceiver = "heartbeatReceiver";

    public static ActorPath CoreAt(Address address) => new RootActorPath(address) / "system" / Daemon / Core;

    public static ActorPath HeartbeatReceiverAt(Address address) => new RootActorPath(address) / "system" / Daemon / HeartbeatReceiver;
}
