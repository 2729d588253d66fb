using System.Collections.Concurrent;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaHa.Cluster.Fencing;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;

namespace AkkaHa.Cluster.Tests.Fencing;

public sealed class FencingSupervisorTests : TestKit
{
    private static readonly Boot _boot = new(TestNode.Pve2, new BootId("boot-2"));
    private static readonly FenceOrder _order = new(new FenceAttempt(_boot, 20, true), 19);

    private readonly ConcurrentQueue<string> _calls = new();
    private readonly TestProbe _crm;

    public FencingSupervisorTests() => _crm = CreateTestProbe();

    [Fact]
    public void A_device_that_reads_off_twice_is_a_proof_that_names_the_denial()
    {
        Pursue([[new FakeFenceDevice("bmc", _calls)]]);

        Assert.Equal(new Proof(_boot, ProofKind.Device, "bmc", 19), AwaitProof());
        Assert.Equal(["bmc off", "bmc status"], _calls);
    }

    [Fact]
    public void All_devices_of_a_level_must_confirm_and_are_read_again_together()
    {
        Pursue([[new FakeFenceDevice("pdu-a", _calls), new FakeFenceDevice("pdu-b", _calls)]]);

        Assert.Equal("pdu-a + pdu-b", AwaitProof().By);
        Assert.Equal(["pdu-a off", "pdu-b off", "pdu-a status", "pdu-b status"], _calls);
    }

    [Theory]
    [InlineData(FenceVerdict.Failed, PowerState.Off, true)]
    [InlineData(FenceVerdict.Claimed, PowerState.Off, true)]
    [InlineData(FenceVerdict.Verified, PowerState.On, true)]
    [InlineData(FenceVerdict.Verified, PowerState.Unknown, true)]
    [InlineData(FenceVerdict.Verified, PowerState.Off, false)]
    public void What_is_no_proof_falls_through_to_the_next_level(FenceVerdict verdict, PowerState again, bool provesOff)
    {
        Pursue(
        [
            [new FakeFenceDevice("good", _calls), new FakeFenceDevice("weak", _calls) { Verdict = verdict, ReadAgain = again, ProvesOff = provesOff }],
            [new FakeFenceDevice("second", _calls)],
        ]);

        Assert.Equal("second", AwaitProof().By);
    }

    [Fact]
    public void When_every_level_failed_it_is_tried_again_and_what_an_operator_can_do_is_told()
    {
        Pursue([[new FakeFenceDevice("dead", _calls) { Verdict = FenceVerdict.Failed }]]);

        _crm.FishForMessage<FenceProgress>(p => p.Text.Contains("an operator can make sure that pve2 is off", StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        AwaitCondition(() => _calls.Count(c => c == "dead off") >= 3, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Without_the_CRMs_authority_no_device_is_asked_again()
    {
        var supervisor = Supervisor([[new FakeFenceDevice("dead", _calls) { Verdict = FenceVerdict.Failed }]]);
        supervisor.Tell(new PursueFences([_order], default, TimeSpan.MaxValue));
        _crm.FishForMessage<FenceProgress>(p => p.Text.StartsWith("every level failed", StringComparison.Ordinal), TimeSpan.FromSeconds(10));

        _crm.ExpectNoMsg(TimeSpan.FromMilliseconds(300));

        Assert.Equal(["dead off"], _calls);
    }

    [Fact]
    public void An_attempt_that_is_no_longer_open_is_given_up()
    {
        var supervisor = Pursue([[new FakeFenceDevice("dead", _calls) { Verdict = FenceVerdict.Failed }]]);
        AwaitCondition(() => !_calls.IsEmpty, TimeSpan.FromSeconds(10));

        supervisor.Tell(new PursueFences([], default, TimeSpan.MaxValue));
        supervisor.Tell(new PursueFences([_order with { Attempt = _order.Attempt with { StartedIndex = 30 } }], default, TimeSpan.MaxValue));

        AwaitCondition(() => _calls.Count > 1, TimeSpan.FromSeconds(10));
    }

    private IActorRef Pursue(IFenceDevice[][] levels)
    {
        var supervisor = Supervisor(levels);
        Sys.Scheduler.ScheduleTellRepeatedly(
            TimeSpan.Zero, TimeSpan.FromMilliseconds(10), supervisor, new PursueFences([_order], default, TimeSpan.MaxValue), ActorRefs.NoSender);
        return supervisor;
    }

    private IActorRef Supervisor(IFenceDevice[][] levels)
    {
        var node = TestNode.Context(null, levels);
        var events = CreateTestProbe().Ref;
        var crm = _crm.Ref;
        return Sys.ActorOf(Props.Create(() => new Parent(node, events, crm)));
    }

    private Proof AwaitProof() => _crm.FishForMessage<FenceProven>(_ => true, TimeSpan.FromSeconds(10)).Proof;

    /// <summary>Stands where the CRM stands: passes orders down and answers up.</summary>
    private sealed class Parent : ReceiveActor
    {
        public Parent(NodeContext node, IActorRef events, IActorRef crm)
        {
            var supervisor = Context.ActorOf(Props.Create(() => new FencingSupervisor(node, events)));
            Receive<PursueFences>(supervisor.Tell);
            ReceiveAny(crm.Tell);
        }
    }
}
