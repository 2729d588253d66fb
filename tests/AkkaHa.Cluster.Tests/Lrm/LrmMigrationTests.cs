using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaHa.Cluster.Lrm;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Cluster.Tests.Lrm;

public sealed class LrmMigrationTests : TestKit
{
    private static readonly ResourceDefinition _vm = TestNode.Vm(100);

    private readonly FakeVmHost _host = new();
    private readonly TestProbe _crm;

    public LrmMigrationTests() => _crm = CreateTestProbe();

    [Fact]
    public void A_source_copies_to_the_switch_over_and_hands_over_only_when_it_is_told_to()
    {
        _host.Next.Enqueue(MigrationStage.AtSwitchOver);
        _host.Next.Enqueue(MigrationStage.Completed);
        var lrm = Running();

        lrm.Tell(new Order.Send(TestNode.Session, _vm.Id, TestNode.Token(7), FakeVmHost.Address));
        AwaitGuest(GuestState.AtSwitchOver, 7);
        Assert.DoesNotContain("complete vm:100", _host.Calls);
        lrm.Tell(new Order.Complete(TestNode.Session, _vm.Id, TestNode.Token(9)));

        Assert.True(AwaitGuest(GuestState.Departed, 9).IsReleased);
        Assert.Equal(["start vm:100", $"send vm:100 to {FakeVmHost.Address}", "complete vm:100", "kill vm:100"], _host.Calls);
    }

    [Fact]
    public void A_copy_that_fails_leaves_the_guest_running_and_says_why()
    {
        _host.Next.Enqueue(MigrationStage.Failed);
        var lrm = Running();

        lrm.Tell(new Order.Send(TestNode.Session, _vm.Id, TestNode.Token(7), FakeVmHost.Address));

        Assert.Equal("the migration is Failed", AwaitGuest(GuestState.Running, 7).Reason);
    }

    [Fact]
    public void A_source_that_runs_on_by_itself_at_the_hand_over_answers_that_it_runs()
    {
        _host.Next.Enqueue(MigrationStage.AtSwitchOver);
        _host.Next.Enqueue(MigrationStage.Failed);
        var lrm = Running();
        lrm.Tell(new Order.Send(TestNode.Session, _vm.Id, TestNode.Token(7), FakeVmHost.Address));
        AwaitGuest(GuestState.AtSwitchOver, 7);

        lrm.Tell(new Order.Complete(TestNode.Session, _vm.Id, TestNode.Token(9)));

        Assert.False(AwaitGuest(GuestState.Running, 9).IsReleased);
        Assert.DoesNotContain("kill vm:100", _host.Calls);
    }

    [Fact]
    public void A_hand_over_of_which_nothing_is_known_is_asked_about_again_and_not_answered()
    {
        _host.Next.Enqueue(MigrationStage.AtSwitchOver);
        _host.Next.Enqueue(MigrationStage.Unknown);
        _host.Next.Enqueue(MigrationStage.Unknown);
        _host.Next.Enqueue(MigrationStage.Completed);
        var lrm = Running();
        lrm.Tell(new Order.Send(TestNode.Session, _vm.Id, TestNode.Token(7), FakeVmHost.Address));
        AwaitGuest(GuestState.AtSwitchOver, 7);

        lrm.Tell(new Order.Complete(TestNode.Session, _vm.Id, TestNode.Token(9)));

        AwaitGuest(GuestState.Departed, 9);
        Assert.Equal(3, _host.Calls.Count(c => c == "complete vm:100"));
    }

    [Fact]
    public void A_migration_that_is_given_up_while_it_copies_lets_the_guest_run_on()
    {
        _host.CopyGate = new TaskCompletionSource();
        var lrm = Running();
        lrm.Tell(new Order.Send(TestNode.Session, _vm.Id, TestNode.Token(7), FakeVmHost.Address));
        AwaitGuest(GuestState.Sending, 7);

        lrm.Tell(new Order.Resume(TestNode.Session, _vm.Id, TestNode.Token(9)));

        AwaitGuest(GuestState.Running, 9);
    }

    [Fact]
    public void A_guest_at_the_switch_over_runs_on_when_it_is_told_to()
    {
        _host.Next.Enqueue(MigrationStage.AtSwitchOver);
        var lrm = Running();
        lrm.Tell(new Order.Send(TestNode.Session, _vm.Id, TestNode.Token(7), FakeVmHost.Address));
        AwaitGuest(GuestState.AtSwitchOver, 7);

        lrm.Tell(new Order.Resume(TestNode.Session, _vm.Id, TestNode.Token(9)));

        AwaitGuest(GuestState.Running, 9);
        Assert.Contains("cancel vm:100", _host.Calls);
    }

    [Fact]
    public void A_destination_waits_with_an_address_and_runs_nothing_before_it_is_told_to()
    {
        var lrm = LrmAtWork();

        lrm.Tell(new Order.Receive(TestNode.Session, _vm, TestNode.Token(7)));
        Assert.Equal(FakeVmHost.Address, AwaitGuest(GuestState.Incoming, 7).Address);
        lrm.Tell(new Order.Attest(TestNode.Session, _vm.Id, TestNode.Token(8)));
        AwaitGuest(GuestState.Incoming, 8);
        Assert.DoesNotContain("continue vm:100", _host.Calls);
        _host.Arrive(_vm.Id);
        lrm.Tell(new Order.Continue(TestNode.Session, _vm, TestNode.Token(9)));

        AwaitGuest(GuestState.Running, 9);
    }

    [Fact]
    public void A_destination_that_is_told_to_stop_ends_its_copy_at_once()
    {
        var lrm = LrmAtWork();
        lrm.Tell(new Order.Receive(TestNode.Session, _vm, TestNode.Token(7)));
        AwaitGuest(GuestState.Incoming, 7);

        lrm.Tell(new Order.Stop(TestNode.Session, _vm.Id, TestNode.Token(8)));

        AwaitGuest(GuestState.Stopped, 8);
        Assert.Equal(["receive vm:100", "kill vm:100"], _host.Calls);
    }

    [Fact]
    public void A_destination_that_cannot_receive_says_why()
    {
        _host.Refuse = _ => new StartOutcome(StartVerdict.Failed, "no port is free");
        var lrm = LrmAtWork();

        lrm.Tell(new Order.Receive(TestNode.Session, _vm, TestNode.Token(7)));

        Assert.Equal("no port is free", AwaitGuest(GuestState.Failed, 7).Reason);
    }

    [Fact]
    public void A_guest_that_an_earlier_daemon_left_at_the_switch_over_is_found_so()
    {
        _host.Put(_vm, RunState.Paused);
        _host.Stage = MigrationStage.AtSwitchOver;

        Lrm();

        AwaitReport(r => r.Of(_vm.Id)?.State == GuestState.AtSwitchOver);
    }

    [Fact]
    public void A_shell_that_an_earlier_daemon_left_after_a_hand_over_is_ended_and_reported_as_departed()
    {
        _host.Put(_vm, RunState.Stopped);
        _host.Stage = MigrationStage.Completed;

        Lrm();

        AwaitReport(r => r.Of(_vm.Id)?.State == GuestState.Departed);
        Assert.Equal(["kill vm:100"], _host.Calls);
    }

    [Fact]
    public void A_guest_that_an_earlier_daemon_was_copying_goes_on_here()
    {
        _host.Put(_vm, RunState.Running);
        _host.Stage = MigrationStage.Copying;

        Lrm();

        AwaitReport(r => r.Of(_vm.Id)?.State == GuestState.Running);
        Assert.Equal(["cancel vm:100"], _host.Calls);
    }

    private IActorRef Lrm()
    {
        var node = TestNode.Context(_host) with { MigratesLive = true };
        var lease = Sys.ActorOf(Props.Create(() => new FakeLease()));
        return Sys.ActorOf(Props.Create(() => new LrmActor(node, _crm.Ref, lease)));
    }

    private IActorRef LrmAtWork()
    {
        var lrm = Lrm();
        Assert.True(AwaitReport(_ => true).MigratesLive);
        return lrm;
    }

    private IActorRef Running()
    {
        var lrm = LrmAtWork();
        lrm.Tell(new Order.Start(TestNode.Session, _vm, TestNode.Token(5)));
        AwaitGuest(GuestState.Running, 5);
        return lrm;
    }

    private NodeReport AwaitReport(Predicate<NodeReport> wanted) => _crm.FishForMessage<NodeReport>(wanted, TimeSpan.FromSeconds(10));

    private GuestReport AwaitGuest(GuestState state, long token) =>
        AwaitReport(r => r.Of(_vm.Id) is { } g && g.State == state && g.Token == TestNode.Token(token)).Of(_vm.Id)!;
}
