using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using AkkaHa.Cluster.Bootstrap;
using AkkaHa.Cluster.StateLog;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;
using AkkaHa.Devices.Fencing;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Quorum;

/// <summary>
/// Carries out one <c>quorum expected</c>: asks the fence devices of the voters that are left out whether they are off, unless the operator
/// swears it, then leads the log just long enough to write the new generation. Lives as long as the command.
/// </summary>
/// <remarks>It switches nothing off: a node without quorum fences nobody.</remarks>
public sealed class GenerationActor : ReceiveActor, IWithTimers
{
    private sealed record LookAgain : INoSerializationVerificationNeeded
    {
        public static LookAgain Instance { get; } = new();
    }

    private sealed record GiveUp : INoSerializationVerificationNeeded
    {
        public static GiveUp Instance { get; } = new();
    }

    private sealed record Readings(NodeName Node, ImmutableList<PowerReading> Level) : INoSerializationVerificationNeeded;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly NodeContext _node;
    private readonly ForceExpected _command;
    private readonly IActorRef _asker;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly SortedDictionary<NodeName, int> _unread = [];
    private readonly SortedDictionary<NodeName, string> _unproven = [];
    private ReplicaStatus? _replica;
    private Leader? _leader;

    /// <summary>Begins with what this node knows.</summary>
    public GenerationActor(NodeContext node, ForceExpected command, IActorRef asker)
    {
        _node = node;
        _command = command;
        _asker = asker;
        Receive<BootstrapStatus>(OnBootstrap);
        Receive<ReplicaStatus>(OnReplica);
        Receive<Readings>(OnReadings);
        Receive<ReplicaReply>(reply => Feed(new Received(reply)));
        Receive<LookAgain>(_ => Feed(Tick.Instance));
        Receive<GiveUp>(_ => Refuse(_leader is { } leader
            ? $"the voters that are left did not answer in time: {leader.WaitsFor()}"
            : $"nothing was changed: {(_unread.Count > 0 ? $"no answer from the fence devices of {string.Join(", ", _unread.Keys)}" : "this node does not answer in time")}"));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    /// <inheritdoc />
    protected override void PreStart()
    {
        Timers.StartSingleTimer("give-up", GiveUp.Instance, Patience);
        Context.ActorSelection($"/user/{ActorNames.Bootstrap}").Tell(BootstrapStatusRequest.Instance);
    }

    private void OnBootstrap(BootstrapStatus status)
    {
        if (status.Standing == FormationStanding.Quorate)
            Refuse("a majority of the votes is here; take voters away with 'akkaha voter remove' instead");
        else
            Context.ActorSelection($"/user/{ActorNames.Replica}").Tell(ReplicaStatusRequest.Instance);
    }

    private void OnReplica(ReplicaStatus status)
    {
        if (_replica is not null)
            return;
        _replica = status;
        if (NewGeneration.Refuse(status.Configuration, _command.Votes, _command.Dead) is { } reason)
            Refuse(reason);
        else if (_command.OperatorKnowsOff)
            Lead();
        else
            ReadPower();
    }

    private void ReadPower()
    {
        foreach (var dead in _command.Dead)
        {
            _unproven[dead] = "no fence device of it can prove that it is off";
            foreach (var level in _node.FenceLevels.GetValueOrDefault(dead, []).Where(level => level.All(d => d.ProvesOff)))
            {
                _unread[dead] = _unread.GetValueOrDefault(dead) + 1;
                Task.WhenAll(level.Select(device => device.StatusAsync(dead))).PipeTo(
                    Self, Self, readings => new Readings(dead, [.. readings]), cause => new Readings(dead, [PowerReading.Unknown(cause.Message)]));
            }
        }

        if (_unread.Count == 0)
            AfterReadings();
    }

    private void OnReadings(Readings readings)
    {
        if (readings.Level.All(r => r.State == PowerState.Off))
        {
            _unproven.Remove(readings.Node);
            _log.Warning("{0}: {1} is off: {2}", _node.Self, readings.Node, string.Join("; ", readings.Level.Select(r => r.Detail)));
        }
        else if (_unproven.ContainsKey(readings.Node))
        {
            _unproven[readings.Node] = string.Join("; ", readings.Level.Where(r => r.State != PowerState.Off).Select(r => r.Detail));
        }

        if (_unread.TryGetValue(readings.Node, out var left) && left > 1)
            _unread[readings.Node] = left - 1;
        else
            _unread.Remove(readings.Node);
        if (_unread.Count == 0 && _leader is null)
            AfterReadings();
    }

    private void AfterReadings()
    {
        if (_unproven.Count == 0)
            Lead();
        else
            Refuse($"{string.Join("; ", _unproven.Select(u => $"{u.Key} is not proven off ({u.Value})"))}. Only if you have seen that they are off and stay off: --i-know-it-is-off");
    }

    private void Lead()
    {
        var configuration = _replica!.Configuration!;
        var forced = new ForcedGeneration(configuration.Generation + 1, [.. configuration.Voters.Keys.Except(_command.Dead)]);
        var epoch = new Epoch(_replica.PromisedEpoch.Number + 1, _node.Self, _node.NewReign());
        _log.Warning("{0}: an operator begins generation {1} with the votes of {2}; left out: {3}{4}",
            _node.Self, forced.Generation, string.Join(", ", forced.Voters), string.Join(", ", _command.Dead), _command.OperatorKnowsOff ? " (off by the operator's word)" : "");
        Timers.StartPeriodicTimer("tick", LookAgain.Instance, Interval);
        Take(Leader.Start(new CandidateOptions(epoch, _node.Voters, _node.NewUuid(), _node.Log, forced), configuration, Now));
    }

    private void Feed(LeaderInput input)
    {
        if (_leader is { } leader)
            Take(leader.Step(input, Now));
    }

    private void Take(LeaderStep step)
    {
        _leader = step.Next;
        foreach (var outgoing in step.Send)
            Context.ActorSelection(_node.PathOn(outgoing.To, ActorNames.Replica)).Tell(outgoing.Request);
        if (_leader.Phase == LeaderPhase.Leading)
        {
            _log.Warning("{0}: the new generation is committed: {1}", _node.Self, _leader.Configuration!.Describe());
            Answer(new CommandAccepted(_leader.Configuration!.Index));
        }
        else if (_leader.Deposed is { } deposed)
        {
            Refuse($"{deposed.Describe()}; ask for the quorum status before giving the command again");
        }
    }

    private void Refuse(string reason) => Answer(new CommandRefused($"{_node.Self}: {reason}."));

    private void Answer(object answer)
    {
        _asker.Tell(answer);
        Context.Stop(Self);
    }
}
