using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <summary>
/// The receiving half of an association: which connection carries the other side's envelopes now, and which of its
/// system messages have been delivered. Checking and delivering are one step under the lock, so that a connection that
/// has just been replaced cannot slip a message in behind its successor's.
/// </summary>
internal sealed class InboundStream(Remoting remoting, Association association)
{
    private readonly Lock _lock = new();
    private int? _uid;
    private RemoteConnection? _carrier;
    private ulong _generation;
    private ulong _delivered;

    public ulong Delivered
    {
        get
        {
            lock (_lock)
                return _delivered;
        }
    }

    /// <summary>The incarnation that is spoken to now. Another than before begins from nothing.</summary>
    public void OnIncarnation(int uid)
    {
        lock (_lock)
        {
            if (_uid == uid)
                return;
            _uid = uid;
            _carrier = null;
            _generation = 0;
            _delivered = 0;
        }
    }

    public void OnStreamStart(RemoteConnection connection, ulong generation)
    {
        lock (_lock)
        {
            if (connection.Uid != _uid || generation <= _generation)
                return;
            _generation = generation;
            _carrier = connection;
        }
    }

    public void OnEnvelope(RemoteConnection connection, EnvelopeView envelope)
    {
        lock (_lock)
        {
            if (_carrier != connection)
            {
                remoting.Counters.CountStaleFrame();
                return;
            }

            if (envelope.SequenceNumber != 0)
            {
                var isNext = envelope.SequenceNumber == _delivered + 1;
                connection.AcknowledgeLater(gap: envelope.SequenceNumber > _delivered + 1);
                if (!isNext)
                    return;
                // Counted as delivered even if it cannot be read: sending it again would not help.
                _delivered++;
            }

            connection.Inbound.Deliver(envelope, association);
        }
    }

    public void OnConnectionClosed(RemoteConnection connection)
    {
        lock (_lock)
        {
            if (_carrier == connection)
                _carrier = null;
        }
    }

    /// <summary>Nothing of what may still arrive on present connections is wanted; if for good, on later ones of this incarnation neither.</summary>
    public void CutOff(bool forGood)
    {
        lock (_lock)
        {
            _carrier = null;
            if (forGood)
                _generation = ulong.MaxValue;
        }
    }
}
