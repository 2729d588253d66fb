using Akka.Util;
using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tests;

/// <summary>Some nodes that change their gossip and pass it on at random: what each of them holds is a state that can really occur.</summary>
internal sealed class GossipHistory
{
    private const int Nodes = 5;
    private readonly Dictionary<UniqueAddress, Gossip> _held = [];

    private GossipHistory()
    {
        var start = GossipOf(Enumerable.Range(1, Nodes).Select(n => Member(n)).ToArray()).ChangedBy(Node(1));
        for (var n = 1; n <= Nodes; n++) _held[Node(n)] = start.SeenBy(Node(n));
    }

    public static GossipHistory Grow(Random random)
    {
        var history = new GossipHistory();
        for (var step = 0; step < random.Next(40); step++)
        {
            if (random.Next(3) == 0) history.Change(random);
            else history.Pass(random);
        }

        return history;
    }

    /// <summary>Everybody who was ever removed by anybody.</summary>
    public HashSet<UniqueAddress> Removed { get; } = [];

    public Gossip Holder(Random random) => _held.ElementAt(random.Next(_held.Count)).Value;

    /// <summary>What those hold who are not removed as far as anybody knows.</summary>
    public List<Gossip> LivingHolders()
    {
        return _held.Where(h => !Removed.Contains(h.Key)).Select(h => h.Value).ToList();
    }

    /// <summary>Everybody passes on to everybody who is not removed, in random order, until nothing changes.</summary>
    public void Exchange(Random random)
    {
        for (var round = 0; round < 50; round++)
        {
            var pairs = (from a in _held.Keys from b in _held.Keys where a != b && !IsGoneForAll(a) && !IsGoneForAll(b) select (a, b)).ToArray();
            random.Shuffle(pairs);
            var changed = false;
            foreach (var (from, to) in pairs) changed |= JoinAgain(from, to) | Pass(from, to);
            if (!changed) return;
        }

        throw new InvalidOperationException("The nodes do not come to rest.");
    }

    // One that removed somebody and was removed before it could tell anybody took that with it.
    private bool IsGoneForAll(UniqueAddress node) => Removed.Contains(node);

    /// <summary>Whoever let a joiner in may be gone before it told anybody; the joiner notices and asks another.</summary>
    private bool JoinAgain(UniqueAddress joiner, UniqueAddress at)
    {
        if (_held[at].HasMember(joiner) || !_held[joiner].HasMember(at)) return false;
        Set(at, _held[at].WithMembers([Akka.Cluster.Member.Joining(joiner, [], AppVersion.Zero)]));
        return true;
    }

    private void Pass(Random random)
    {
        var (from, to) = (_held.Keys.ElementAt(random.Next(_held.Count)), _held.Keys.ElementAt(random.Next(_held.Count)));
        if (from != to) Pass(from, to);
    }

    private bool Pass(UniqueAddress from, UniqueAddress to)
    {
        if (!_held[from].HasMember(to) || !_held[to].HasMember(from)) return false;
        var before = _held[to];
        var reception = GossipReception.Receive(before, _held[from], to);
        _held[to] = reception.Gossip;
        return !before.HasSameContentAs(reception.Gossip) || !before.Version.IsSameAs(reception.Gossip.Version);
    }

    private void Change(Random random)
    {
        var author = _held.Keys.ElementAt(random.Next(_held.Count));
        var gossip = _held[author];
        var other = gossip.Members.ElementAtOrDefault(random.Next(gossip.Members.Count + 1));
        if (other is null || other.UniqueAddress == author || !gossip.HasMember(author)) return;
        switch (random.Next(6))
        {
            case 0 when other.Status == MemberStatus.Up:
                Set(author, gossip.WithMembers([other.Copy(MemberStatus.Leaving)]));
                break;
            case 1 when other.Status == MemberStatus.Leaving:
                Set(author, gossip.WithMembers([other.Copy(MemberStatus.Exiting)]));
                break;
            case 2 when other.Status != MemberStatus.Down:
                Set(author, gossip.WithMembers([other.Copy(MemberStatus.Down)]));
                break;
            case 3 when other.Status is MemberStatus.Down or MemberStatus.Exiting:
                Removed.Add(other.UniqueAddress);
                Set(author, gossip.Remove([other.UniqueAddress]));
                break;
            case 4:
                Set(author, gossip.WithReachability(random.Next(2) == 0
                    ? gossip.Reachability.Unreachable(author, other.UniqueAddress)
                    : gossip.Reachability.Reachable(author, other.UniqueAddress)));
                break;
            case 5 when _held.Count < 2 * Nodes:
                var joiner = Node(_held.Count + 1);
                Set(author, gossip.WithMembers([Akka.Cluster.Member.Joining(joiner, [], AppVersion.Zero)]));
                _held[joiner] = _held[author].SeenBy(joiner);
                break;
        }
    }

    private void Set(UniqueAddress author, Gossip gossip) => _held[author] = gossip.ChangedBy(author);
}
