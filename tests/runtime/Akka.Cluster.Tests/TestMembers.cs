using System.Collections.Immutable;
using Akka.Actor;
using Akka.Util;

namespace Akka.Cluster.Tests;

/// <summary>Members and nodes by small numbers: node 1 has the lowest address.</summary>
internal static class TestMembers
{
    private const int NotYetUp = Akka.Cluster.Member.NotYetUp;

    public static UniqueAddress Node(int number, int uid = 1) => new(new Address("akka.tcp", "ha", $"10.0.0.{number:000}", 2552), uid);

    public static Member Member(int number, MemberStatus status = MemberStatus.Up, int? upNumber = null, params string[] roles) => new(
        Node(number),
        upNumber ?? (status is MemberStatus.Joining or MemberStatus.WeaklyUp ? NotYetUp : number),
        status,
        roles.ToImmutableHashSet(),
        AppVersion.Zero);

    public static Gossip GossipOf(params Member[] members) =>
        Gossip.Create(members, Reachability.Empty, [], [], VectorClock.Create());

    public static MembershipState StateOf(int self, Gossip gossip) => new(gossip, Node(self));
}
