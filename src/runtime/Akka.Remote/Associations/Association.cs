using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <summary>
/// What this system shares with one other address: whom it talks to there, over which connection it sends, what waits,
/// and which system messages are not yet acknowledged. The receiving half is <see cref="InboundStream"/>.
/// </summary>
internal sealed partial class Association
{
    private readonly Remoting _remoting;
    private readonly Lock _lock = new();
    private readonly SystemMessageOutbox _outbox;
    private readonly WaitingMessages _waiting;
    private readonly ReconnectGate _gate;
    private readonly List<RemoteConnection> _established = [];
    private readonly InboundStream _inbound;
    private readonly List<WaitingMessage> _undeliverable = [];
    private RemoteConnection? _carrier;
    private RemoteConnection? _dial;
    private ulong _generation;
    private int? _uid;
    private bool _retired;
    private long _oldestUndeliveredAt;
    private long _lastProgressAt;

    public Association(Remoting remoting, Address remote)
    {
        _remoting = remoting;
        Remote = remote;
        _outbox = new SystemMessageOutbox(remoting.Settings.SysMsgBufferSize, remoting.Settings.SysResendLimit);
        _waiting = new WaitingMessages(remoting.SendQueueFrames, remoting.SendQueueBytes);
        _gate = new ReconnectGate(remoting.Settings.BackoffPeriod, remoting.Settings.RetryGateClosedFor, remoting.Time);
        _inbound = new InboundStream(remoting, this);
    }

    /// <summary>The address of the other system.</summary>
    public Address Remote { get; }

    /// <summary>The incarnation that was spoken to last; null before the first contact.</summary>
    public int? Uid
    {
        get
        {
            lock (_lock)
                return _uid;
        }
    }

    /// <summary>The number of the last system message of the other side that has been delivered here.</summary>
    public ulong DeliveredSystemMessages => _inbound.Delivered;

    /// <summary>Something waits for a connection.</summary>
    public bool HasWaiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count > 0 || !_outbox.IsEmpty;
        }
    }

    /// <summary>Something waits, and no connection has taken it up yet.</summary>
    public bool IsBeforeItsStream
    {
        get
        {
            lock (_lock)
                return _carrier is null && _waiting.Count > 0;
        }
    }

    /// <summary>Sends a message, opening a connection if there is none. False if the association has ended; another one must be asked for.</summary>
    public bool TrySend(object message, IActorRef? sender, RemoteActorRef recipient)
    {
        var writer = EnvelopeWriter.OfThread;
        if (!_remoting.Outbound.TryWrite(writer, message, sender, recipient))
            return true;
        var taken = message is ISystemMessage
            ? TrySendSystemMessage(writer.Frame.ToArray())
            : TrySendUserMessage(writer.Frame, message, sender, recipient);
        writer.Release();
        return taken;
    }

    private bool TrySendUserMessage(ReadOnlySpan<byte> frame, object message, IActorRef? sender, RemoteActorRef recipient)
    {
        RemoteConnection? flushed = null;
        var dropped = NotSent.No;
        lock (_lock)
        {
            if (_retired)
                return false;
            if (_carrier is null && _dial is null)
            {
                if (_gate.IsClosed || _remoting.IsShuttingDown)
                    dropped = NotSent.NoConnection;
                else
                    AdoptOrDial();
            }

            if (_carrier is not null)
            {
                if (_carrier.TrySend(frame))
                    flushed = _carrier;
                else
                    dropped = _carrier.IsClosing ? NotSent.NoConnection : NotSent.QueueFull;
            }
            else if (dropped == NotSent.No && !_waiting.TryAdd(frame, message, sender, recipient))
                dropped = NotSent.QueueFull;
        }

        flushed?.FlushSoon();
        if (dropped != NotSent.No)
            _remoting.DeadLetter(message, sender, recipient, dropped);
        return true;
    }

    private bool TrySendSystemMessage(byte[] frame)
    {
        RemoteConnection? flushed = null;
        int? overflowed = null;
        lock (_lock)
        {
            if (_retired)
                return false;
            if (_outbox.IsFull)
                overflowed = _uid ?? 0;
            else
            {
                if (_outbox.IsEmpty)
                    _oldestUndeliveredAt = _lastProgressAt = _remoting.Time.GetTimestamp();
                var sequenceNumber = _outbox.Add(frame);
                if (_carrier is null && _dial is null && !_gate.IsClosed && !_remoting.IsShuttingDown)
                    AdoptOrDial();
                if (_carrier is not null)
                {
                    WriteSystemMessages();
                    flushed = _carrier;
                }
                else
                    _waiting.AddSystemMessage(sequenceNumber);
            }
        }

        flushed?.FlushSoon();
        if (overflowed is { } uid)
            GiveUp(uid, $"more than {_remoting.Settings.SysMsgBufferSize} system messages wait for their acknowledgement (akka.remote.system-message-buffer-size)");
        return true;
    }

    /// <summary>Takes a connection that stands, or opens one.</summary>
    private void AdoptOrDial()
    {
        foreach (var connection in _established)
        {
            if (!connection.IsInbound || _remoting.Settings.UsePassiveConnections)
            {
                StartStream(connection);
                return;
            }
        }

        _dial = _remoting.Dial(this);
    }

    /// <summary>From now on the connection carries what is sent: first what was sent before it stood, in its order.</summary>
    private void StartStream(RemoteConnection connection)
    {
        _carrier = connection;
        connection.TrySend(WireProtocol.Frame(FrameKind.StreamStart, new StreamStart { Generation = ++_generation }));
        _outbox.Rewind();
        // System messages from before what waits are older than all of it.
        if (_waiting.FirstSystemMessage is { } first)
            WriteSystemMessages(first - 1);
        while (_waiting.TryTake(out var item))
        {
            if (item.SystemMessage > 0)
                WriteSystemMessages(item.SystemMessage);
            else if (!connection.TrySend(item.Frame))
                _undeliverable.Add(item);
        }

        WriteSystemMessages();
        _lastProgressAt = _remoting.Time.GetTimestamp();
        connection.FlushSoon();
    }

    private void WriteSystemMessages(ulong upTo = ulong.MaxValue)
    {
        while (_outbox.NextToSend(upTo) is { } frame && _carrier!.TrySend(frame))
            _outbox.Sent();
    }

    public void OnEnvelope(RemoteConnection connection, EnvelopeView envelope) => _inbound.OnEnvelope(connection, envelope);

    public void OnStreamStart(RemoteConnection connection, ulong generation) => _inbound.OnStreamStart(connection, generation);

    public void OnAcknowledgement(RemoteConnection connection, ulong delivered, bool gap)
    {
        lock (_lock)
        {
            if (connection.Uid != _uid)
                return;
            if (_outbox.Acknowledge(delivered))
                _oldestUndeliveredAt = _lastProgressAt = _remoting.Time.GetTimestamp();
            if (_carrier is null)
                return;
            if (gap && connection == _carrier)
                _outbox.Rewind();
            WriteSystemMessages();
            connection = _carrier;
        }

        connection.FlushSoon();
    }
}

/// <summary>Why a message did not leave.</summary>
internal enum NotSent
{
    No,
    NoConnection,
    QueueFull,
}
