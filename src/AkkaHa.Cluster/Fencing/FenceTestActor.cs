using System.Collections.Immutable;
using Akka.Actor;
using AkkaHa.Cluster.Events;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Fencing;

/// <summary>
/// Tests the fence devices that this node would use if it hosted the CRM: at the start, every day, and when an operator asks. It reads states
/// and changes nothing. A device that fails is told as an event once, before it is needed, and again when it works.
/// </summary>
public sealed class FenceTestActor : ReceiveActor, IWithTimers
{
    private sealed record TestAll
    {
        public static TestAll Instance { get; } = new();
    }

    private sealed record Use(NodeName Node, int Level, IFenceDevice Device);

    private sealed record Checked(ImmutableList<Use> Uses, ImmutableList<IReadOnlyList<string>> Problems, IActorRef AskedBy);

    private sealed record Tested(FenceTestReport Report, IActorRef AskedBy);

    private sealed record Broken(Exception Cause);

    private readonly NodeContext _node;
    private readonly IActorRef _events;
    private readonly CancellationTokenSource _stopped = new();
    private ImmutableSortedSet<(string Node, string Device)> _failing = [];

    /// <summary>Begins with a test of all devices.</summary>
    public FenceTestActor(NodeContext node, IActorRef events)
    {
        _node = node;
        _events = events;
        Receive<TestAll>(_ => Check(new FenceTestRequest(null, null), Self));
        Receive<FenceTestRequest>(request => Check(request, Sender));
        Receive<Checked>(Read);
        Receive<Tested>(OnTested);
        Receive<Broken>(m => _events.Tell(new RecordEvent(
            EventKinds.FenceTestFailed, _node.Self.Value, $"{_node.Self}: the fence devices could not be tested: {m.Cause.Message}")));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc />
    protected override void PreStart()
    {
        Self.Tell(TestAll.Instance);
        Timers.StartPeriodicTimer("test", TestAll.Instance, _node.Times.FenceTestInterval);
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private void Check(FenceTestRequest request, IActorRef askedBy)
    {
        ImmutableList<Use> uses =
        [
            .. from node in _node.FenceLevels
               where request.Node is null || node.Key == request.Node
               from level in node.Value.Select((devices, i) => (Devices: devices, Number: i + 1))
               from device in level.Devices
               where request.Device is null || device.Name == request.Device
               select new Use(node.Key, level.Number, device),
        ];
        Task.WhenAll(uses.Select(u => u.Device.CheckAsync(NodesOf(u.Device), _stopped.Token)))
            .PipeTo(Self, Self, problems => new Checked(uses, [.. problems], askedBy), cause => new Broken(cause));
    }

    private void Read(Checked m) =>
        Task.WhenAll(m.Uses.Select(u => u.Device.StatusAsync(u.Node, _stopped.Token)))
            .PipeTo(Self, Self, readings => new Tested(Report(m, readings), m.AskedBy), cause => new Broken(cause));

    private void OnTested(Tested m)
    {
        if (m.AskedBy.Equals(Self))
            Tell(m.Report);
        else
            m.AskedBy.Tell(m.Report);
    }

    private FenceTestReport Report(Checked m, PowerReading[] readings) => new(
        _node.Self, [.. m.Uses.Select((use, i) => Result(use, m.Problems[i], readings[i]))]);

    // A device that cannot prove a node off (a mailbox, a person) need not be able to read its power.
    private static FenceTestResult Result(Use use, IReadOnlyList<string> problems, PowerReading reading) => new(
        use.Node, use.Level, use.Device.Name, use.Device.Kind, use.Device.ProvesOff, reading.State.ToString().ToLowerInvariant(),
        problems.Count == 0 && (reading.State != PowerState.Unknown || !use.Device.ProvesOff), string.Join(" ", [.. problems, reading.Detail]));

    private ImmutableList<NodeName> NodesOf(IFenceDevice device) =>
        [.. _node.FenceLevels.Where(n => n.Value.Any(l => l.Contains(device))).Select(n => n.Key)];

    private void Tell(FenceTestReport report)
    {
        var failing = report.Results.Where(r => !r.Works).Select(r => (r.Node.Value, r.Device)).ToImmutableSortedSet();
        foreach (var result in report.Results)
        {
            var use = (result.Node.Value, result.Device);
            if (failing.Contains(use) && !_failing.Contains(use))
            {
                _events.Tell(new RecordEvent(EventKinds.FenceTestFailed, result.Node.Value, FormattableString.Invariant(
                    $"fence device {result.Device} (level {result.Level}) would not work if {result.Node} had to be fenced now: {result.Detail}")));
            }
            else if (!failing.Contains(use) && _failing.Contains(use))
            {
                _events.Tell(new RecordEvent(EventKinds.FenceTestPassed, result.Node.Value, $"fence device {result.Device} works again: {result.Detail}"));
            }
        }

        _failing = failing;
    }
}
