using System.Collections.Immutable;
using System.Net;
using AkkaHa.Devices.Network;

namespace AkkaHa.Node.Settings;

/// <summary>The networks beside that of the nodes' addresses.</summary>
public sealed record NetworkSettings
{
    /// <summary>Where migrations arrive: an own address, or a network in which this node has one; null for the cluster's address.</summary>
    public string? Migration { get; init; }

    /// <summary>Between two probes of a cluster link.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A link that does not answer for so long is down.</summary>
    public TimeSpan LinkTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the first link must have answered before it is gone back to.</summary>
    public TimeSpan StableFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The address of this node that migrations arrive at.</summary>
    /// <param name="self">This node.</param>
    /// <exception cref="InvalidOperationException">The host has no address in the network.</exception>
    public string MigrationHost(PeerSettings self)
    {
        if (Migration is null)
            return self.Host;
        if (!IPNetwork.TryParse(Migration, out var network))
            return Migration;
        return Interfaces.AddressIn(network)?.ToString()
            ?? throw new InvalidOperationException(
                $"{self.Name}: akkaha.network.migration is {Migration}, but no interface of this host has an address there. Bring it up, or correct the network.");
    }

    /// <summary>The two cluster links of a node; null where it has one.</summary>
    /// <param name="self">This node.</param>
    /// <param name="nodes">All nodes.</param>
    public LinkSettings? Links(PeerSettings self, IEnumerable<PeerSettings> nodes)
    {
        if (PairOf(self) is not { } own)
            return null;
        var peers = nodes.Where(n => n.Name != self.Name).Select(n => (n.Name, Pair: PairOf(n))).Where(n => n.Pair is not null)
            .ToImmutableSortedDictionary(n => n.Name, n => n.Pair!);
        return new LinkSettings(own, peers, self.Port) { ProbeInterval = ProbeInterval, LinkTimeout = LinkTimeout, StableFor = StableFor };
    }

    private static LinkPair? PairOf(PeerSettings node) => node.SecondAddress is { } second ? new LinkPair(IPAddress.Parse(node.Host), second) : null;
}
