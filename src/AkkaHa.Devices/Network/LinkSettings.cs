using System.Net;
using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Network;

/// <summary>A node's address on each of the two links.</summary>
/// <param name="First">Where its remoting listens.</param>
/// <param name="Second">Its address on the second link, of the same family.</param>
public sealed record LinkPair(IPAddress First, IPAddress Second);

/// <summary>The two links of a node to every other.</summary>
/// <param name="Self">This node's addresses.</param>
/// <param name="Peers">Those of every other node that has two.</param>
/// <param name="Port">The UDP port of the probes.</param>
public sealed record LinkSettings(LinkPair Self, IReadOnlyDictionary<NodeName, LinkPair> Peers, int Port)
{
    /// <summary>Between two probes of a link.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A link on which no answer came for so long is down.</summary>
    public TimeSpan LinkTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The first link is gone back to when it has answered this long without a break.</summary>
    public TimeSpan StableFor { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>The way that traffic to a node takes.</summary>
public enum LinkChoice
{
    /// <summary>The link of its remoting address, as the host's routes have it.</summary>
    First,

    /// <summary>By a route to that address over the second link.</summary>
    Second,
}
