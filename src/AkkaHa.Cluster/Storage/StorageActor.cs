using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using AkkaHa.Cluster.Events;
using AkkaHa.Cluster.Membership;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Storage;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Storage;

/// <summary>
/// Probes this node's storages, each at its own pace, and tells the LRM and the operators how they stand. A storage that hangs holds its own
/// probe and nothing else.
/// </summary>
public sealed class StorageActor : ReceiveActor, IWithTimers
{
    private sealed record Due(int Index);

    private sealed record Probed(int Index, ProbeResult Result);

    /// <summary>What is known of one storage.</summary>
    private sealed record Watched(IStorageProbe Probe, StorageHealth Health)
    {
        /// <summary>The newest good probe.</summary>
        public ProbeResult? LastGood { get; init; }

        /// <summary>Since when it is unavailable, on the monotonic clock; null while it is not.</summary>
        public TimeSpan? DownSince { get; init; }

        /// <summary>Whether it has been for so long that what runs on it is given up.</summary>
        public bool HasFailed { get; init; }

        public StorageSight Sight => new(Health.IsAvailable == true, Probe.Storage.IsShared, HasFailed);
    }

    private readonly NodeContext _node;
    private readonly IActorRef _events;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopped = new();
    private readonly HashSet<IActorRef> _watchers = [];
    private ImmutableArray<Watched> _storages;
    private MembershipView _view = MembershipView.Empty;

    /// <summary>Begins to probe at once: a node must know its storages before it takes guests.</summary>
    /// <param name="node">The node.</param>
    /// <param name="membership">The observer of the membership.</param>
    /// <param name="events">The event log.</param>
    public StorageActor(NodeContext node, IActorRef membership, IActorRef events)
    {
        _node = node;
        _events = events;
        _storages = [.. node.Storages.Select(probe => new Watched(probe, StorageHealth.Unknown))];
        membership.Tell(WatchMembership.Instance, Self);
        Receive<MembershipView>(view => _view = view);
        Receive<Due>(m => Probe(m.Index));
        Receive<Probed>(OnProbed);
        Receive<WatchStorages>(_ =>
        {
            if (_watchers.Add(Sender))
                Context.Watch(Sender);
            Sender.Tell(Seen());
        });
        Receive<Terminated>(m => _watchers.Remove(m.ActorRef));
        Receive<OwnStoragesRequest>(_ => Sender.Tell(new OwnStorages(_node.Self, [.. _storages.Select(Status)])));
        Receive<StorageStatusRequest>(_ =>
        {
            var (asker, members) = (Sender, _view.Members.Add(_node.Self));
            Context.ActorOf(Props.Create(() => new StorageInquiry(_node, members, asker)));
        });
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    /// <inheritdoc />
    protected override void PreStart()
    {
        for (var i = 0; i < _storages.Length; i++)
            Probe(i);
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private void Probe(int index) => _storages[index].Probe.ProbeAsync(_node.StorageProbing.Deadline, _stopped.Token).PipeTo(
        Self, Self, result => new Probed(index, result), cause => new Probed(index, new ProbeResult(false, TimeSpan.Zero, cause.Message)));

    private void OnProbed(Probed m)
    {
        var before = _storages[m.Index];
        var health = before.Health.After(m.Result, _node.StorageProbing.Rise, _node.StorageProbing.Fall);
        TimeSpan? downSince = health.IsAvailable == true ? null : before.DownSince ?? Now;
        var now = before with
        {
            Health = health,
            LastGood = m.Result.Succeeded ? m.Result : before.LastGood,
            DownSince = downSince,
            HasFailed = downSince is { } since && Now - since >= _node.StorageProbing.FailAfter,
        };
        _storages = _storages.SetItem(m.Index, now);
        Tell(before, now);
        if (now.Sight != before.Sight || before.Health.IsAvailable is null)
        {
            foreach (var watcher in _watchers)
                watcher.Tell(Seen());
        }

        Timers.StartSingleTimer(now.Probe.Storage.Name, new Due(m.Index), _node.StorageProbing.Interval);
    }

    private void Tell(Watched before, Watched now)
    {
        var name = now.Probe.Storage.Name;
        if (now.Health.IsAvailable == false && before.Health.IsAvailable != false)
        {
            _log.Warning("{0}: the storage {1} is not reached any more: {2}", _node.Self, name, now.Health.LastError);
            _events.Tell(new RecordEvent(EventKinds.StorageDown, _node.Self.Value,
                $"{_node.Self} does not reach the storage {name}; no guest that uses it is placed there: {now.Health.LastError}"));
        }
        else if (now.Health.IsAvailable == true && before.Health.IsAvailable == false)
        {
            _log.Info("{0}: the storage {1} is reached again", _node.Self, name);
            _events.Tell(new RecordEvent(EventKinds.StorageUp, _node.Self.Value, $"{_node.Self} reaches the storage {name} again"));
        }

        if (now.HasFailed && !before.HasFailed)
        {
            _events.Tell(new RecordEvent(EventKinds.StorageDown, _node.Self.Value, FormattableString.Invariant(
                $"{_node.Self} has not reached the storage {name} for {_node.StorageProbing.FailAfter.TotalSeconds:0} s: what runs on it is given up as its on-storage-failure says")));
        }
    }

    private StoragesSeen Seen() => new(_storages.ToImmutableSortedDictionary(s => s.Probe.Storage.Name, s => s.Sight, StringComparer.Ordinal));

    private StorageStatus Status(Watched watched) => new(
        _node.Self, watched.Probe.Storage.Name, watched.Probe.Storage.Type.ToString().ToLowerInvariant(), watched.Probe.Storage.IsShared)
    {
        IsAvailable = watched.Health.IsAvailable,
        Latency = watched.LastGood?.Latency,
        UsedBytes = watched.LastGood?.UsedBytes,
        TotalBytes = watched.LastGood?.TotalBytes,
        LastError = watched.Health.LastError ?? "",
    };
}
