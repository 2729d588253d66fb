using Akka.Embedded;

namespace Akka.Remote.Embedded;

/// <summary>
/// One side of a simulated connection, with what it has sent and what has not arrived yet. What it has to tell its
/// handler is told in order, one after another, outside of the network's lock.
/// </summary>
internal sealed class SimulatedEnd : IConnection
{
    private const int MaximumQueuedBytes = 64 * 1024 * 1024;

    private readonly SimulatedNetwork _network;
    private readonly RuntimeEnvironment _environment;
    private readonly SimulatedLine _line;
    private readonly string _node;
    private readonly string _other;
    private readonly IConnectionHandler _handler;
    private readonly Queue<(byte[] Frame, long SentAt)> _underWay = [];
    private readonly Queue<Action> _tellings = [];
    private bool _telling;
    private bool _headDue;
    private bool _headScheduled;
    private bool _goodbyeUnderWay;
    private long _headSince;
    private int _queuedBytes;
    private int _maximumFrameBytes = int.MaxValue;

    public SimulatedEnd(SimulatedNetwork network, SimulatedLine line, RuntimeEnvironment environment, string node, string other, IConnectionHandler handler)
    {
        _network = network;
        _environment = environment;
        _line = line;
        _node = node;
        _other = other;
        _handler = handler;
    }

    public string Peer => _other;

    public int QueuedBytes
    {
        get
        {
            lock (_network.Sync)
                return _queuedBytes;
        }
    }

    public bool IsClosed { get; private set; }

    public void AllowFrameBytes(int maximum)
    {
        lock (_network.Sync)
            _maximumFrameBytes = maximum;
    }

    public bool TrySend(ReadOnlySpan<byte> frame)
    {
        lock (_network.Sync)
        {
            if (IsClosed || _goodbyeUnderWay || _queuedBytes + frame.Length > MaximumQueuedBytes)
                return false;
            _queuedBytes += frame.Length;
            Enqueue(frame.ToArray());
            return true;
        }
    }

    public void Flush()
    {
        // Frames are under way from the moment they are sent.
    }

    public void Close(TimeSpan linger)
    {
        lock (_network.Sync)
        {
            if (IsClosed || _goodbyeUnderWay)
                return;
            if (linger == TimeSpan.Zero)
            {
                // Without linger the other side sees a reset at once, as far as it can be reached.
                _line.OtherEnd(this)?.HearClosedAfter(_underWay.Count == 0 ? TimeSpan.Zero : _network.DrawDelay(_node, _other));
                End(null);
                return;
            }

            _goodbyeUnderWay = true;
            Enqueue([]);
            _network.After(linger, () => End(null));
        }
    }

    public void Open() => Tell(() => _handler.OnOpened(this));

    /// <summary>The connection is gone for this side.</summary>
    public void Fail(Exception cause) => End(cause);

    /// <summary>This side has no power: nothing more is told to it, and nothing of what it sent arrives.</summary>
    public void Vanish()
    {
        IsClosed = true;
        _underWay.Clear();
        _tellings.Clear();
    }

    /// <summary>Takes out what is under way.</summary>
    public byte[][] TakeUnderWay()
    {
        byte[][] frames = [.. _underWay.Where(item => item.Frame.Length > 0).Select(item => item.Frame)];
        _underWay.Clear();
        return frames;
    }

    /// <summary>Lets what is due arrive, if nothing stands in its way.</summary>
    public void Pump()
    {
        while (_underWay.Count > 0 && !IsClosed)
        {
            if (!_headDue)
            {
                ScheduleHead();
                return;
            }

            if (_network.IsCut(_node, _other))
            {
                // After the fault it takes a retransmission until the head arrives.
                _headDue = false;
                _headScheduled = false;
                WatchPatience();
                return;
            }

            _headDue = false;
            _headScheduled = false;
            var (frame, _) = _underWay.Dequeue();
            _headSince = 0;
            _queuedBytes -= frame.Length;
            var receiver = _line.OtherEnd(this);
            if (frame.Length == 0)
            {
                receiver?.End(null);
                End(null);
                return;
            }

            receiver?.Receive(frame);
        }
    }

    private void Enqueue(byte[] frame)
    {
        _underWay.Enqueue((frame, _network.Time.GetTimestamp()));
        if (_underWay.Count == 1)
            ScheduleHead();
    }

    private void ScheduleHead()
    {
        if (_headScheduled || _network.IsCut(_node, _other))
        {
            if (!_headScheduled)
                WatchPatience();
            return;
        }

        _headScheduled = true;
        var (_, sentAt) = _underWay.Peek();
        // Frames that were sent together arrive together: the delay counts from sending, not from the predecessor's arrival.
        var delay = _network.DrawDelay(_node, _other) - _network.Time.GetElapsedTime(sentAt);
        _network.After(delay, () =>
        {
            if (!_headScheduled)
                return;
            _headDue = true;
            Pump();
        });
    }

    /// <summary>Something is under way and held back: how long does this side wait for it?</summary>
    private void WatchPatience()
    {
        if (_headSince != 0)
            return;
        var since = _headSince = Math.Max(1, _network.Time.GetTimestamp());
        _network.After(_network.UserTimeout, () =>
        {
            if (IsClosed || _headSince != since)
                return;
            _line.OtherEnd(this)?.HearClosedAfter(_network.UserTimeout);
            End(new RemoteTransportException($"What {_node} has sent to {_other} has not arrived within {_network.UserTimeout.TotalSeconds} s."));
        });
    }

    // Over a cut link the news does not come; then this side finds out by its own patience.
    private void HearClosedAfter(TimeSpan delay) => _network.After(
        _network.IsCut(_other, _node) && delay < _network.UserTimeout ? _network.UserTimeout : delay,
        () => End(new RemoteTransportException($"{_other} has closed the connection.")));

    /// <summary>A frame has arrived here.</summary>
    public void Receive(byte[] frame)
    {
        if (IsClosed || _goodbyeUnderWay)
            return;
        _network.DeliveredFrames++;
        Tell(() => Hand(frame));
    }

    private void Hand(byte[] frame)
    {
        try
        {
            if (frame.Length > _maximumFrameBytes)
                throw new Wire.MalformedFrameException($"a frame of {frame.Length} bytes, of which {_maximumFrameBytes} are allowed");
            _handler.OnFrame(frame);
            _handler.OnBatchEnd();
        }
        // As on a real connection: what the handler does not bear ends the connection.
        catch (Exception failure)
        {
            lock (_network.Sync)
            {
                _line.OtherEnd(this)?.HearClosedAfter(TimeSpan.Zero);
                End(failure);
            }
        }
    }

    private void End(Exception? cause)
    {
        if (IsClosed)
            return;
        IsClosed = true;
        _underWay.Clear();
        Tell(() => _handler.OnClosed(cause));
        _line.OnEndClosed();
    }

    private void Tell(Action telling)
    {
        _tellings.Enqueue(telling);
        if (_telling)
            return;
        _telling = true;
        _environment.Execute(TellAll);
    }

    private void TellAll()
    {
        while (true)
        {
            Action? telling;
            lock (_network.Sync)
            {
                if (!_tellings.TryDequeue(out telling))
                {
                    _telling = false;
                    return;
                }
            }

            telling();
        }
    }
}
