using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Events;

/// <summary>An event as it is kept.</summary>
/// <param name="Sequence">Grows by one with every event of the node.</param>
/// <param name="At">Wall-clock time.</param>
/// <param name="Kind">What kind of event.</param>
/// <param name="Subject">The node or resource it is about.</param>
/// <param name="Text">What happened.</param>
/// <param name="Epoch">The CRM's epoch, where a CRM told it.</param>
/// <param name="By">Who caused it; empty where nobody in particular did.</param>
public sealed record StoredEvent(long Sequence, DateTimeOffset At, string Kind, string Subject, string Text, Epoch Epoch, string By);

/// <summary>Keeps the events of a node over restarts of its daemon.</summary>
public interface IEventStore
{
    /// <summary>The newest events, oldest first.</summary>
    Task<IReadOnlyList<StoredEvent>> NewestAsync(int limit);

    /// <summary>The first events after a sequence number, oldest first.</summary>
    Task<IReadOnlyList<StoredEvent>> AfterAsync(long sequence, int limit);

    /// <summary>Keeps further events, and lets the oldest beyond the retention go.</summary>
    Task AppendAsync(IReadOnlyList<StoredEvent> events);
}
