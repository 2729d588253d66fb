using System.Collections.Immutable;
using Akka.Actor;
using AkkaHa.Core.Model;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Events;

/// <summary>Something happened; the event log of the node stamps and keeps it.</summary>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
/// <param name="Subject">The node or resource it is about.</param>
/// <param name="Text">What happened, as a sentence.</param>
/// <param name="Epoch">The CRM's epoch, where a CRM tells it.</param>
public sealed record RecordEvent(string Kind, string Subject, string Text, Epoch Epoch = default);

/// <summary>Keeps the newest events of this node in memory and answers <see cref="EventsRequest"/>.</summary>
public sealed class EventLog : ReceiveActor
{
    private const int MaxEvents = 10_000;

    private ImmutableList<EventRecord> _events = [];
    private long _sequence;

    /// <summary>An empty log.</summary>
    /// <param name="self">The node whose events these are.</param>
    public EventLog(NodeName self)
    {
        Receive<RecordEvent>(e =>
        {
            _events = _events.Add(new EventRecord(++_sequence, Context.System.Scheduler.Now, self, e.Kind, e.Subject, e.Text, e.Epoch));
            if (_events.Count > MaxEvents)
                _events = _events.RemoveAt(0);
        });
        Receive<EventsRequest>(request =>
        {
            var limit = Math.Clamp(request.Limit, 1, MaxEvents);
            Sender.Tell(new EventsReply([.. _events.Where(e => e.Sequence > request.Since).Take(limit)]));
        });
    }
}
