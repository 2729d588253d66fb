using System.Collections.Concurrent;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaHa.Cluster.Events;
using AkkaHa.Cluster.Fencing;
using AkkaHa.Devices.Fencing;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Tests.Fencing;

public sealed class FenceTestActorTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<string> _calls = new();
    private readonly TestProbe _events;

    public FenceTestActorTests() => _events = CreateTestProbe();

    [Fact]
    public async Task A_test_reads_every_device_and_switches_none()
    {
        var report = await Ask(new FenceTestRequest(null, null), [new FakeFenceDevice("bmc", _calls)], [new FakeFenceDevice("pdu", _calls)]);

        Assert.Equal([("bmc", 1, "off", true), ("pdu", 2, "off", true)], report.Results.Select(r => (r.Device, r.Level, r.Power, r.Works)));
        Assert.DoesNotContain(_calls, c => c.EndsWith(" off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_that_cannot_read_a_power_it_is_to_prove_does_not_work()
    {
        var report = await Ask(new FenceTestRequest(TestNode.Pve2, "dead"),
            [new FakeFenceDevice("dead", _calls) { ReadAgain = PowerState.Unknown }], [new FakeFenceDevice("pdu", _calls)]);

        var result = Assert.Single(report.Results);
        Assert.Equal(("dead", "unknown", false), (result.Device, result.Power, result.Works));
    }

    [Fact]
    public async Task A_device_that_proves_nothing_need_not_read_the_power()
    {
        var report = await Ask(new FenceTestRequest(null, null), [new FakeFenceDevice("mailbox", _calls) { ProvesOff = false, ReadAgain = PowerState.Unknown }]);

        Assert.True(Assert.Single(report.Results).Works);
    }

    [Fact]
    public void A_device_that_fails_is_told_at_the_start_before_it_is_needed()
    {
        Start([new FakeFenceDevice("good", _calls)], [new FakeFenceDevice("dead", _calls) { ReadAgain = PowerState.Unknown }]);

        var told = _events.ExpectMsg<RecordEvent>(Patience);
        Assert.Equal((EventKinds.FenceTestFailed, "pve2"), (told.Kind, told.Subject));
        Assert.Contains("fence device dead (level 2) would not work", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_works_again_is_told_once()
    {
        var device = new FakeFenceDevice("bmc", _calls) { ReadAgain = PowerState.Unknown };
        Start(TimeSpan.FromMilliseconds(20), [device]);

        Assert.Equal(EventKinds.FenceTestFailed, _events.ExpectMsg<RecordEvent>(Patience).Kind);
        device.ReadAgain = PowerState.On;
        Assert.Equal(EventKinds.FenceTestPassed, _events.ExpectMsg<RecordEvent>(Patience).Kind);
        var calls = _calls.Count;
        AwaitCondition(() => _calls.Count > calls + 2, Patience);
        _events.ExpectNoMsg(TimeSpan.Zero);
    }

    private Task<FenceTestReport> Ask(FenceTestRequest request, params IFenceDevice[][] levels) => Start(levels).Ask<FenceTestReport>(request, Patience);

    private IActorRef Start(params IFenceDevice[][] levels) => Start(TimeSpan.FromDays(1), levels);

    private IActorRef Start(TimeSpan interval, params IFenceDevice[][] levels)
    {
        var context = TestNode.Context(null, levels);
        var node = context with { Times = context.Times with { FenceTestInterval = interval } };
        var events = _events.Ref;
        return Sys.ActorOf(Props.Create(() => new FenceTestActor(node, events)));
    }
}
