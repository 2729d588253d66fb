using Akka.Event;
using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <summary>How connections come and go, and when the other system is given up.</summary>
internal sealed partial class Association
{
    // Two are normal. A peer that opens more and more loses its oldest.
    private const int MaximumEstablished = 16;

    /// <summary>
    /// Ends the association if nobody has ever answered under the address and nothing is left to do. Once somebody has, the
    /// numbers of the system messages must be kept as long as that incarnation may live.
    /// </summary>
    public bool TryRetire()
    {
        lock (_lock)
        {
            if (_uid is null && _dial is null && _established.Count == 0 && _outbox.IsEmpty && _waiting.Count == 0 && !_gate.IsClosed)
                _retired = true;
            return _retired;
        }
    }

    /// <summary>A peer has introduced itself under the address. False if the association has just ended.</summary>
    public bool TryReserve(int uid)
    {
        lock (_lock)
        {
            if (_retired)
                return false;
            _uid ??= uid;
            return true;
        }
    }

    /// <summary>A connection has been introduced.</summary>
    public void OnEstablished(RemoteConnection connection)
    {
        List<RemoteConnection>? superseded = null;
        lock (_lock)
        {
            if (_uid is { } old && old != connection.Uid)
            {
                // Another incarnation has the address now. The old one is dead; should frames of it still arrive, they must not bring it back.
                _remoting.Quarantine.AddSuperseded(Remote, old);
                superseded = [.. _established];
                _established.Clear();
                _carrier = null;
                _outbox.Reset();
                _waiting.ForgetSystemMessages();
            }

            _uid = connection.Uid;
            _established.Add(connection);
            if (_established.Count > MaximumEstablished && _established.Find(one => one != _carrier) is { } oldest)
            {
                _established.Remove(oldest);
                (superseded ??= []).Add(oldest);
            }

            if (_dial == connection)
                _dial = null;
            _gate.Open();
        }

        _inbound.OnIncarnation(connection.Uid);
        foreach (var stale in superseded ?? [])
            stale.Close(CloseReason.Unknown);
        _remoting.Events.Publish(new AssociatedEvent(_remoting.LocalAddress, Remote, connection.IsInbound));
        lock (_lock)
        {
            if (_carrier is null && connection.Uid == _uid && (_waiting.Count > 0 || !_outbox.IsEmpty))
                AdoptOrDial();
        }

        PublishUndeliverable();
        if (_remoting.IsShuttingDown)
            connection.Close(CloseReason.Shutdown);
    }

    /// <summary>A connection has ended, or was never made.</summary>
    public void OnConnectionClosed(RemoteConnection connection, Exception? cause)
    {
        bool wasEstablished;
        lock (_lock)
        {
            wasEstablished = _established.Remove(connection);
            var wasDial = _dial == connection;
            if (wasDial)
                _dial = null;
            var wasCarrier = _carrier == connection;
            if (wasCarrier)
                _carrier = null;
            if ((wasCarrier || wasDial) && _carrier is null && _dial is null)
            {
                if (_established.Count > 0 && _remoting.Settings.UsePassiveConnections)
                    AdoptOrDial();
                else
                {
                    _gate.Close();
                    _waiting.TakeAll(_undeliverable);
                }
            }
        }

        _inbound.OnConnectionClosed(connection);
        if (wasEstablished)
            _remoting.Events.Publish(new DisassociatedEvent(_remoting.LocalAddress, Remote, connection.IsInbound));
        if (cause is not null && !_remoting.IsShuttingDown)
            _remoting.Events.Publish(new AssociationErrorEvent(cause, _remoting.LocalAddress, Remote, connection.IsInbound, LogLevel.WarningLevel));
        PublishUndeliverable();
    }

    /// <summary>The other side has said why it closes the connection.</summary>
    public void OnDisassociate(CloseReason reason)
    {
        if (reason == CloseReason.Quarantined)
            OnQuarantinedThere();
        else
            _remoting.Log.Debug("{0} has closed the connection ({1}).", Remote, reason);
    }

    /// <summary>The other side does not want to talk.</summary>
    public void OnRefused(CloseReason reason)
    {
        if (reason == CloseReason.Quarantined)
            OnQuarantinedThere();
    }

    /// <summary>Cuts off an incarnation of the other system for good. Without a uid the address is only left alone for a while.</summary>
    public void Quarantine(int? uid, string reason)
    {
        if (uid is not { } incarnation)
        {
            _remoting.Log.Warning("{0} is to be quarantined ({1}), but its UID is not known; it is gated for {2} s instead.", Remote, reason, _remoting.Settings.RetryGateClosedFor.TotalSeconds);
            CutOff(null);
            return;
        }

        if (!_remoting.Quarantine.Add(Remote, incarnation))
            return;
        _remoting.Log.Warning("{0} with UID {1} is quarantined: {2}.", Remote, incarnation, reason);
        CutOff(incarnation);
        _remoting.Events.Publish(new QuarantinedEvent(Remote, incarnation));
    }

    /// <summary>This system ends: what waits for a connection gets none.</summary>
    public void Shutdown()
    {
        lock (_lock)
            _waiting.TakeAll(_undeliverable);
        PublishUndeliverable();
    }

    /// <summary>Dials again, sends again, or gives up.</summary>
    public void Tick(long now)
    {
        string? givenUp = null;
        RemoteConnection? flushed = null;
        lock (_lock)
        {
            if (_outbox.IsEmpty)
                return;
            if (_uid is null)
            {
                if (_remoting.Time.GetElapsedTime(_oldestUndeliveredAt, now) > _remoting.Settings.InitialSysMsgDeliveryTimeout)
                    givenUp = "system messages could not be delivered to it within akka.remote.initial-system-message-delivery-timeout";
            }
            else if (_remoting.Time.GetElapsedTime(_oldestUndeliveredAt, now) > _remoting.Settings.QuarantineSilentSystemTimeout)
                givenUp = "it has acknowledged no system message for longer than akka.remote.quarantine-after-silence";

            if (givenUp is null && _carrier is null && _dial is null && !_gate.IsClosed && !_remoting.IsShuttingDown)
                AdoptOrDial();
            else if (_carrier is not null && _remoting.Time.GetElapsedTime(_lastProgressAt, now) > _remoting.Settings.SysResendTimeout)
            {
                _lastProgressAt = now;
                _outbox.Rewind();
                WriteSystemMessages();
                flushed = _carrier;
            }
        }

        flushed?.FlushSoon();
        PublishUndeliverable();
        if (givenUp is not null)
            GiveUp(Uid ?? 0, givenUp);
    }

    private void GiveUp(int uid, string reason) => Quarantine(uid == 0 ? null : uid, reason);

    private void OnQuarantinedThere()
    {
        lock (_lock)
        {
            _gate.CloseFully();
            _outbox.Reset();
            _waiting.TakeAll(_undeliverable);
        }

        PublishUndeliverable();
        _remoting.Events.Publish(new ThisActorSystemQuarantinedEvent(_remoting.LocalAddress, Remote));
    }

    private void CutOff(int? uid)
    {
        List<RemoteConnection> closed = [];
        lock (_lock)
        {
            if (uid is not null && _uid != uid)
                return;
            _gate.CloseFully();
            _outbox.Reset();
            _waiting.TakeAll(_undeliverable);
            closed.AddRange(_established);
            _established.Clear();
            if (_dial is not null)
                closed.Add(_dial);
            _carrier = _dial = null;
        }

        _inbound.CutOff(forGood: uid is not null);
        foreach (var connection in closed)
            connection.Close(uid is null ? CloseReason.Unknown : CloseReason.Quarantined);
        PublishUndeliverable();
    }

    /// <summary>Messages become dead letters outside of the lock, since whoever listens to those may send, too.</summary>
    private void PublishUndeliverable()
    {
        WaitingMessage[] messages;
        lock (_lock)
        {
            if (_undeliverable.Count == 0)
                return;
            messages = [.. _undeliverable];
            _undeliverable.Clear();
        }

        foreach (var item in messages)
            _remoting.DeadLetter(item.Message, item.Sender, item.Recipient, NotSent.NoConnection);
    }
}
