namespace Akka.Remote.Associations;

/// <summary>
/// The system messages to one incarnation that are not yet acknowledged, and which of them have been written to the
/// present connection. At most a window of them is unacknowledged on the wire. Not thread safe: the association's lock guards it.
/// </summary>
internal sealed class SystemMessageOutbox(int capacity, int window)
{
    private readonly List<byte[]> _frames = [];
    private int _head;
    private ulong _acknowledged;
    private ulong _next = 1;

    /// <summary>How many wait for their acknowledgement.</summary>
    public int Count => _frames.Count - _head;

    public bool IsEmpty => Count == 0;

    public bool IsFull => Count >= capacity;

    private ulong Last => _acknowledged + (ulong)Count;

    /// <summary>Takes a frame in and gives it its number.</summary>
    public ulong Add(byte[] frame)
    {
        _frames.Add(frame);
        Wire.EnvelopeWriter.SetSequenceNumber(frame, Last);
        return Last;
    }

    /// <summary>The next frame to write, up to the given number; null when there is none, or the window is full.</summary>
    public byte[]? NextToSend(ulong upTo = ulong.MaxValue) =>
        _next <= Math.Min(Last, upTo) && _next - _acknowledged <= (ulong)window
            ? _frames[_head + (int)(_next - _acknowledged - 1)]
            : null;

    /// <summary>The frame that <see cref="NextToSend"/> gave has been written.</summary>
    public void Sent() => _next++;

    /// <summary>All up to the number have been delivered. False if that was known, or is impossible.</summary>
    public bool Acknowledge(ulong delivered)
    {
        if (delivered <= _acknowledged || delivered > Last)
            return false;
        _head += (int)(delivered - _acknowledged);
        _acknowledged = delivered;
        _next = Math.Max(_next, delivered + 1);
        if (_head > 64 && _head > _frames.Count / 2)
        {
            _frames.RemoveRange(0, _head);
            _head = 0;
        }
        else
        {
            for (var done = _head - 1; done >= 0 && _frames[done].Length > 0; done--)
                _frames[done] = [];
        }

        return true;
    }

    /// <summary>Begins again with the first one that is not acknowledged.</summary>
    public void Rewind() => _next = _acknowledged + 1;

    /// <summary>A new incarnation is spoken to: what was meant for the old one is void, and the numbers begin again.</summary>
    public void Reset()
    {
        _frames.Clear();
        _head = 0;
        _acknowledged = 0;
        _next = 1;
    }
}
