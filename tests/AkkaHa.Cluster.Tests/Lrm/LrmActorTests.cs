using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaHa.Cluster.Leases;
using AkkaHa.Cluster.Lrm;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Protocol.Lrm;

namespace AkkaHa.Cluster.Tests.Lrm;

public sealed class LrmActorTests : TestKit
{
    private static readonly ResourceDefinition _vm = TestNode.Vm(100);

    private readonly FakeVmHost _host = new();
    private readonly FakeLeaseGuard _guard = new();
    private Func<FreshLeaseRequest, FreshLease?> _round = r => new FreshLease(r.Id, r.Token, Epoch.None, null);
    private readonly TestProbe _crm;

    public LrmActorTests() => _crm = CreateTestProbe();

    [Fact]
    public void It_starts_what_it_is_ordered_and_reports_that_it_runs_with_the_orders_token()
    {
        var lrm = LrmAtWork();

        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));

        Assert.Equal(TestNode.Token(5), AwaitGuest(GuestState.Running).Token);
        Assert.Equal(["start vm:100"], _host.Calls);
    }

    [Fact]
    public void It_refuses_an_order_for_another_session()
    {
        var lrm = LrmAtWork();

        lrm.Tell(new Order.Start(TestNode.Session with { StartedAtNanos = 999 }, _vm, TestNode.Token(5)));
        lrm.Tell(new Order.Start(TestNode.Session with { Boot = new Boot(TestNode.Pve1, new BootId("boot-0")) }, _vm, TestNode.Token(6)));

        Assert.Empty(AwaitReport(r => r.Sequence >= 3).Guests);
        Assert.Empty(_host.Calls);
    }

    [Fact]
    public void It_refuses_a_token_that_is_not_above_the_highest_it_knows()
    {
        var lrm = LrmAtWork();
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));
        AwaitGuest(GuestState.Running);
        lrm.Tell(new Order.Stop(TestNode.Session, _vm.Id, TestNode.Token(7)));
        AwaitGuest(GuestState.Stopped);

        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(7)));
        var before = AwaitGuest(GuestState.Stopped);

        Assert.Equal(TestNode.Token(7), before.Token);
        Assert.Equal(["start vm:100", "stop vm:100"], _host.Calls);
    }

    [Fact]
    public void A_question_is_answered_by_what_runs_whoever_started_it()
    {
        var lrm = LrmAtWork();
        _host.Put(_vm, RunState.Running);

        lrm.Tell(new ReportRequest(7));

        var report = AwaitReport(r => r.AsOf == 7);
        Assert.Equal((GuestState.Running, Token.None), (report.Of(_vm.Id)!.State, report.Of(_vm.Id)!.Token));
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(9)));
        AwaitReport(r => r.Of(_vm.Id) is { State: GuestState.Running } g && g.Token == TestNode.Token(9));
        Assert.Empty(_host.Calls);
    }

    [Fact]
    public void A_question_stays_open_while_what_runs_cannot_be_found_out()
    {
        var lrm = LrmAtWork();
        _host.ListFailures = 1;

        lrm.Tell(new ReportRequest(7));

        Assert.Equal(-1, AwaitReport(r => r.Sequence >= 4).AsOf);
        lrm.Tell(new ReportRequest(7));
        AwaitReport(r => r.AsOf == 7);
    }

    [Fact]
    public void A_newer_start_for_a_guest_that_runs_only_takes_over_its_token()
    {
        var lrm = LrmAtWork();
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));
        AwaitGuest(GuestState.Running);

        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(9)));

        AwaitReport(r => r.Of(_vm.Id) is { State: GuestState.Running } g && g.Token == TestNode.Token(9));
        Assert.Equal(["start vm:100"], _host.Calls);
    }

    [Fact]
    public void A_stop_that_overtakes_a_start_is_carried_out_when_the_start_has_ended()
    {
        _host.StartGate = new TaskCompletionSource();
        _host.StartGate.SetResult();
        var lrm = LrmAtWork();
        _host.StartGate = new TaskCompletionSource();
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));
        AwaitGuest(GuestState.Starting);
        lrm.Tell(new Order.Stop(TestNode.Session, _vm.Id, TestNode.Token(6)));
        Assert.Equal(TestNode.Token(6), AwaitGuest(GuestState.Stopping).Token);

        _host.StartGate.SetResult();

        Assert.Equal(TestNode.Token(6), AwaitGuest(GuestState.Stopped).Token);
        Assert.Equal(["start vm:100", "stop vm:100"], _host.Calls);
    }

    [Fact]
    public void A_start_that_fails_is_reported_with_its_reason()
    {
        _host.Refuse = _ => new StartOutcome(StartVerdict.DiskLocked, "its disk is locked by another process");
        var lrm = LrmAtWork();

        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));

        Assert.Equal("its disk is locked by another process", AwaitGuest(GuestState.Failed).Reason);
    }

    [Fact]
    public void A_stop_that_fails_is_not_reported_as_stopped()
    {
        _host.StopFails = true;
        var lrm = LrmAtWork();
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));
        AwaitGuest(GuestState.Running);

        lrm.Tell(new Order.Stop(TestNode.Session, _vm.Id, TestNode.Token(6)));

        Assert.False(AwaitGuest(GuestState.StopFailed).IsReleased);
    }

    [Fact]
    public void A_guest_that_dies_is_reported_with_the_token_it_was_started_with()
    {
        var lrm = LrmAtWork();
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));
        AwaitGuest(GuestState.Running);

        _host.Die(_vm);

        Assert.Equal(TestNode.Token(5), AwaitGuest(GuestState.Stopped).Token);
    }

    [Fact]
    public void The_late_word_of_an_earlier_processs_end_is_not_the_end_of_the_guest()
    {
        var lrm = LrmAtWork();
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));
        AwaitGuest(GuestState.Running);
        lrm.Tell(new Order.Stop(TestNode.Session, _vm.Id, TestNode.Token(7)));
        AwaitGuest(GuestState.Stopped);
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(9)));
        AwaitGuest(GuestState.Running);

        _host.End(_vm, _host.NewestProcess - 1);
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(11)));

        Assert.Equal(GuestState.Running, AwaitReport(r => r.Of(_vm.Id)?.Token == TestNode.Token(11)).Of(_vm.Id)!.State);
        Assert.Equal(2, _host.Calls.Count(c => c == "start vm:100"));
    }

    [Fact]
    public void A_guest_whose_end_is_told_before_its_start_does_not_run()
    {
        var lrm = LrmAtWork();
        _host.StartGate = new TaskCompletionSource();
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));
        AwaitGuest(GuestState.Starting);
        _host.End(_vm, _host.NewestProcess);
        lrm.Tell(new ReportRequest(1));
        AwaitReport(r => r.AsOf == 1);

        _host.StartGate.SetResult();

        Assert.Equal("it crashed", AwaitReport(r => r.Of(_vm.Id) is { IsReleased: true }).Of(_vm.Id)!.Reason);
    }

    [Fact]
    public void A_failed_start_that_left_a_process_is_not_answered_as_not_running_before_that_has_ended()
    {
        _host.Refuse = vm => new StartOutcome(StartVerdict.Failed, "its storage hangs", new RunningGuest(vm.GuestName, vm.Uuid, 77, RunState.Unknown));
        var lrm = LrmAtWork();
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));
        var left = AwaitReport(r => r.Of(_vm.Id) is { State: not GuestState.Starting }).Of(_vm.Id)!;
        Assert.False(left.IsReleased);

        _host.End(_vm, 77);

        Assert.Equal(TestNode.Token(5), AwaitGuest(GuestState.Stopped).Token);
    }

    [Fact]
    public void A_start_that_breaks_off_is_cleaned_up_and_answered()
    {
        _host.Refuse = _ => throw new IOException("the process table cannot be read");
        var lrm = LrmAtWork();

        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));

        Assert.Equal("the process table cannot be read killed", AwaitGuest(GuestState.Failed).Reason);
        Assert.Equal(["start vm:100", "kill vm:100"], _host.Calls);
    }

    [Fact]
    public void One_that_took_the_place_of_another_opens_a_session_of_its_own()
    {
        var sessions = 0;
        _host.ListFailures = 1;
        var lease = Lease();
        var node = TestNode.Context(_host) with { NewSession = () => TestNode.Session with { StartedAtNanos = ++sessions } };
        var lrm = Sys.ActorOf(Props.Create(() => new LrmActor(node, _crm.Ref, lease)));
        Assert.Equal(2, AwaitReport(_ => true).Session.StartedAtNanos);

        lrm.Tell(new Order.Start(TestNode.Session with { StartedAtNanos = 1 }, _vm, TestNode.Token(5)));
        lrm.Tell(new Order.Start(TestNode.Session with { StartedAtNanos = 2 }, TestNode.Vm(101), TestNode.Token(6)));

        AwaitReport(r => r.Of(TestNode.Vm(101).Id)?.State == GuestState.Running);
        Assert.Equal(["start vm:101"], _host.Calls);
    }

    [Fact]
    public void Guests_of_an_earlier_daemon_are_adopted_without_a_token()
    {
        _host.Put(_vm, RunState.Running);

        Lrm();

        Assert.Equal(Token.None, AwaitGuest(GuestState.Running).Token);
    }

    [Fact]
    public void A_guest_that_an_earlier_daemon_never_let_go_is_killed_and_not_reported()
    {
        _host.Put(_vm, RunState.Prelaunch);

        Lrm();

        Assert.Empty(AwaitReport(_ => true).Guests);
        Assert.Equal(["kill vm:100"], _host.Calls);
    }

    [Fact]
    public void A_guest_that_is_paused_by_an_IO_error_is_adopted_as_it_is()
    {
        _host.Put(_vm, RunState.Paused);

        Lrm();

        AwaitGuest(GuestState.Running);
        Assert.Empty(_host.Calls);
    }

    [Fact]
    public void Nothing_is_reported_while_a_start_of_an_earlier_incarnation_is_under_way()
    {
        _host.StartGate = new TaskCompletionSource();

        Lrm();
        _crm.ExpectNoMsg(TimeSpan.FromMilliseconds(200));
        _host.StartGate.SetResult();

        AwaitReport(_ => true);
    }

    [Fact]
    public void Nothing_is_started_before_a_fresh_round_of_the_lease()
    {
        FreshLeaseRequest? asked = null;
        _round = r =>
        {
            asked = r;
            return null;
        };
        var lrm = LrmAtWork();
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));
        AwaitCondition(() => asked is not null, TimeSpan.FromSeconds(10));
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));
        Assert.Empty(_host.Calls);

        lrm.Tell(new FreshLease(_vm.Id, TestNode.Token(5), Epoch.None, null));

        AwaitGuest(GuestState.Running);
        Assert.Equal(["start vm:100"], _host.Calls);
    }

    [Fact]
    public void An_order_of_an_older_epoch_than_a_voter_has_promised_is_void_and_no_failure()
    {
        var promised = new Epoch(2, TestNode.Pve2, 1);
        _round = r => new FreshLease(r.Id, r.Token, promised, null);
        var lrm = LrmAtWork();

        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)) { Epoch = promised with { Number = 1 } });
        lrm.Tell(new Order.Start(TestNode.Session, TestNode.Vm(101), TestNode.Token(6)) { Epoch = promised });

        Assert.Null(AwaitReport(r => r.Of(TestNode.Vm(101).Id)?.State == GuestState.Running).Of(_vm.Id));
        Assert.Equal(["start vm:101"], _host.Calls);
    }

    [Fact]
    public void A_start_without_a_lease_is_told_as_failed_so_that_another_node_is_tried()
    {
        _round = r => new FreshLease(r.Id, r.Token, Epoch.None, "pve1 gets no lease.");
        var lrm = LrmAtWork();

        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));

        var failed = AwaitGuest(GuestState.Failed);
        Assert.Equal((TestNode.Token(5), "pve1 gets no lease."), (failed.Token, failed.Reason));
        Assert.Empty(_host.Calls);
    }

    [Fact]
    public void A_stop_calls_back_a_start_that_still_waits_for_its_lease()
    {
        _round = _ => null;
        var lrm = LrmAtWork();
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));
        lrm.Tell(new Order.Stop(TestNode.Session, _vm.Id, TestNode.Token(6)));
        AwaitGuest(GuestState.Stopped);

        lrm.Tell(new FreshLease(_vm.Id, TestNode.Token(5), Epoch.None, null));
        lrm.Tell(new ReportRequest(7));

        AwaitReport(r => r.AsOf == 7);
        Assert.Equal(["stop vm:100"], _host.Calls);
    }

    [Fact]
    public void It_leaves_cleanly_when_nothing_runs_refuses_every_order_from_then_on_and_waits_for_the_commit()
    {
        var lrm = LrmAtWork();
        lrm.Tell(LeaveRequest.Instance, TestActor);
        AwaitReport(r => r.IsLeaving);
        Assert.True(_guard.IsRetired);
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));
        Assert.Empty(AwaitReport(r => r.IsLeaving).Guests);

        lrm.Tell(new LeaveAccepted(TestNode.Session));

        Assert.True(ExpectMsg<LeaveReply>().IsCommitted);
        Assert.Empty(_host.Calls);
    }

    [Fact]
    public void It_does_not_leave_cleanly_while_a_guest_runs()
    {
        _host.Put(_vm, RunState.Running);
        var lrm = Lrm();
        AwaitGuest(GuestState.Running);

        lrm.Tell(LeaveRequest.Instance, TestActor);

        Assert.False(ExpectMsg<LeaveReply>().IsCommitted);
        Assert.False(_guard.IsRetired);
    }

    private IActorRef Lease() => Sys.ActorOf(Props.Create(() => new FakeLease(r => _round(r))));

    private IActorRef Lrm()
    {
        var node = TestNode.Context(_host) with { LeaseGuard = _guard };
        var lease = Lease();
        return Sys.ActorOf(Props.Create(() => new LrmActor(node, _crm.Ref, lease)));
    }

    /// <summary>One that has looked at what runs: before that it takes no orders.</summary>
    private IActorRef LrmAtWork()
    {
        var lrm = Lrm();
        AwaitReport(_ => true);
        return lrm;
    }

    private NodeReport AwaitReport(Predicate<NodeReport> wanted) =>
        _crm.FishForMessage<NodeReport>(wanted, TimeSpan.FromSeconds(10));

    private GuestReport AwaitGuest(GuestState state) => AwaitReport(r => r.Of(_vm.Id)?.State == state).Of(_vm.Id)!;
}
