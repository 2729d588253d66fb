using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Events;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Events;

/// <summary>Something happened; the event log of the node stamps and keeps it.</summary>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
/// <param name="Subject">The node or resource it is about.</param>
/// <param name="Text">What happened, as a sentence.</param>
/// <param name="Epoch">The CRM's epoch, where a CRM tells it.</param>
public sealed record RecordEvent(string Kind, string Subject, string Text, Epoch Epoch = default)
{
    /// <summary>Who caused it: an operator; empty where HA did by itself.</summary>
    public string By { get; init; } = "";
}

/// <summary>
/// Keeps the newest events of this node in memory and all within the retention in the node's event store, and answers
/// <see cref="EventsRequest"/>. A store that fails costs the events on it, never the work of the node.
/// </summary>
public sealed class EventLog : ReceiveActor, IWithTimers, IWithUnboundedStash
{
    private const int MaxEvents = 10_000;

    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(200);

    private sealed record Flush
    {
        public static Flush Instance { get; } = new();
    }

    private sealed record Restored(IReadOnlyList<StoredEvent> Events);

    private sealed record NotRestored(Exception Cause);

    private sealed record Written;

    private sealed record NotWritten(Exception Cause);

    private readonly NodeName _self;
    private readonly IEventStore? _store;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private ImmutableList<EventRecord> _events = [];
    private List<StoredEvent> _unwritten = [];
    private bool _isWriting;
    private long _sequence;

    /// <summary>Takes up where the store ends.</summary>
    /// <param name="self">The node whose events these are.</param>
    /// <param name="store">Keeps them over restarts; null for memory alone.</param>
    public EventLog(NodeName self, IEventStore? store = null)
    {
        _self = self;
        _store = store;
        if (store is null)
        {
            Working();
            return;
        }

        Receive<Restored>(m =>
        {
            _events = [.. m.Events.Select(Shown)];
            _sequence = m.Events.Count > 0 ? m.Events[^1].Sequence : 0;
            Begin();
        });
        Receive<NotRestored>(m =>
        {
            // Numbered by the clock: nothing that is in the store already is written over.
            _sequence = Context.System.Scheduler.Now.ToUnixTimeMilliseconds() * 1000;
            _log.Warning("{0}: the event store cannot be read ({1}); older events are not shown", _self, m.Cause.Message);
            Begin();
        });
        ReceiveAny(_ => Stash.Stash());
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc />
    public IStash Stash { get; set; } = null!;

    /// <inheritdoc />
    protected override void PreStart() =>
        _store?.NewestAsync(MaxEvents).PipeTo(Self, Self, events => new Restored(events), cause => new NotRestored(cause));

    /// <inheritdoc />
    protected override void PostStop()
    {
        // Nobody is left to be told how it went.
        if (_unwritten.Count > 0)
            _ = _store?.AppendAsync(_unwritten);
    }

    private void Begin()
    {
        Become(Working);
        Stash.UnstashAll();
    }

    private void Working()
    {
        Receive<RecordEvent>(Take);
        Receive<EventsRequest>(Answer);
        Receive<Flush>(_ => Write());
        Receive<Written>(_ =>
        {
            _isWriting = false;
            Plan();
        });
        Receive<NotWritten>(m =>
        {
            _isWriting = false;
            _log.Warning("{0}: events could not be kept ({1})", _self, m.Cause.Message);
            Plan();
        });
    }

    private void Take(RecordEvent e)
    {
        var record = new EventRecord(++_sequence, Context.System.Scheduler.Now, _self, e.Kind, e.Subject, e.Text, e.Epoch) { By = e.By };
        _events = _events.Add(record);
        if (_events.Count > MaxEvents)
            _events = _events.RemoveAt(0);
        if (_store is null)
            return;
        if (_unwritten.Count < MaxEvents)
            _unwritten.Add(new StoredEvent(record.Sequence, record.At, e.Kind, e.Subject, e.Text, e.Epoch, e.By));
        Plan();
    }

    private void Answer(EventsRequest request)
    {
        var limit = Math.Clamp(request.Limit, 1, MaxEvents);
        if (_store is null || _events.IsEmpty || request.Since + 1 >= _events[0].Sequence || request.Since == 0)
        {
            Sender.Tell(new EventsReply([.. _events.Where(e => e.Sequence > request.Since).Take(limit)]));
            return;
        }

        var self = this;
        _store.AfterAsync(request.Since, limit).PipeTo(
            Sender, Self, events => new EventsReply([.. events.Select(self.Shown)]), _ => new EventsReply([]));
    }

    private void Plan()
    {
        if (!_isWriting && _unwritten.Count > 0 && !Timers.IsTimerActive("flush"))
            Timers.StartSingleTimer("flush", Flush.Instance, FlushInterval);
    }

    private void Write()
    {
        if (_isWriting || _unwritten.Count == 0)
            return;
        _isWriting = true;
        var batch = _unwritten;
        _unwritten = [];
        _store!.AppendAsync(batch).PipeTo(Self, Self, () => new Written(), cause => new NotWritten(cause));
    }

    private EventRecord Shown(StoredEvent e) => new(e.Sequence, e.At, _self, e.Kind, e.Subject, e.Text, e.Epoch) { By = e.By };
}
