using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaHa.Cluster.Lrm;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Cluster.Tests.Lrm;

public sealed class LrmActorTests : TestKit
{
    private static readonly ResourceDefinition _vm = TestNode.Vm(100);

    private readonly FakeVmHost _host = new();
    private readonly TestProbe _crm;

    public LrmActorTests() => _crm = CreateTestProbe();

    [Fact]
    public void It_starts_what_it_is_ordered_and_reports_that_it_runs_with_the_orders_token()
    {
        var lrm = Lrm();

        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));

        Assert.Equal(TestNode.Token(5), AwaitGuest(GuestState.Running).Token);
        Assert.Equal(["start vm:100"], _host.Calls);
    }

    [Fact]
    public void It_refuses_an_order_for_another_session()
    {
        var lrm = Lrm();

        lrm.Tell(new Order.Start(TestNode.Session with { StartedAtNanos = 999 }, _vm, TestNode.Token(5)));
        lrm.Tell(new Order.Start(TestNode.Session with { Boot = new Boot(TestNode.Pve1, new BootId("boot-0")) }, _vm, TestNode.Token(6)));

        Assert.Empty(AwaitReport(r => r.Sequence >= 3).Guests);
        Assert.Empty(_host.Calls);
    }

    [Fact]
    public void It_refuses_a_token_that_is_not_above_the_highest_it_knows()
    {
        var lrm = Lrm();
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
    public void A_newer_start_for_a_guest_that_runs_only_takes_over_its_token()
    {
        var lrm = Lrm();
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
        var lrm = Lrm();
        AwaitReport(_ => true);
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
        var lrm = Lrm();

        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));

        Assert.Equal("its disk is locked by another process", AwaitGuest(GuestState.Failed).Reason);
    }

    [Fact]
    public void A_stop_that_fails_is_not_reported_as_stopped()
    {
        _host.StopFails = true;
        var lrm = Lrm();
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));
        AwaitGuest(GuestState.Running);

        lrm.Tell(new Order.Stop(TestNode.Session, _vm.Id, TestNode.Token(6)));

        Assert.False(AwaitGuest(GuestState.StopFailed).IsReleased);
    }

    [Fact]
    public void A_guest_that_dies_is_reported_with_the_token_it_was_started_with()
    {
        var lrm = Lrm();
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));
        AwaitGuest(GuestState.Running);

        _host.Die(_vm);

        Assert.Equal(TestNode.Token(5), AwaitGuest(GuestState.Stopped).Token);
    }

    [Fact]
    public void Guests_of_an_earlier_daemon_are_adopted_without_a_token()
    {
        _host.Put(_vm, RunState.Running);

        Lrm();

        Assert.Equal(Token.None, AwaitGuest(GuestState.Running).Token);
    }

    [Fact]
    public void A_guest_that_an_earlier_daemon_left_paused_is_killed_and_not_reported()
    {
        _host.Put(_vm, RunState.Paused);

        Lrm();

        Assert.Empty(AwaitReport(_ => true).Guests);
        Assert.Equal(["kill vm:100"], _host.Calls);
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

    private IActorRef Lrm()
    {
        var node = TestNode.Context(_host);
        return Sys.ActorOf(Props.Create(() => new LrmActor(node, _crm.Ref)));
    }

    private NodeReport AwaitReport(Predicate<NodeReport> wanted) =>
        _crm.FishForMessage<NodeReport>(wanted, TimeSpan.FromSeconds(10));

    private GuestReport AwaitGuest(GuestState state) => AwaitReport(r => r.Of(_vm.Id)?.State == state).Of(_vm.Id)!;
}
