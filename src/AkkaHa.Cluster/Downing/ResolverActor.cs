using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using AkkaHa.Cluster.StateLog;
using AkkaHa.Core.Downing;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Protocol.Downing;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AkkaHa.Cluster.Downing;

/// <summary>
/// Carries <see cref="VoteMajority"/> out on one member: tells it what the failure detector hears, exchanges reports and confirmations with
/// the resolvers of the others, and downs whom it says. It holds no rule of its own.
/// </summary>
public sealed class ResolverActor : ReceiveActor, IWithTimers
{
    /// <summary>The role of nodes that may host the CRM.</summary>
    public const string CrmRole = "crm";

    private sealed record LookAgain : INoSerializationVerificationNeeded
    {
        public static LookAgain Instance { get; } = new();
    }

    private readonly NodeContext _node;
    private readonly AkkaCluster _cluster = AkkaCluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<Address, NodeName> _names;
    private readonly Peer _self;
    private VoteMajority _resolver;
    private ReplicaConfiguration _replica = new(null, IsSound: false);
    private string _told = "";

    /// <summary>Begins to look.</summary>
    public ResolverActor(NodeContext node)
    {
        _node = node;
        _names = node.Nodes.ToDictionary(n => n.Value, n => n.Key);
        _self = new Peer(node.Self, _cluster.SelfUniqueAddress.Uid);
        _resolver = new VoteMajority(_self, node.Resolver, Now);
        Receive<LookAgain>(_ => Look());
        Receive<ReplicaConfiguration>(configuration => _replica = configuration);
        Receive<MemberReports>(m => _resolver = _resolver.Heard(m.Reports, Now));
        Receive<SetProposal>(OnProposed);
        Receive<SetAnswer>(OnAnswered);
        Receive<ResolverStatusRequest>(_ => Sender.Tell(new ResolverStatus(_resolver.Electorate, _resolver.Verdict.Why)));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    /// <inheritdoc />
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(ReplicaConfiguration));
        Local(ActorNames.Replica).Tell(ReplicaConfigurationRequest.Instance);
        Timers.StartPeriodicTimer("look", LookAgain.Instance, ResolverSettings.TickInterval);
    }

    /// <inheritdoc />
    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    private void Look()
    {
        Local(ActorNames.Resolver).Tell(new ResolverHere(Self));
        if (See() is not { } seen)
            return;
        (_resolver, var steps) = _resolver.Look(seen, Now);
        Tell(_resolver.Verdict);
        Do(steps);
    }

    private void OnProposed(SetProposal proposal)
    {
        if (See() is not { } seen)
            return;
        (_resolver, var answer) = _resolver.Proposed(proposal, seen, Now);
        if (answer.Refusal is { } refusal)
            _log.Info("{0} does not confirm the set that {1} proposes: {2}", _node.Self, proposal.From, refusal);
        Sender.Tell(answer);
    }

    private void OnAnswered(SetAnswer answer)
    {
        if (answer.Refusal is { } refusal)
            _log.Info("{0} did not get the confirmation of {1}: {2}", _node.Self, answer.From, refusal);
        (_resolver, var steps) = _resolver.Answered(answer, Now);
        Do(steps);
    }

    private void Do(ImmutableList<ResolverStep> steps)
    {
        foreach (var step in steps)
        {
            switch (step)
            {
                case ResolverStep.Report report:
                    var reports = new MemberReports(report.Reports);
                    foreach (var to in report.To)
                        Door(to.Node).Tell(reports);
                    break;
                case ResolverStep.Propose propose:
                    foreach (var voter in propose.Voters)
                        Door(voter.Node).Tell(propose.Proposal);
                    break;
                case ResolverStep.Down down:
                    Down(down);
                    break;
                default:
                    throw new Core.InvariantViolation($"{step.GetType().Name} is no known step of a resolver");
            }
        }
    }

    private void Down(ResolverStep.Down down)
    {
        _log.Warning("{0} downs {1}: {2}", _node.Self, string.Join(", ", down.Members), down.Why);
        foreach (var member in _cluster.State.Members)
        {
            // By address alone the next incarnation of a node could be hit.
            if (PeerOf(member) is { } peer && down.Members.Contains(peer))
                _cluster.Down(member.Address);
        }
    }

    /// <summary>What this member sees; null while it is no member, or none any more.</summary>
    private Surroundings? See()
    {
        var members = _cluster.State.Members;
        if (members.FirstOrDefault(m => m.UniqueAddress == _cluster.SelfUniqueAddress) is not { Status: MemberStatus.Joining or MemberStatus.WeaklyUp or MemberStatus.Up or MemberStatus.Leaving })
            return null;
        var settled = ImmutableSortedSet.CreateBuilder<Peer>();
        var joining = ImmutableSortedSet.CreateBuilder<Peer>();
        var hears = ImmutableSortedSet.CreateBuilder<Peer>();
        Member? oldest = null;
        settled.Add(_self);
        foreach (var member in members)
        {
            if (PeerOf(member) is not { } peer)
                continue;
            if (member.Status is MemberStatus.Up or MemberStatus.Leaving)
                settled.Add(peer);
            else if (member.Status is MemberStatus.Joining or MemberStatus.WeaklyUp && peer != _self)
                joining.Add(peer);
            else
                continue;
            if (peer != _self && _cluster.FailureDetector.IsMonitoring(member.Address) && _cluster.FailureDetector.IsAvailable(member.Address))
                hears.Add(peer);
            if (member.Status == MemberStatus.Up && member.HasRole(CrmRole) && (oldest is null || member.IsOlderThan(oldest)))
                oldest = member;
        }

        return new Surroundings
        {
            Settled = settled.ToImmutable(),
            Joining = joining.ToImmutable(),
            Hears = hears.ToImmutable(),
            Crm = oldest is null ? null : PeerOf(oldest),
            Votes = _replica.IsSound && (_replica.Configuration is null ? _node.Voters.Contains(_node.Self) : _replica.Configuration.VoterOn(_node.Self) is not null),
            Electorate = Electorate.Of(_replica.Configuration, _node.Voters),
        };
    }

    private void Tell(Verdict verdict)
    {
        if (verdict.Why == _told)
            return;
        _told = verdict.Why;
        if (verdict is Verdict.Keep)
            _log.Info("{0}: {1}", _node.Self, verdict.Why);
        else
            _log.Warning("{0}: {1} ({2})", _node.Self, verdict.Why, verdict.GetType().Name.ToLowerInvariant());
    }

    private Peer? PeerOf(Member member) => _names.TryGetValue(member.Address, out var name) ? new Peer(name, member.UniqueAddress.Uid) : null;

    private ActorSelection Door(NodeName node) => Context.ActorSelection(_node.PathOn(node, ActorNames.Resolver));

    private static ActorSelection Local(string actor) => Context.ActorSelection($"/user/{actor}");
}
