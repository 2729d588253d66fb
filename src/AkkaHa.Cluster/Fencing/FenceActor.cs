using System.Collections.Immutable;
using Akka.Actor;
using AkkaHa.Cluster.Events;
using AkkaHa.Core;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Fencing;

/// <summary>
/// Pursues one fence attempt: walks the node's fence levels in order. All devices of a level must confirm that the node is off and are then
/// read again in one round, since two power supplies off one after the other is not off. When every level failed it starts over after a pause.
/// </summary>
public sealed class FenceActor : ReceiveActor
{
    private sealed record LevelSwitched(int Level, ImmutableList<FenceOutcome> Outcomes);

    private sealed record LevelRead(int Level, ImmutableList<PowerReading> Readings);

    private sealed record LevelBroken(int Level, Exception Cause);

    private readonly NodeContext _node;
    private readonly FenceOrder _order;
    private readonly Epoch _epoch;
    private readonly IActorRef _events;
    private readonly ImmutableList<ImmutableList<IFenceDevice>> _levels;
    private readonly CancellationTokenSource _stopped = new();
    private TimeSpan _pause;
    private TimeSpan _notBefore;
    private int _level;
    private bool _busy;
    private bool _proven;
    private string _before = "";

    /// <summary>Begins the attempt.</summary>
    public FenceActor(NodeContext node, FenceOrder order, Epoch epoch, IActorRef events)
    {
        _node = node;
        _order = order;
        _epoch = epoch;
        _events = events;
        _pause = node.Times.FenceRetryMin;
        _levels = node.FenceLevels.GetValueOrDefault(Target, []);
        Receive<Proceed>(OnProceed);
        Receive<LevelSwitched>(OnSwitched);
        Receive<LevelRead>(OnRead);
        Receive<LevelBroken>(m => Fail(m.Level, m.Cause.Message));
    }

    private NodeName Target => _order.Attempt.Boot.Node;

    /// <inheritdoc />
    protected override void PostStop()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private void OnProceed(Proceed permission)
    {
        var now = Context.System.Scheduler.MonotonicClock;
        if (_busy || _proven || now < _notBefore || now > permission.Until)
            return;
        if (KnownBad.Is(KnownBadVariant.NoFencing))
            Prove("nobody");
        else if (_level < _levels.Count)
            Switch(_level);
        else
            Pause();
    }

    private void Switch(int level)
    {
        _busy = true;
        var devices = _levels[level];
        Progress(FormattableString.Invariant($"level {level + 1}: {Names(devices)} switches {Target} off{_before}"));
        Task.WhenAll(devices.Select(d => d.OffAsync(Target, _stopped.Token))).PipeTo(
            Self, Self, outcomes => new LevelSwitched(level, [.. outcomes]), cause => new LevelBroken(level, cause));
    }

    private void OnSwitched(LevelSwitched m)
    {
        if (KnownBad.Is(KnownBadVariant.OffWithoutReading))
        {
            Prove(Names(_levels[m.Level]));
            return;
        }

        if (m.Outcomes.FirstOrDefault(o => !o.IsProof) is { } weak)
        {
            Fail(m.Level, weak.IsVerified ? $"{weak.Detail} (this device does not prove a node off)" : weak.Detail);
            return;
        }

        Task.WhenAll(_levels[m.Level].Select(d => d.StatusAsync(Target, _stopped.Token))).PipeTo(
            Self, Self, readings => new LevelRead(m.Level, [.. readings]), cause => new LevelBroken(m.Level, cause));
    }

    private void OnRead(LevelRead m)
    {
        if (m.Readings.FirstOrDefault(r => r.State != PowerState.Off) is { } on)
        {
            Fail(m.Level, $"read again, {on.Detail}");
            return;
        }

        Prove(Names(_levels[m.Level]));
    }

    private void Prove(string by)
    {
        _proven = true;
        Context.Parent.Tell(new FenceProven(new Proof(_order.Attempt.Boot, ProofKind.Device, by, _order.DenialIndex)));
        Progress($"proven off by {by}");
    }

    private void Fail(int level, string reason)
    {
        _events.Tell(new RecordEvent(EventKinds.FenceFailed, Target.Value,
            FormattableString.Invariant($"fence level {level + 1} ({Names(_levels[level])}) failed: {reason}"), _epoch));
        Progress(FormattableString.Invariant($"level {level + 1} failed: {reason}"));
        _before = FormattableString.Invariant($"; before that, level {level + 1} failed: {reason}");
        _level = level + 1;
        _busy = false;
        if (_level >= _levels.Count)
            Pause();
    }

    private void Pause()
    {
        Progress(_levels.IsEmpty
            ? $"{Target} has no fence device configured; an operator must make sure that it is off"
            : FormattableString.Invariant($"every level failed; tried again in {_pause.TotalSeconds:0.#} s; an operator can make sure that {Target} is off"));
        _level = 0;
        _notBefore = Context.System.Scheduler.MonotonicClock + _pause;
        _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, _node.Times.FenceRetryMax.Ticks));
    }

    private void Progress(string text) => Context.Parent.Tell(new FenceProgress(Target, text));

    private static string Names(ImmutableList<IFenceDevice> devices) => string.Join(" + ", devices.Select(d => d.Name));
}
