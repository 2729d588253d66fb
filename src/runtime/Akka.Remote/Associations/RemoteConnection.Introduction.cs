using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <content>The two sides introduce themselves to each other, or one turns the other away.</content>
internal sealed partial class RemoteConnection
{
    private void OnHello(FrameKind kind, ReadOnlySpan<byte> body)
    {
        if (kind != FrameKind.Hello)
            throw new MalformedFrameException($"a frame of kind {(int)kind} before it introduced itself");
        var hello = Hello.Parser.ParseFrom(body);
        if (hello.ProtocolVersion != WireProtocol.Version)
        {
            Refuse(CloseReason.WrongVersion, $"protocol version {WireProtocol.Version} is spoken here, not {hello.ProtocolVersion}", hello.Address);
            return;
        }

        if (!Address.TryParse(hello.Address, out var remote) || string.IsNullOrEmpty(remote.Host) || remote.Port is null)
            throw new MalformedFrameException("an introduction without a usable address");
        if (hello.TargetAddress != _remoting.LocalAddress.ToString())
        {
            Refuse(CloseReason.WrongAddress, $"this is {_remoting.LocalAddress}, not {hello.TargetAddress}", hello.Address);
            return;
        }

        if (_remoting.IsShuttingDown)
        {
            Refuse(CloseReason.Shutdown, "this system is shutting down", hello.Address);
            return;
        }

        if (_remoting.Quarantine.Contains(remote, hello.Uid))
        {
            Refuse(CloseReason.Quarantined, $"uid {hello.Uid} is quarantined here; restart the actor system", hello.Address);
            return;
        }

        if (_remoting.ReserveForInbound(remote, hello.Uid) is not { } association)
        {
            Refuse(CloseReason.Unknown, "too many systems are associated", hello.Address);
            return;
        }

        _association = association;
        // It leaves when this side has taken note: whoever is welcome and ends at once must not be noted behind its next incarnation.
        TrySend(WireProtocol.Frame(FrameKind.Welcome, new Welcome
        {
            ProtocolVersion = WireProtocol.Version,
            Address = _remoting.LocalAddress.ToString(),
            Uid = _remoting.LocalUid,
        }));
        Establish(association, hello.Uid);
        Flush();
    }

    private void OnAnswerToHello(FrameKind kind, ReadOnlySpan<byte> body)
    {
        switch (kind)
        {
            case FrameKind.Welcome:
                var welcome = Welcome.Parser.ParseFrom(body);
                if (welcome.ProtocolVersion != WireProtocol.Version || welcome.Address != _dialled!.ToString())
                    throw new MalformedFrameException($"the welcome of {welcome.Address} instead of {_dialled}");
                if (_remoting.Quarantine.Contains(_dialled, welcome.Uid))
                {
                    IsEstablished = true;
                    Close(CloseReason.Quarantined);
                    throw new RemoteTransportException($"{_dialled} is quarantined with UID {welcome.Uid}; it must be restarted before anything is exchanged with it.");
                }

                Establish(_association!, welcome.Uid);
                break;
            case FrameKind.Refusal:
                var refusal = Refusal.Parser.ParseFrom(body);
                _association!.OnRefused(refusal.Reason);
                throw new RemoteTransportException($"{_dialled} refuses the association: {refusal.Explanation}.");
            default:
                throw new MalformedFrameException($"a frame of kind {(int)kind} instead of a welcome");
        }
    }

    private void Establish(Association association, int uid)
    {
        Uid = uid;
        _failureDetector = _remoting.CreateTransportFailureDetector();
        _failureDetector.HeartBeat();
        _lastHeartbeatAt = _remoting.Time.GetTimestamp();
        _connection!.AllowFrameBytes(_remoting.MaximumFrameBytes);
        if (IsInbound)
            _remoting.NoLongerStranger();
        IsEstablished = true;
        association.OnEstablished(this);
    }

    private void Refuse(CloseReason reason, string explanation, string address)
    {
        TurnAway($"The connection of {Peer}, which calls itself {address}, is refused: {explanation}.");
        SendNow(WireProtocol.Frame(FrameKind.Refusal, new Refusal { Reason = reason, Explanation = explanation }));
        Volatile.Write(ref _closed, 1);
        _connection!.Close(_remoting.Settings.FlushWait);
    }

    private void TurnAway(string why)
    {
        _remoting.Counters.CountRefusedConnection();
        _remoting.Hostile.Warning("refused", why);
    }
}
