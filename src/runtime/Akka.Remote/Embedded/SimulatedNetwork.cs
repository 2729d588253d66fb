using Akka.Embedded;

namespace Akka.Remote.Embedded;

/// <summary>
/// A network inside the process, for many actor systems that share one environment. Under a deterministic environment a
/// run is decided by its seed alone. Connections behave like TCP: in order and without loss until they break. What a
/// fault does is done to the links between named nodes, one direction at a time.
/// </summary>
public sealed class SimulatedNetwork
{
    private const int FirstFreePort = 40_000;

    private readonly RuntimeEnvironment _environment;
    private readonly Func<double> _chance;
    private readonly Dictionary<(string From, string To), LinkQuality> _qualities = [];
    private readonly HashSet<(string From, string To)> _cuts = [];
    private readonly HashSet<string> _off = [];
    private readonly Dictionary<(string Node, int Port), SimulatedListener> _listeners = [];
    private readonly List<SimulatedLine> _lines = [];
    private int _nextPort = FirstFreePort;

    /// <summary>Makes a network without nodes and without faults.</summary>
    /// <param name="environment">Gives time, chance and threads.</param>
    public SimulatedNetwork(RuntimeEnvironment environment)
    {
        _environment = environment;
#pragma warning disable RS0030 // seeded by the environment
        _chance = environment.CreateRandom("simulated network").NextDouble;
#pragma warning restore RS0030
    }

    /// <summary>The quality of links for which none has been set.</summary>
    public LinkQuality DefaultQuality { get; set; } = LinkQuality.Lan;

    /// <summary>How long a dial waits for an answer.</summary>
    public TimeSpan ConnectionTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a side waits for what it has sent to arrive, before it takes the connection for dead (TCP user timeout and keep-alive).</summary>
    public TimeSpan UserTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many frames have arrived.</summary>
    public long DeliveredFrames { get; internal set; }

    internal Lock Sync { get; } = new();

    internal TimeProvider Time => _environment.Time;

    /// <summary>The network as one node sees it.</summary>
    /// <param name="name">The host name that others dial.</param>
    /// <param name="environment">Where the node's actor systems live; a node that stands still there takes nothing in. By default that of the network.</param>
    public INetwork Node(string name, RuntimeEnvironment? environment = null) =>
        new SimulatedNodeNetwork(this, name.ToLowerInvariant(), environment ?? _environment);

    /// <summary>Sets the quality of a link in one direction.</summary>
    public void SetQuality(string from, string to, LinkQuality quality)
    {
        lock (Sync)
            _qualities[(from, to)] = quality;
    }

    /// <summary>Cuts a link in one direction: nothing arrives, and nobody is told.</summary>
    public void Cut(string from, string to)
    {
        lock (Sync)
            _cuts.Add((from, to));
    }

    /// <summary>Cuts all links between two groups of nodes, in both directions.</summary>
    public void Partition(IReadOnlyCollection<string> left, IReadOnlyCollection<string> right)
    {
        lock (Sync)
        {
            foreach (var one in left)
            {
                foreach (var other in right)
                {
                    _cuts.Add((one, other));
                    _cuts.Add((other, one));
                }
            }
        }
    }

    /// <summary>Mends a link in one direction. What was under way arrives after a retransmission.</summary>
    public void Heal(string from, string to)
    {
        lock (Sync)
        {
            _cuts.Remove((from, to));
            Resume();
        }
    }

    /// <summary>Mends all links.</summary>
    public void HealAll()
    {
        lock (Sync)
        {
            _cuts.Clear();
            Resume();
        }
    }

    /// <summary>Cuts the links between two nodes and mends them again, over and over, for a time.</summary>
    /// <param name="one">A node.</param>
    /// <param name="other">Another.</param>
    /// <param name="up">How long the links stand each time.</param>
    /// <param name="down">How long they are cut each time.</param>
    /// <param name="times">How often they are cut.</param>
    public void Flap(string one, string other, TimeSpan up, TimeSpan down, int times)
    {
        if (times <= 0)
            return;
        After(up, () =>
        {
            Partition([one], [other]);
            After(down, () =>
            {
                Heal(one, other);
                Heal(other, one);
                Flap(one, other, up, down, times - 1);
            });
        });
    }

    /// <summary>The process of a node is gone and the kernel says so: its connections are reset, its ports refuse.</summary>
    public void Kill(string node)
    {
        lock (Sync)
        {
            foreach (var (address, listener) in _listeners.Where(entry => entry.Key.Node == node).ToArray())
            {
                listener.IsClosed = true;
                _listeners.Remove(address);
            }

            foreach (var line in _lines.Where(line => line.Touches(node)).ToArray())
                line.Reset($"the process of {node} is gone");
        }
    }

    /// <summary>A node is without power: it says nothing more, and nobody is told. Its connections die when the other side runs out of patience.</summary>
    public void PowerOff(string node)
    {
        lock (Sync)
        {
            _off.Add(node);
            foreach (var address in _listeners.Keys.Where(key => key.Node == node).ToArray())
                _listeners.Remove(address);
            foreach (var line in _lines.Where(line => line.Touches(node)))
                line.Silence(node);
        }
    }

    /// <summary>A node has power again; its actor systems are new ones.</summary>
    public void PowerOn(string node)
    {
        lock (Sync)
            _off.Remove(node);
    }

    /// <summary>
    /// Breaks the connections between two nodes in a nasty way: who sent learns of it at once and may dial again, while what was
    /// under way arrives later, possibly after the first frames of the new connection.
    /// </summary>
    public void BreakWithLateFrames(string one, string other, TimeSpan lateness)
    {
        lock (Sync)
        {
            foreach (var line in _lines.Where(line => line.Touches(one) && line.Touches(other)).ToArray())
                line.BreakWithLateFrames(lateness);
        }
    }

    internal bool IsCut(string from, string to) => _cuts.Contains((from, to)) || _off.Contains(from) || _off.Contains(to);

    internal TimeSpan DrawDelay(string from, string to) => (_qualities.GetValueOrDefault((from, to)) ?? DefaultQuality).Draw(_chance);

    internal SimulatedListener Listen(string node, RuntimeEnvironment environment, int port, Func<IConnectionHandler?> accept)
    {
        lock (Sync)
        {
            if (port == 0)
                port = _nextPort++;
            var listener = new SimulatedListener(this, node, environment, port, accept);
            return _listeners.TryAdd((node, port), listener)
                ? listener
                : throw new RemoteTransportException($"Remoting cannot listen on {node}:{port}: the simulated port is in use.");
        }
    }

    internal void Forget(SimulatedListener listener)
    {
        lock (Sync)
        {
            if (_listeners.GetValueOrDefault((listener.Node, listener.Port)) == listener)
                _listeners.Remove((listener.Node, listener.Port));
        }
    }

    internal void Connect(string from, RuntimeEnvironment environment, string to, int port, IConnectionHandler handler)
    {
        lock (Sync)
        {
            var line = new SimulatedLine(this, from, environment, to, port, handler);
            _lines.Add(line);
            line.Dial(() => _listeners.GetValueOrDefault((to, port)));
        }
    }

    internal void Forget(SimulatedLine line) => _lines.Remove(line);

    /// <summary>Runs something later, under the lock.</summary>
    internal void After(TimeSpan delay, Action action)
    {
        ITimer? timer = null;
        timer = _environment.Time.CreateTimer(
            _ =>
            {
                timer?.Dispose();
                lock (Sync)
                    action();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        timer.Change(delay < TimeSpan.Zero ? TimeSpan.Zero : delay, Timeout.InfiniteTimeSpan);
    }

    private void Resume()
    {
        foreach (var line in _lines.ToArray())
            line.Resume();
    }
}

internal sealed class SimulatedNodeNetwork(SimulatedNetwork network, string name, RuntimeEnvironment environment) : INetwork
{
    public INetworkListener Listen(string host, int port, Func<IConnectionHandler?> accept) => network.Listen(name, environment, port, accept);

    public void Connect(string host, int port, IConnectionHandler handler) => network.Connect(name, environment, host, port, handler);
}

internal sealed class SimulatedListener(SimulatedNetwork network, string node, RuntimeEnvironment environment, int port, Func<IConnectionHandler?> accept) : INetworkListener
{
    public string Node => node;

    public RuntimeEnvironment Environment => environment;

    public int Port => port;

    public bool IsClosed { get; set; }

    public Func<IConnectionHandler?> Accept => accept;

    public void Close()
    {
        IsClosed = true;
        network.Forget(this);
    }
}
