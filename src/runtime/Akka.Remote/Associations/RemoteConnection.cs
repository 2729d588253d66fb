using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Akka.Remote.Embedded;
using Akka.Remote.Wire;
using Google.Protobuf;

namespace Akka.Remote.Associations;

/// <summary>
/// One connection with another system: introduces the two to each other, then hands what arrives to the association.
/// Frames, batches and the end come one after another; <see cref="Tick"/> comes from elsewhere.
/// </summary>
internal sealed partial class RemoteConnection : IConnectionHandler, IEndOfTurnWork
{
    // A turn that sends much need not end before the kernel gets something to do.
    private const int FlushAtOnceBytes = 32 * 1024;

    private readonly Remoting _remoting;
    private readonly Address? _dialled;
    private readonly long _createdAt;
    private volatile IConnection? _connection;
    private volatile Association? _association;
    private volatile bool _established;
    private FailureDetector? _failureDetector;
    private long _lastHeartbeatAt;
    private bool _acknowledgementDue;
    private bool _gapSeen;
    private int _closed;
    private int _unflushedBytes;

    /// <param name="remoting">What the connection belongs to.</param>
    /// <param name="dialled">Whom this side has dialled; null if it was dialled.</param>
    public RemoteConnection(Remoting remoting, Association? dialled)
    {
        _remoting = remoting;
        _dialled = dialled?.Remote;
        _association = dialled;
        _createdAt = remoting.Time.GetTimestamp();
        Inbound = new InboundResolution(remoting);
    }

    /// <summary>The other side has opened it.</summary>
    public bool IsInbound => _dialled is null;

    /// <summary>Both sides know each other.</summary>
    public bool IsEstablished
    {
        get => _established;
        private set => _established = value;
    }

    /// <summary>Messages wait until it is established, or until it carries them although it is: it is closed when they are written.</summary>
    public bool IsAwaited => _association is { } association && (IsEstablished ? association.IsBeforeItsStream : association.HasWaiting);

    /// <summary>It takes nothing any more.</summary>
    public bool IsClosing => Volatile.Read(ref _closed) != 0;

    /// <summary>The incarnation at the other end, once established.</summary>
    public int Uid { get; private set; }

    /// <summary>What has been looked up for this connection.</summary>
    public InboundResolution Inbound { get; }

    public string Peer => _connection?.Peer ?? _dialled?.ToString() ?? "an unknown peer";

    public void OnOpened(IConnection connection)
    {
        _connection = connection;
        if (Volatile.Read(ref _closed) != 0)
        {
            connection.Close(TimeSpan.Zero);
            return;
        }

        if (_dialled is null)
            return;
        SendNow(WireProtocol.Frame(FrameKind.Hello, new Hello
        {
            ProtocolVersion = WireProtocol.Version,
            Address = _remoting.LocalAddress.ToString(),
            Uid = _remoting.LocalUid,
            TargetAddress = _dialled.ToString(),
        }));
    }

    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        if (frame.IsEmpty)
            throw new MalformedFrameException("an empty frame");
        var kind = (FrameKind)frame[0];
        var body = frame[1..];
        if (IsEstablished)
            OnEstablishedFrame(kind, body);
        else if (IsInbound)
            OnHello(kind, body);
        else
            OnAnswerToHello(kind, body);
    }

    public void OnBatchEnd()
    {
        if (!_acknowledgementDue)
            return;
        _acknowledgementDue = false;
        SendNow(WireProtocol.Frame(FrameKind.Acknowledgement, new Acknowledgement { Delivered = _association!.DeliveredSystemMessages, Gap = _gapSeen }));
        _gapSeen = false;
    }

    public void OnClosed(Exception? cause)
    {
        // A dial that is closed without an answer has failed, however orderly it was closed.
        if (cause is null && !IsEstablished && !IsInbound && Volatile.Read(ref _closed) == 0)
            cause = new RemoteTransportException($"{Peer} closed the connection without an answer.");
        Volatile.Write(ref _closed, 1);
        _remoting.Forget(this);
        if (cause is MalformedFrameException or InvalidProtocolBufferException)
        {
            _remoting.Counters.CountMalformed();
            _remoting.Hostile.Warning("malformed", $"The connection with {Peer} was closed, because it brought {cause.Message}.");
        }

        if (_association is { } association)
            association.OnConnectionClosed(this, cause);
        else if (cause is not (null or MalformedFrameException or InvalidProtocolBufferException))
            TurnAway($"A connection from {Peer} ended before it introduced itself: {cause.Message}");
    }

    /// <summary>Takes a copy of the frame; false if too much waits or the connection is closed. It leaves with <see cref="Flush"/>.</summary>
    public bool TrySend(ReadOnlySpan<byte> frame)
    {
        _unflushedBytes += frame.Length;
        return _connection!.TrySend(frame);
    }

    /// <summary>Writes what was sent: at the end of the running actor's turn, if it is one who sends.</summary>
    public void FlushSoon()
    {
        if (_unflushedBytes >= FlushAtOnceBytes || !EndOfTurn.TryAdd(this))
            Flush();
    }

    public void Flush()
    {
        _unflushedBytes = 0;
        _connection!.Flush();
    }

    void IEndOfTurnWork.RunAtEndOfTurn() => Flush();

    /// <summary>System messages have been received, or seen to be missing: say so when the present batch is through.</summary>
    public void AcknowledgeLater(bool gap)
    {
        _acknowledgementDue = true;
        _gapSeen |= gap;
    }

    /// <summary>Says why, and closes once that is written.</summary>
    public void Close(CloseReason reason)
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        if (_connection is not { } connection)
        {
            // Still being dialled: when it stands, it is closed at once.
            _remoting.Forget(this);
            return;
        }

        if (IsEstablished)
            connection.TrySend(WireProtocol.Frame(FrameKind.Disassociate, new Disassociate { Reason = reason }));
        connection.Close(_remoting.Settings.FlushWait);
    }

    /// <summary>Keeps the connection alive, and ends it if the other side is silent for too long.</summary>
    public void Tick(long now)
    {
        if (!IsEstablished)
        {
            if (_remoting.Time.GetElapsedTime(_createdAt, now) > _remoting.ProtocolSettings.HandshakeTimeout)
                Abort(new RemoteTransportException($"{Peer} did not introduce itself within {_remoting.ProtocolSettings.HandshakeTimeout.TotalSeconds} s (akka.remote.handshake-timeout)."));
            return;
        }

        if (_remoting.Time.GetElapsedTime(_lastHeartbeatAt, now) >= _remoting.ProtocolSettings.TransportHeartBeatInterval)
        {
            _lastHeartbeatAt = now;
            SendNow(WireProtocol.Heartbeat);
        }
        else if (_unflushedBytes > 0)
        {
            // The turn that sent takes long.
            Flush();
        }

        if (!_failureDetector!.IsAvailable)
            Abort(new RemoteTransportException($"{Peer} sent no heartbeat for too long (akka.remote.transport-failure-detector)."));
    }

    private void Abort(RemoteTransportException cause)
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        if (_association is null)
            TurnAway($"{cause.Message} The connection is closed.");
        else
            _remoting.Log.Warning("{0} The connection is closed.", cause.Message);
        _connection?.Close(TimeSpan.Zero);
        _association?.OnConnectionClosed(this, cause);
    }

    private void OnEstablishedFrame(FrameKind kind, ReadOnlySpan<byte> body)
    {
        switch (kind)
        {
            case FrameKind.Envelope:
                _association!.OnEnvelope(this, EnvelopeView.Parse(body));
                break;
            case FrameKind.Acknowledgement:
                var acknowledgement = Acknowledgement.Parser.ParseFrom(body);
                _association!.OnAcknowledgement(this, acknowledgement.Delivered, acknowledgement.Gap);
                break;
            case FrameKind.Heartbeat:
                _failureDetector!.HeartBeat();
                break;
            case FrameKind.StreamStart:
                _association!.OnStreamStart(this, StreamStart.Parser.ParseFrom(body).Generation);
                break;
            case FrameKind.Disassociate:
                _association!.OnDisassociate(Disassociate.Parser.ParseFrom(body).Reason);
                _connection!.Close(TimeSpan.Zero);
                break;
            default:
                throw new MalformedFrameException($"a frame of the unknown kind {(int)kind}");
        }
    }

    private void SendNow(ReadOnlySpan<byte> frame)
    {
        var connection = _connection!;
        connection.TrySend(frame);
        connection.Flush();
    }
}
