using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe.Serialization.Wire;

namespace Akka.Cluster.Tools.PublishSubscribe.Serialization;

/// <summary>Incarnations of nodes to and from their form on the wire.</summary>
internal static class NodeWire
{
    public static NodeData ToWire(UniqueAddress node) => new()
    {
        Protocol = node.Address.Protocol,
        System = node.Address.System,
        Host = node.Address.Host ?? "",
        Port = (uint)(node.Address.Port ?? 0),
        Uid = node.Uid,
    };

    public static UniqueAddress FromWire(NodeData? data) =>
        data is null or { Host: "" } or { System: "" } or { Port: > ushort.MaxValue }
            ? throw new ArgumentException("It names a node that is not complete.", nameof(data))
            : new UniqueAddress(new Address(data.Protocol, data.System, data.Host, (int)data.Port), data.Uid);
}
