using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using Akka.Embedded;
using Akka.Remote.Embedded;
using Akka.Remote.Wire;

namespace Akka.Remote.Network.Tcp;

/// <summary>
/// A connection over a socket. What is sent while a write is on its way is collected and goes out with the next one,
/// so that many small frames become few large writes. Reading and all calls of the handler happen in one loop. The loop lends its thread to the
/// actors it has woken, since their answers often are what the other side waits for; one that keeps the thread for long makes the loop go on at another.
/// </summary>
internal sealed class TcpConnection : IConnection, ILender
{
    private const int ReadBufferBytes = 64 * 1024;

    // Reading what has arrived must not keep those who got the first of it waiting.
    private const int FramesBetweenLooks = 32;
    private static readonly TimeSpan LongBatch = TimeSpan.FromMicroseconds(50);

    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly RuntimeEnvironment _environment;
    private readonly TimeProvider _time;
    private readonly ReceivePoll? _poll;
    private readonly PipeReader _reader;
    private readonly int _maximumQueuedBytes;
    private readonly Lock _sendLock = new();
    private SendBuffer _filling = new();
    private SendBuffer _writing = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IConnectionHandler? _handler;
    private bool _writeInProgress;
    private bool _refusesSends;
    private bool _released;
    private volatile bool _closing;
    private volatile int _maximumFrameBytes = WireProtocol.MaximumHandshakeBytes;

    public TcpConnection(Socket socket, Stream stream, string peer, TcpSettings settings, RuntimeEnvironment environment)
    {
        _socket = socket;
        _stream = stream;
        _environment = environment;
        _time = environment.Time;
        _maximumQueuedBytes = settings.SendQueueBytes;
        _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ReadBufferBytes, minimumReadSize: ReadBufferBytes / 8, leaveOpen: true));
        // TLS may hold bytes that the socket does not show any more.
        if (stream is NetworkStream && settings.ReceivePoll > TimeSpan.Zero)
            _poll = new ReceivePoll(socket, settings.ReceivePoll, _time);
        Peer = peer;
    }

    public string Peer { get; }

    public int QueuedBytes
    {
        get
        {
            lock (_sendLock)
                return _filling.Length;
        }
    }

    public void AllowFrameBytes(int maximum) => _maximumFrameBytes = maximum;

    public bool TrySend(ReadOnlySpan<byte> frame)
    {
        lock (_sendLock)
        {
            if (_refusesSends || _filling.Length + WireProtocol.LengthPrefixBytes + frame.Length > _maximumQueuedBytes)
                return false;
            _filling.Append(frame);
            return true;
        }
    }

    public void Flush()
    {
        if (TakeFilled())
            _ = WriteAsync();
    }

    public void Close(TimeSpan linger)
    {
        lock (_sendLock)
        {
            if (_closing)
                return;
            _refusesSends = true;
            _closing = true;
        }

        _ = CloseAsync(linger);
    }

    /// <summary>Reads until the connection ends, and tells the handler that it has. The task may end before, when reading goes on at another thread.</summary>
    public Task ReadAsync(IConnectionHandler handler)
    {
        _handler = handler;
        return ReadOnAsync();
    }

    void ILender.GoOnElsewhere() => _environment.Execute(() => _ = ReadOnAsync());

    private async Task ReadOnAsync()
    {
        Exception? cause = null;
        try
        {
            while (true)
            {
                var read = await ReadNextAsync().ConfigureAwait(false);
                if (!Deliver(read, out var isWhole))
                    return;
                if (!read.IsCompleted)
                    continue;
                if (!isWhole && !_closing)
                    throw new MalformedFrameException("a connection that ended within a frame");
                break;
            }
        }
        // Whatever goes wrong while reading, in the network or in what was received, ends this connection and nothing else.
        catch (Exception failure)
        {
            cause = _closing ? null : failure;
        }

        await _reader.CompleteAsync().ConfigureAwait(false);
        Release();
        _handler!.OnClosed(cause);
    }

    private async ValueTask<ReadResult> ReadNextAsync()
    {
        if (_poll is null)
            return await _reader.ReadAsync().ConfigureAwait(false);
        var began = _time.GetTimestamp();
        _poll.Poll(began);
        var reading = _reader.ReadAsync();
        if (reading.IsCompleted)
            return reading.Result;
        var read = await reading.ConfigureAwait(false);
        _poll.Waited(_time.GetElapsedTime(began));
        return read;
    }

    /// <summary>Delivers the whole frames, and lets those who got them act at once.</summary>
    /// <returns>False if that took long: another thread reads on, and this one must not.</returns>
    private bool Deliver(ReadResult read, out bool isWhole)
    {
        var loop = read.IsCompleted ? null : WorkerLoop.Borrow();
        try
        {
            var unread = Deliver(read.Buffer, loop);
            _reader.AdvanceTo(unread.Start, unread.End);
            isWhole = unread.IsEmpty;
        }
        catch
        {
            loop?.EndBorrowing();
            throw;
        }

        return loop is null || loop.RunBorrowed(this);
    }

    private ReadOnlySequence<byte> Deliver(ReadOnlySequence<byte> received, WorkerLoop? loop)
    {
        var handler = _handler!;
        var began = _time.GetTimestamp();
        var frames = 0;
        while (received.Length >= WireProtocol.LengthPrefixBytes)
        {
            var length = ReadLength(received);
            // Checked before anything is allocated for it: what is announced is only a claim.
            if (length == 0 || length > (uint)_maximumFrameBytes)
            {
                throw new MalformedFrameException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"a frame announced with {length} bytes, of which {_maximumFrameBytes} are allowed (akka.remote.dot-netty.tcp.maximum-frame-size)"));
            }

            var end = WireProtocol.LengthPrefixBytes + (long)length;
            if (received.Length < end)
                break;
            var frame = received.Slice(WireProtocol.LengthPrefixBytes, length);
            received = received.Slice(end);
            if (_closing)
                continue;
            if (frame.IsSingleSegment)
                handler.OnFrame(frame.FirstSpan);
            else
                DeliverCopy(frame, handler);
            if (++frames % FramesBetweenLooks == 0 && _time.GetElapsedTime(began) > LongBatch)
                loop?.GiveAway();
        }

        if (frames > 0)
            handler.OnBatchEnd();
        return received;
    }

    private static uint ReadLength(ReadOnlySequence<byte> received)
    {
        var first = received.FirstSpan;
        if (first.Length >= WireProtocol.LengthPrefixBytes)
            return BinaryPrimitives.ReadUInt32BigEndian(first);
        Span<byte> bytes = stackalloc byte[WireProtocol.LengthPrefixBytes];
        received.Slice(0, WireProtocol.LengthPrefixBytes).CopyTo(bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private static void DeliverCopy(ReadOnlySequence<byte> frame, IConnectionHandler handler)
    {
        var length = (int)frame.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            frame.CopyTo(copy);
            handler.OnFrame(copy.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            do
            {
                await _stream.WriteAsync(_writing.Written).ConfigureAwait(false);
            }
            while (TakeNext());
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The reading loop hears of it, too, and tells the handler.
            AbandonWrites();
            Dispose();
        }
    }

    /// <summary>Makes what was filled the next write, if none is on its way.</summary>
    private bool TakeFilled()
    {
        lock (_sendLock)
        {
            if (_writeInProgress || _released || _filling.Length == 0)
                return false;
            _writeInProgress = true;
            (_filling, _writing) = (_writing, _filling);
            return true;
        }
    }

    private bool TakeNext()
    {
        lock (_sendLock)
        {
            _writing.Clear();
            if (_filling.Length == 0 || _released)
            {
                _writeInProgress = false;
                if (_released)
                    ReleaseBuffers();
                if (_closing)
                    _drained.TrySetResult();
                return false;
            }

            (_filling, _writing) = (_writing, _filling);
            return true;
        }
    }

    private void AbandonWrites()
    {
        lock (_sendLock)
        {
            _refusesSends = true;
            _writeInProgress = false;
            if (_released)
                ReleaseBuffers();
            _drained.TrySetResult();
        }
    }

    private async Task CloseAsync(TimeSpan linger)
    {
        var start = _time.GetTimestamp();
        try
        {
            Flush();
            if (!IsWriting())
                _drained.TrySetResult();
            await _drained.Task.WaitAsync(linger, _time).ConfigureAwait(false);
            if (_stream is SslStream tls)
                await tls.ShutdownAsync().ConfigureAwait(false);
            // Closing with unread input would reset the connection, and the last words would be lost at the other side.
            // So the sending half is closed first, and the rest when the other side has closed its own or the linger ends.
            _socket.Shutdown(SocketShutdown.Send);
            var rest = linger - _time.GetElapsedTime(start);
            await _ended.Task.WaitAsync(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, _time).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or InvalidOperationException or TimeoutException)
        {
            // The other side did not take part in closing, or was gone before.
        }

        Dispose();
    }

    private bool IsWriting()
    {
        lock (_sendLock)
            return _writeInProgress;
    }

    private void Release()
    {
        lock (_sendLock)
        {
            _refusesSends = true;
            if (!_released)
            {
                _released = true;
                if (!_writeInProgress)
                    ReleaseBuffers();
            }
        }

        Dispose();
        _ended.TrySetResult();
    }

    private void ReleaseBuffers()
    {
        _filling.Release();
        _writing.Release();
    }

    private void Dispose()
    {
        _socket.Dispose();
        _stream.Dispose();
    }
}
