using System.Collections.Immutable;
using AkkaHa.Core.Downing;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.Tests.StateLog;

namespace AkkaHa.Core.Tests.Downing;

/// <summary>
/// Members with the real resolver, a failure detector with a delay, and links that can be cut one direction at a time. Nothing else: gossip
/// is that a downed member is known as downed to whoever hears one that knows.
/// </summary>
internal sealed class ResolverWorld
{
    private readonly Chance _chance;
    private readonly List<Member> _members;
    private readonly Electorate _electorate;
    private readonly int _lossPercent;
    private readonly ResolverSettings _settings;

    public ResolverWorld(int nodes, int? voters = null, int lossPercent = 0, ulong seed = 1, ResolverSettings? settings = null)
    {
        _chance = new Chance(seed);
        _lossPercent = lossPercent;
        _settings = settings ?? ResolverSettings.Default;
        var peers = Enumerable.Range(1, nodes).Select(i => new Peer(new NodeName($"n{i}"), 100 + i)).ToList();
        _electorate = new Electorate(new ConfigurationVersion(1, 0), [.. peers.Take(voters ?? nodes).Select(p => p.Node)]);
        _members = [.. peers.Select(p => new Member(p, new VoteMajority(p, _settings, TimeSpan.Zero)))];
        Crm = peers[0];
        foreach (var member in _members)
            member.Knows = [.. peers];
    }

    public TimeSpan Now { get; private set; } = TimeSpan.Zero;

    public Peer? Crm { get; set; }

    /// <summary>Whether something from the first arrives at the second.</summary>
    public Func<Peer, Peer, bool> Passes { get; set; } = (_, _) => true;

    /// <summary>Whether the failure detector needs the way back as well, as one that is fed by answers does.</summary>
    public bool HearsByAnswers { get; set; } = true;

    /// <summary>How long after the last sign of life a failure detector gives a member up.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(2.5);

    /// <summary>Every set that was acted on, with those downed for it, in order.</summary>
    public List<(Peer By, ImmutableSortedSet<Peer> Stays, ImmutableSortedSet<Peer> Goes, TimeSpan At)> Decisions { get; } = [];

    public List<Peer> Left { get; } = [];

    public ImmutableSortedSet<Peer> Alive => [.. _members.Where(m => m.IsAlive).Select(m => m.Self)];

    public Peer Peer(int number) => _members[number - 1].Self;

    public Verdict VerdictOf(Peer peer) => MemberOf(peer).Resolver.Verdict;

    public void Kill(Peer peer) => MemberOf(peer).HasPower = false;

    public void SetSound(Peer peer, bool isSound) => MemberOf(peer).IsSound = isSound;

    /// <summary>A new incarnation of the resolver alone: it has forgotten everything.</summary>
    public void RestartResolver(Peer peer) => MemberOf(peer).Resolver = new VoteMajority(peer, _settings, Now);

    public void Run(TimeSpan time, TimeSpan? tick = null)
    {
        var until = Now + time;
        var step = tick ?? ResolverSettings.TickInterval;
        while (Now < until)
        {
            Now += step;
            Listen();
            Gossip();
            foreach (var member in _members.Where(m => m.IsAlive).ToList())
                Look(member);
        }
    }

    private void Listen()
    {
        foreach (var from in _members.Where(m => m.IsAlive))
        {
            foreach (var to in _members.Where(m => m.IsAlive && m != from && m.Knows.Contains(from.Self)))
            {
                if (Passes(from.Self, to.Self) && (!HearsByAnswers || Passes(to.Self, from.Self)))
                    to.HeardAt[from.Self] = Now;
            }
        }
    }

    private void Gossip()
    {
        for (var spread = true; spread;)
        {
            spread = false;
            foreach (var from in _members.Where(m => m.IsAlive))
            {
                foreach (var to in _members.Where(m => m.IsAlive && m != from && Passes(from.Self, m.Self) && from.Knows.Contains(m.Self) | from.Downed.Contains(m.Self)))
                {
                    var news = from.Downed.Except(to.Downed);
                    if (news.IsEmpty)
                        continue;
                    spread = true;
                    Down(to, news);
                }
            }
        }
    }

    private void Down(Member member, ImmutableSortedSet<Peer> downed)
    {
        member.Downed = member.Downed.Union(downed);
        member.Knows = member.Knows.Except(downed);
        if (downed.Contains(member.Self))
            member.HasPower = false;
    }

    private void Look(Member member)
    {
        (member.Resolver, var steps) = member.Resolver.Look(Seen(member), Now);
        foreach (var step in steps)
            Do(member, step);
    }

    private void Do(Member member, ResolverStep step)
    {
        switch (step)
        {
            case ResolverStep.Report report:
                foreach (var to in report.To)
                    Send(member.Self, to, target => target.Resolver = target.Resolver.Heard(report.Reports, Now));
                break;
            case ResolverStep.Propose propose:
                foreach (var voter in propose.Voters)
                    Send(member.Self, voter, target =>
                    {
                        (target.Resolver, var answer) = target.Resolver.Proposed(propose.Proposal, Seen(target), Now);
                        Send(voter, member.Self, proposer => Answer(proposer, answer));
                    });
                break;
            case ResolverStep.Down down when down.Members.SetEquals([member.Self]):
                Left.Add(member.Self);
                Down(member, down.Members);
                break;
            case ResolverStep.Down down:
                Decisions.Add((member.Self, member.Knows.Except(down.Members), down.Members, Now));
                Down(member, down.Members);
                break;
        }
    }

    private void Answer(Member proposer, SetAnswer answer)
    {
        (proposer.Resolver, var steps) = proposer.Resolver.Answered(answer, Now);
        foreach (var step in steps)
            Do(proposer, step);
    }

    private void Send(Peer from, Peer to, Action<Member> arrive)
    {
        var target = MemberOf(to);
        if (target.IsAlive && (from == to || (Passes(from, to) && _chance.Below(100) >= _lossPercent)))
            arrive(target);
    }

    private Surroundings Seen(Member member) => new()
    {
        Settled = member.Knows,
        Hears = [.. member.Knows.Where(p => p != member.Self && member.HeardAt.TryGetValue(p, out var at) && Now - at < Silence)],
        Crm = Crm is { } crm && member.Knows.Contains(crm) ? crm : null,
        Votes = member.IsSound && _electorate.Voters.Contains(member.Self.Node),
        Electorate = _electorate,
    };

    private Member MemberOf(Peer peer) => _members.First(m => m.Self == peer);

    private sealed class Member(Peer self, VoteMajority resolver)
    {
        public Peer Self { get; } = self;

        public VoteMajority Resolver { get; set; } = resolver;

        public bool HasPower { get; set; } = true;

        public bool IsAlive => HasPower;

        public bool IsSound { get; set; } = true;

        public ImmutableSortedSet<Peer> Knows { get; set; } = [];

        public ImmutableSortedSet<Peer> Downed { get; set; } = [];

        public Dictionary<Peer, TimeSpan> HeardAt { get; } = [];
    }
}
