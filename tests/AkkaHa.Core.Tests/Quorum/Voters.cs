using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.Tests.Quorum;

/// <summary>Voters by name, each with a replica made from its number.</summary>
internal static class Voters
{
    public static Voter Of(string node, int replica = 0, long startCounter = 1) =>
        new(new NodeName(node), new Guid(replica == 0 ? Math.Abs(node.Sum(c => c)) : replica, 0, 0, new byte[8]), startCounter);

    public static ImmutableSortedDictionary<NodeName, Voter> Set(params Voter[] voters) => voters.ToImmutableSortedDictionary(v => v.Node, v => v);

    public static Configuration Configuration(params string[] nodes) => new(1, 0, Set([.. nodes.Select(n => Of(n))]));
}
