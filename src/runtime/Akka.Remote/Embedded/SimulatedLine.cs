using Akka.Embedded;

namespace Akka.Remote.Embedded;

/// <summary>Two ends and what is under way between them. All of it is done under the network's lock.</summary>
internal sealed class SimulatedLine
{
    private readonly SimulatedNetwork _network;
    private readonly string _from;
    private readonly string _to;
    private readonly int _port;
    private readonly SimulatedEnd _dialler;
    private SimulatedEnd? _dialled;
    private Func<SimulatedListener?> _findListener = static () => null;
    private bool _answered;

    public SimulatedLine(SimulatedNetwork network, string from, RuntimeEnvironment environment, string to, int port, IConnectionHandler handler)
    {
        _network = network;
        _from = from;
        _to = to;
        _port = port;
        _dialler = new SimulatedEnd(network, this, environment, from, to, handler);
    }

    public bool Touches(string node) => _from == node || _to == node;

    public void Dial(Func<SimulatedListener?> findListener)
    {
        _findListener = findListener;
        TryDial();
        _network.After(_network.ConnectionTimeout, () =>
        {
            if (!_answered)
                FailDial($"no connection to {_to}:{_port} within {_network.ConnectionTimeout.TotalSeconds} s");
        });
    }

    /// <summary>A fault has ended somewhere: what was held back by it goes on.</summary>
    public void Resume()
    {
        if (!_answered)
            TryDial();
        _dialler.Pump();
        _dialled?.Pump();
    }

    public SimulatedEnd? OtherEnd(SimulatedEnd end) => end == _dialler ? _dialled : _dialler;

    /// <summary>Both sides learn that the connection is gone.</summary>
    public void Reset(string reason)
    {
        var cause = new RemoteTransportException($"The connection between {_from} and {_to} was reset: {reason}.");
        if (!_answered)
            FailDial(reason);
        _dialler.Fail(cause);
        _dialled?.Fail(cause);
        _network.Forget(this);
    }

    /// <summary>A side has no power: it hears and says nothing more.</summary>
    public void Silence(string node)
    {
        if (_from == node)
            _dialler.Vanish();
        if (_to == node)
            _dialled?.Vanish();
    }

    /// <summary>The side that dialled learns of the break; what it had sent arrives later at the other, and only then the news.</summary>
    public void BreakWithLateFrames(TimeSpan lateness)
    {
        var cause = new RemoteTransportException($"The connection between {_from} and {_to} was broken.");
        var late = _dialler.TakeUnderWay();
        _dialler.Fail(cause);
        _network.After(lateness, () =>
        {
            foreach (var frame in late)
                _dialled?.Receive(frame);
            _dialled?.Fail(cause);
        });
    }

    /// <summary>An end is closed; when both are, the line is gone.</summary>
    public void OnEndClosed()
    {
        if (_dialler.IsClosed && (_dialled is null || _dialled.IsClosed))
            _network.Forget(this);
    }

    private void TryDial()
    {
        if (_network.IsCut(_from, _to) || _network.IsCut(_to, _from))
            return;
        // A round trip: the dial there, the answer back.
        _network.After(_network.DrawDelay(_from, _to) + _network.DrawDelay(_to, _from), Answer);
    }

    private void Answer()
    {
        if (_answered || _dialler.IsClosed || _network.IsCut(_from, _to) || _network.IsCut(_to, _from))
            return;
        if (_findListener() is not { IsClosed: false } listener)
        {
            FailDial($"{_to}:{_port} refuses the connection");
            return;
        }

        if (listener.Accept() is not { } handler)
        {
            FailDial($"{_to}:{_port} closed the connection");
            return;
        }

        _answered = true;
        _dialled = new SimulatedEnd(_network, this, listener.Environment, _to, _from, handler);
        _dialled.Open();
        _dialler.Open();
    }

    private void FailDial(string reason)
    {
        _answered = true;
        _dialler.Fail(new RemoteTransportException($"{_from} cannot connect: {reason}."));
        _network.Forget(this);
    }
}
