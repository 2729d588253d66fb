using Akka.Event;

namespace Akka.Persistence.Journal;

/// <summary>
/// Looks at the events of one recovery for those of an older writer among those of a newer one, which two incarnations leave that ran at
/// the same time, and treats them as its mode says. A window of events is held back, since an older writer shows only when the newer one does.
/// </summary>
internal sealed class ReplayFilter(ReplayFilterSettings settings, string persistenceId, ILoggingAdapter log, Action<IPersistentRepresentation> emit)
{
    private readonly LinkedList<IPersistentRepresentation> _window = new();
    private readonly Queue<string> _oldWriters = new();
    private string? _writer;
    private long _lastSequenceNr;

    /// <exception cref="InvalidOperationException">The event is out of order, and the mode is to fail.</exception>
    public void Next(IPersistentRepresentation representation)
    {
        if (settings.Debug) log.Debug("{0}: replays event {1} of writer {2}", persistenceId, representation.SequenceNr, representation.WriterGuid);
        if (settings.Mode == ReplayFilterMode.Disabled)
        {
            emit(representation);
            return;
        }

        if (_window.Count >= settings.WindowSize && _window.First is { } oldest)
        {
            _window.RemoveFirst();
            emit(oldest.Value);
        }

        if (representation.WriterGuid == _writer)
        {
            if (representation.SequenceNr < _lastSequenceNr)
            {
                if (Object($"event {representation.SequenceNr} comes after {_lastSequenceNr} of the same writer {_writer}")) _window.AddLast(representation);
                return;
            }
        }
        else if (_oldWriters.Contains(representation.WriterGuid))
        {
            if (Object($"event {representation.SequenceNr} is of the older writer {representation.WriterGuid}, among those of {_writer}"))
                _window.AddLast(representation);
            return;
        }
        else
        {
            ChangeWriter(representation);
        }

        _lastSequenceNr = representation.SequenceNr;
        _window.AddLast(representation);
    }

    public void End()
    {
        foreach (var representation in _window) emit(representation);
        _window.Clear();
    }

    private void ChangeWriter(IPersistentRepresentation first)
    {
        if (_writer is not null)
        {
            _oldWriters.Enqueue(_writer);
            if (_oldWriters.Count > settings.MaxOldWriters) _oldWriters.Dequeue();
        }

        _writer = first.WriterGuid;
        for (var node = _window.First; node is not null;)
        {
            var next = node.Next;
            var held = node.Value;
            if (held.SequenceNr >= first.SequenceNr
                && !Object($"event {held.SequenceNr} of writer {held.WriterGuid} was written again by {first.WriterGuid} from {first.SequenceNr} on"))
                _window.Remove(node);
            node = next;
        }
    }

    // Says whether the event is passed on all the same.
    private bool Object(string what)
    {
        switch (settings.Mode)
        {
            case ReplayFilterMode.Fail:
                throw new InvalidOperationException(
                    $"The journal of {persistenceId} is corrupt: {what}. Two incarnations wrote at the same time; nothing was replayed beyond this.");
            case ReplayFilterMode.Warn:
                log.Warning("{0}: {1}; it is replayed (replay-filter.mode = warn)", persistenceId, what);
                return true;
            default:
                log.Warning("{0}: {1}; it is dropped (replay-filter.mode = repair-by-discard-old)", persistenceId, what);
                return false;
        }
    }
}
