using System.Collections.Immutable;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaHa.Cluster.Lrm;
using AkkaHa.Cluster.Tests.Lrm;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Health;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Health;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Protocol.Lrm;

namespace AkkaHa.Cluster.Tests.Health;

public sealed class GuestHealthTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly HealthCheck Check = new(HealthKind.Tcp, "10.0.0.5:22")
    {
        Interval = TimeSpan.FromMilliseconds(20),
        Grace = TimeSpan.Zero,
        Failures = 2,
        Resets = 2,
    };

    private static readonly ResourceDefinition Vm = TestNode.Vm(100) with { Health = Check };

    private readonly FakeVmHost _host = new();
    private readonly FakeGuestChecker _checker = new();
    private readonly TestProbe _crm;

    public GuestHealthTests() => _crm = CreateTestProbe();

    [Fact]
    public void A_guest_is_starting_up_until_its_check_passes()
    {
        var lrm = LrmAtWork();
        lrm.Tell(new Order.Start(TestNode.Session, Vm with { Health = Check with { Grace = Patience } }, TestNode.Token(5)));
        AwaitGuest(g => g is { State: GuestState.Running, IsStartingUp: true });

        _checker.Answer = CheckVerdict.Passed;

        AwaitGuest(g => g is { State: GuestState.Running, IsStartingUp: false });
        Assert.DoesNotContain("reset vm:100", _host.Calls);
    }

    [Fact]
    public void A_guest_that_hangs_is_reset_as_often_as_it_may_be_and_then_ended_for_another_node()
    {
        var lrm = LrmAtWork();
        lrm.Tell(new Order.Start(TestNode.Session, Vm, TestNode.Token(5)));

        var given = AwaitGuest(g => g.State == GuestState.Failed);

        Assert.Equal((FailureCause.Hung, TestNode.Token(5)), (given.Cause, given.Token));
        Assert.Equal("vm:100 hung: no answer", given.Reason);
        Assert.Equal(["start vm:100", "reset vm:100", "reset vm:100", "kill vm:100"], _host.Calls);
    }

    [Fact]
    public void A_guest_that_cannot_be_reset_is_ended_for_another_node_at_once()
    {
        _host.ResetFails = true;
        var lrm = LrmAtWork();
        lrm.Tell(new Order.Start(TestNode.Session, Vm, TestNode.Token(5)));

        AwaitGuest(g => g is { State: GuestState.Failed, Cause: FailureCause.Hung });
        Assert.Equal(["start vm:100", "reset vm:100", "kill vm:100"], _host.Calls);
    }

    [Fact]
    public void A_check_that_cannot_be_made_leaves_the_guest_alone_and_holds_up_nobody()
    {
        _checker.Answer = CheckVerdict.Impossible;
        var lrm = LrmAtWork();
        lrm.Tell(new Order.Start(TestNode.Session, Vm, TestNode.Token(5)));

        AwaitGuest(g => g is { State: GuestState.Running, IsStartingUp: false });
        var asked = _checker.Asked;
        AwaitCondition(() => _checker.Asked > asked + 5, Patience);
        Assert.Equal(["start vm:100"], _host.Calls);
    }

    [Fact]
    public void A_guest_that_ran_before_the_daemon_is_looked_after_as_the_CRM_says_and_no_more_when_it_says_so()
    {
        _host.Put(Vm, RunState.Running);
        _checker.Answer = CheckVerdict.Passed;
        var lrm = LrmAtWork();
        Assert.Equal(0, _checker.Asked);

        lrm.Tell(Checks(Check));
        AwaitCondition(() => _checker.Asked > 2, Patience);
        lrm.Tell(Checks(null));
        // What comes after it on the same way says that it has arrived.
        lrm.Tell(new Order.Attest(TestNode.Session, Vm.Id, TestNode.Token(8)));
        AwaitGuest(g => g.State == GuestState.Running && g.Token == TestNode.Token(8));
        _checker.Answer = CheckVerdict.Failed;
        lrm.Tell(new Order.Stop(TestNode.Session, Vm.Id, TestNode.Token(9)));
        AwaitGuest(g => g.State == GuestState.Stopped);

        Assert.Equal(["stop vm:100"], _host.Calls);
    }

    [Fact]
    public void What_another_session_is_told_to_look_after_is_not_this_ones()
    {
        _host.Put(Vm, RunState.Running);
        var lrm = LrmAtWork();

        lrm.Tell(Checks(Check) with { Session = TestNode.Session with { StartedAtNanos = 999 } });
        lrm.Tell(new ReportRequest(7));
        AwaitReport(r => r.AsOf == 7);

        Assert.Equal(0, _checker.Asked);
    }

    private static GuestChecks Checks(HealthCheck? check)
    {
        var none = ImmutableSortedDictionary<ResourceId, HealthCheck>.Empty;
        return new GuestChecks(TestNode.Session, check is null ? none : none.Add(Vm.Id, check));
    }

    private IActorRef LrmAtWork()
    {
        var node = TestNode.Context(_host) with { GuestChecker = _checker };
        var crm = _crm.Ref;
        var lease = Sys.ActorOf(Props.Create(() => new FakeLease(r => new Cluster.Leases.FreshLease(r.Id, r.Token, Epoch.None, null))));
        var lrm = Sys.ActorOf(Props.Create(() => new LrmActor(node, crm, lease)));
        AwaitReport(_ => true);
        return lrm;
    }

    private GuestReport AwaitGuest(Func<GuestReport, bool> wanted) => AwaitReport(r => r.Of(Vm.Id) is { } guest && wanted(guest)).Of(Vm.Id)!;

    private NodeReport AwaitReport(Func<NodeReport, bool> wanted) =>
        (NodeReport)_crm.FishForMessage(m => m is NodeReport report && wanted(report), Patience);
}
