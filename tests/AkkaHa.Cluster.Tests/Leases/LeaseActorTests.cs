using System.Collections.Immutable;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaHa.Cluster.Leases;
using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Cluster.Tests.Leases;

/// <summary>The lease actor of pve1 in a test system where both voters' grant actors are this test's one probe, or a real grant actor.</summary>
public sealed class LeaseActorTests : TestKit
{
    private static readonly Configuration _configuration = new(1, 0, new[] { TestNode.Pve1, TestNode.Pve2 }.ToImmutableSortedDictionary(
        n => n, n => new Voter(n, Id(n), 1)));

    private readonly FakeLeaseGuard _guard = new();
    private readonly TestProbe _voters;
    private TimeSpan _now = TimeSpan.FromSeconds(1000);

    public LeaseActorTests()
    {
        _voters = CreateTestProbe();
        Sys.ActorOf(Props.Create(() => new Relay(_voters.Ref)), ActorNames.Grants);
    }

    [Fact]
    public void It_asks_every_voter_at_once_and_puts_the_lease_of_a_majority_into_force()
    {
        var lease = Lease(TimeSpan.FromHours(1));
        var request = _voters.ExpectMsg<LeaseRequest>();
        Assert.Equal(request, _voters.ExpectMsg<LeaseRequest>());
        _now += TimeSpan.FromSeconds(3);

        Grant(lease, request);

        AwaitAssert(() => Assert.Equal(TimeSpan.FromSeconds(1010), _guard.Until));
    }

    [Fact]
    public void It_renews_with_another_number()
    {
        Lease(TimeSpan.FromMilliseconds(50));
        var first = _voters.ExpectMsg<LeaseRequest>();
        _now += TimeSpan.FromSeconds(1);
        Assert.True(_voters.FishForMessage<LeaseRequest>(r => r != first).Number > first.Number);
    }

    [Fact]
    public void A_round_that_was_sent_before_the_request_is_not_fresh()
    {
        var lease = Lease(TimeSpan.FromHours(1));
        var early = _voters.ExpectMsg<LeaseRequest>();
        lease.Tell(new FreshLeaseRequest(ResourceId.Vm(100), TestNode.Token(5)), TestActor);
        _now += TimeSpan.FromSeconds(1);

        Grant(lease, early);

        var fresh = _voters.FishForMessage<LeaseRequest>(r => r != early);
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Grant(lease, fresh, promised: 7);
        var answer = ExpectMsg<FreshLease>();
        Assert.Equal((7, null), (answer.Promised.Number, answer.Problem));
    }

    [Fact]
    public void Who_waits_for_a_lease_that_no_majority_gives_is_told_why()
    {
        var lease = Lease(TimeSpan.FromHours(1));
        lease.Tell(new FreshLeaseRequest(ResourceId.Vm(100), TestNode.Token(5)), TestActor);
        FreshLease? told = null;
        AwaitCondition(
            () =>
            {
                if (_voters.ReceiveOne(TimeSpan.FromMilliseconds(20)) is LeaseRequest request)
                    lease.Tell(Answer(request, TestNode.Pve2, 5) with { Refusal = LeaseRefusal.Denied });
                _now += TimeSpan.FromMilliseconds(20);
                told = ReceiveOne(TimeSpan.Zero) as FreshLease;
                return told is not null;
            },
            TimeSpan.FromSeconds(20));

        Assert.Contains("pve2 denies this boot", told!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_keeps_the_gate_closed_is_told()
    {
        _guard.Problem = "the gate stays closed";
        var lease = Lease(TimeSpan.FromHours(1));
        lease.Tell(new FreshLeaseRequest(ResourceId.Vm(100), TestNode.Token(5)), TestActor);
        FreshLease? told = null;
        AwaitCondition(
            () =>
            {
                if (_voters.ReceiveOne(TimeSpan.FromMilliseconds(20)) is LeaseRequest request)
                    Grant(lease, request);
                told = ReceiveOne(TimeSpan.Zero) as FreshLease;
                return told is not null;
            },
            TimeSpan.FromSeconds(20));

        Assert.Equal("the gate stays closed", told!.Problem);
    }

    [Fact]
    public void A_grant_actor_answers_whoever_asks_and_grants_nothing_before_it_knows_the_log()
    {
        var node = Node(TimeSpan.FromHours(1));
        var grants = Sys.ActorOf(Props.Create(() => new GrantActor(node)));
        grants.Tell(new LeaseRequest(TestNode.Session.Boot, 1), TestActor);
        Assert.Equal(LeaseRefusal.NoVote, ExpectMsg<LeaseAnswer>().Refusal);
        var entry = new RollEntry(TestNode.Session.Boot, null, _guard.Terms with { IsArmed = true, WatchdogTimeout = TimeSpan.FromSeconds(5) }, 2);
        var roll = new LeaseRoll(
            new VoterIdentity(TestNode.Pve1, Id(TestNode.Pve1), 1), _configuration, Epoch.None, 9,
            ImmutableSortedDictionary<NodeName, RollEntry>.Empty.Add(TestNode.Pve1, entry));

        grants.Tell(new RollChanged(roll));
        grants.Tell(new LeaseRequest(TestNode.Session.Boot, 2), TestActor);
        Assert.True(ExpectMsg<LeaseAnswer>().IsGranted);

        grants.Tell(new RollChanged(roll with { Nodes = roll.Nodes.SetItem(TestNode.Pve1, entry with { DenialIndex = 9 }) }));
        grants.Tell(new LeaseRequest(TestNode.Session.Boot, 3), TestActor);
        Assert.Equal(LeaseRefusal.Denied, ExpectMsg<LeaseAnswer>().Refusal);
        grants.Tell(new BoundQuestion(TestNode.Session.Boot, 9, _configuration.Version, Epoch.None), TestActor);
        Assert.Equal(TimeSpan.FromSeconds(21), ExpectMsg<BoundAnswer>().Remaining);
        _now += TimeSpan.FromSeconds(21);
        grants.Tell(new BoundQuestion(TestNode.Session.Boot, 9, _configuration.Version, Epoch.None), TestActor);
        Assert.Equal(TimeSpan.Zero, ExpectMsg<BoundAnswer>().Remaining);
    }

    private IActorRef Lease(TimeSpan renew)
    {
        var node = Node(renew);
        return Sys.ActorOf(Props.Create(() => new LeaseActor(node)));
    }

    private NodeContext Node(TimeSpan renew)
    {
        var here = ((ExtendedActorSystem)Sys).Provider.DefaultAddress;
        return TestNode.Context() with
        {
            Nodes = ImmutableSortedDictionary<NodeName, Address>.Empty.Add(TestNode.Pve1, here).Add(TestNode.Pve2, here),
            LeaseGuard = _guard,
            BootTime = () => _now,
            Lease = LeaseSettings.Default with { Renew = renew, RoundTimeout = TimeSpan.FromMilliseconds(100) },
        };
    }

    private static void Grant(IActorRef lease, LeaseRequest request, long promised = 5)
    {
        lease.Tell(Answer(request, TestNode.Pve1, promised));
        lease.Tell(Answer(request, TestNode.Pve2, promised));
    }

    private static LeaseAnswer Answer(LeaseRequest request, NodeName voter, long promised) => new(
        new VoterIdentity(voter, Id(voter), 1), request.Boot, request.Number, LeaseRefusal.None, _configuration, new Epoch(promised, TestNode.Pve2, 1));

    private static Guid Id(NodeName node) => new(node.Value[3] - '0', 0, 0, new byte[8]);

    private sealed class Relay : ReceiveActor
    {
        public Relay(IActorRef to) => ReceiveAny(to.Forward);
    }
}
