using Akka.Cluster.SBR;
using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tests.SBR;

/// <summary>Whatever the split, never do two sides go on. All splits of up to seven nodes are tried, with every mix of statuses that matters.</summary>
public class NeverTwoSidesSpecs
{
    private const int MostNodes = 7;

    private static readonly MemberStatus[] Statuses = [MemberStatus.Up, MemberStatus.Joining, MemberStatus.WeaklyUp, MemberStatus.Leaving, MemberStatus.Exiting];

    private static readonly Dictionary<int, List<List<List<int>>>> AllSplits = Enumerable.Range(2, MostNodes - 1).ToDictionary(n => n, n => SplitsOf(n).ToList());

    public static TheoryData<string> Strategies => new(Named.Keys);

    private static Dictionary<string, Func<int, IDowningStrategy>> Named { get; } = new()
    {
        ["static-quorum"] = counted => new StaticQuorum(counted / 2 + 1, null),
        ["static-quorum of a role"] = counted => new StaticQuorum(counted / 2 + 1, "voter"),
        ["keep-majority"] = _ => new KeepMajority(null),
        ["keep-majority of a role"] = _ => new KeepMajority("voter"),
        ["keep-oldest"] = _ => new KeepOldest(true, null),
        ["keep-oldest even alone"] = _ => new KeepOldest(false, null),
        ["keep-oldest of a role"] = _ => new KeepOldest(true, "voter"),
        ["down-all"] = _ => new DownAll(),
        ["lease-majority"] = _ => new LeaseMajority(null, TimeSpan.FromSeconds(2)),
        ["lease-majority of a role"] = _ => new LeaseMajority("voter", TimeSpan.FromSeconds(2)),
    };

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Of_members_that_are_all_up_at_most_one_side_survives(string strategy)
    {
        for (var nodes = 2; nodes <= MostNodes; nodes++)
        {
            var members = Enumerable.Range(1, nodes).Select(n => Member(n, roles: n % 3 == 0 ? [] : ["voter"])).ToArray();
            foreach (var sides in SplitsOf(nodes)) AssertOneSurvivor(strategy, nodes, sides, _ => members);
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Of_members_that_join_and_leave_at_most_one_side_survives(string strategy)
    {
        for (var nodes = 2; nodes <= 4; nodes++)
            foreach (var members in Mixes(nodes))
                foreach (var sides in SplitsOf(nodes).Where(s => s.Count == 2)) AssertOneSurvivor(strategy, nodes, sides, _ => members);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Over_all_splits_of_up_to_seven_with_members_that_join_and_leave_at_most_one_side_survives_though_one_has_heard_of_the_leaders_last_round(string strategy) => Properties.Hold(
        random =>
        {
            for (var nodes = 2; nodes <= MostNodes; nodes++)
                foreach (var sides in AllSplits[nodes])
                {
                    var before = AnyMix(random, nodes);
                    if (before.All(m => m.Status is not (MemberStatus.Up or MemberStatus.Leaving))) continue;
                    var after = LeaderRound(before, random.Next(2) == 0, _ => random.Next(2) == 0);
                    var ahead = random.Next(-1, sides.Count);
                    AssertOneSurvivor(strategy, nodes, sides, side => side == ahead ? after : before);
                }
        },
        3);

    [Theory]
    [MemberData(nameof(Strategies))]
    public void At_most_one_side_of_up_to_four_survives_whatever_the_leaders_last_round_was(string strategy)
    {
        for (var nodes = 2; nodes <= 4; nodes++)
            foreach (var before in Mixes(nodes).Where(m => m.Any(x => x.Status is MemberStatus.Up or MemberStatus.Leaving)))
                foreach (var (rises, removes) in new[] { (true, true), (true, false), (false, true) })
                {
                    var after = LeaderRound(before, rises, _ => removes);
                    foreach (var sides in SplitsOf(nodes))
                        for (var ahead = 0; ahead < sides.Count; ahead++) AssertOneSurvivor(strategy, nodes, sides, side => side == ahead ? after : before);
                }
    }

    [Fact]
    public void The_side_with_most_votes_does_survive_where_nothing_is_in_doubt()
    {
        foreach (var strategy in new IDowningStrategy[] { new StaticQuorum(4, null), new KeepMajority(null), new KeepOldest(true, null) })
            Assert.Equal(VerdictKind.KeepThisSide, strategy.Decide(StrategySpecs.Split(StrategySpecs.Up(7), [5, 6, 7])).Kind);
    }

    private static void AssertOneSurvivor(string strategy, int nodes, List<List<int>> sides, Func<int, Member[]> viewOf)
    {
        // The quorum is the smallest that is safe for as many as ever count at once.
        var most = Enumerable.Range(0, sides.Count).Max(side => new SbrView(viewOf(side), [], []).Counted(strategy.EndsWith("role", StringComparison.Ordinal) ? "voter" : null).Count);
        var survivors = new List<string>();
        var leaseIsTaken = false;
        for (var side = 0; side < sides.Count; side++)
        {
            var here = sides[side].Select(n => Node(n)).ToHashSet();
            var members = viewOf(side);
            var view = new SbrView(members, members.Select(m => m.UniqueAddress).Where(n => !here.Contains(n)), []);
            if (!view.NeedsDecision && view.Unreachable.Any() && view.Reachable.Any(here.Contains)) continue;
            var resolution = Resolution.Of(view, Named[strategy](most));
            // A lease goes to one side at most: with the first that asks for it the others do without.
            var toDown = resolution.Verdict.Kind == VerdictKind.AskLease && leaseIsTaken ? resolution.ToDownWithoutLease : resolution.ToDown;
            leaseIsTaken |= resolution.Verdict.Kind == VerdictKind.AskLease;
            var left = members.Where(m => here.Contains(m.UniqueAddress) && !toDown.Contains(m.UniqueAddress)).ToList();
            if (left.Count > 0) survivors.Add($"[{string.Join(", ", left.Select(m => $"{m.Address.Host} {m.Status}"))}]: {resolution.Verdict.Reason}");
        }

        Assert.True(survivors.Count <= 1, $"{strategy}, {nodes} nodes, sides {string.Join(" | ", sides.Select(s => string.Join(",", s)))}:\n{string.Join("\n", survivors)}");
    }

    /// <summary>What a leader makes of a membership on which all have agreed: each of its steps may or may not have been taken.</summary>
    private static Member[] LeaderRound(Member[] members, bool rises, Func<Member, bool> removes)
    {
        var next = 1 + members.Where(m => m.UpNumber != Akka.Cluster.Member.NotYetUp).Select(m => m.UpNumber).DefaultIfEmpty(0).Max();
        return members.Select(m => m.Status switch
        {
            MemberStatus.Joining or MemberStatus.WeaklyUp when rises => m.CopyUp(next++),
            MemberStatus.Leaving => m.Copy(MemberStatus.Exiting),
            MemberStatus.Exiting when removes(m) => null,
            _ => m,
        }).OfType<Member>().ToArray();
    }

    private static Member[] AnyMix(Random random, int nodes) => Enumerable.Range(1, nodes)
        .Select(n => Member(n, Statuses[random.Next(Statuses.Length)], null, random.Next(3) == 0 ? [] : ["voter"]))
        .Select((m, i) => m.Status is MemberStatus.Joining or MemberStatus.WeaklyUp ? m : new Member(m.UniqueAddress, 1 + (i * 5 % MostNodes), m.Status, m.Roles, m.AppVersion))
        .ToArray();

    private static IEnumerable<Member[]> Mixes(int nodes)
    {
        var count = (int)Math.Pow(Statuses.Length, nodes);
        for (var mix = 0; mix < count; mix++)
        {
            var rest = mix;
            var members = new Member[nodes];
            for (var n = 0; n < nodes; n++, rest /= Statuses.Length)
                members[n] = Member(n + 1, Statuses[rest % Statuses.Length], null, n % 3 == 2 ? [] : ["voter"]);
            yield return members;
        }
    }

    /// <summary>All ways to part nodes into two or more sides.</summary>
    private static IEnumerable<List<List<int>>> SplitsOf(int nodes) =>
        Partitions(1, nodes, []).Where(p => p.Count > 1).Select(p => p.Select(s => s.ToList()).ToList());

    private static IEnumerable<List<List<int>>> Partitions(int node, int nodes, List<List<int>> sides)
    {
        if (node > nodes)
        {
            yield return sides;
            yield break;
        }

        for (var i = 0; i <= sides.Count; i++)
        {
            var next = sides.Select(s => s.ToList()).ToList();
            if (i == sides.Count) next.Add([node]);
            else next[i].Add(node);
            foreach (var partition in Partitions(node + 1, nodes, next)) yield return partition;
        }
    }
}
