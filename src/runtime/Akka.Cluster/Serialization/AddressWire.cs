using Akka.Actor;
using Akka.Cluster.Serialization.Wire;

namespace Akka.Cluster.Serialization;

/// <summary>Addresses and incarnations to and from their form on the wire.</summary>
internal static class AddressWire
{
    public static AddressData ToWire(Address address)
    {
        if (address.Host is null || address.Port is not { } port)
            throw new ArgumentException($"{address} has no host and port, so that no other node could reach it.", nameof(address));
        return new AddressData { Protocol = address.Protocol, System = address.System, Host = address.Host, Port = (uint)port };
    }

    public static Address FromWire(AddressData? data) =>
        data is null or { Host: "" } or { System: "" } or { Port: > ushort.MaxValue }
            ? throw new ArgumentException("A cluster message holds an address that is not complete.", nameof(data))
            : new Address(data.Protocol, data.System, data.Host, (int)data.Port);

    public static NodeData ToWire(UniqueAddress node) => new() { Address = ToWire(node.Address), Uid = node.Uid };

    public static UniqueAddress FromWire(NodeData? data) =>
        data is null
            ? throw new ArgumentException("A cluster message does not say which node it is about.", nameof(data))
            : new UniqueAddress(FromWire(data.Address), data.Uid);
}
