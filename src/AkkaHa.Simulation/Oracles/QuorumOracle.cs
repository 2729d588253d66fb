using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Oracles;

/// <summary>
/// S2, no quorum, no action: whoever fences was with a majority of the votes a moment ago, and whoever starts a guest was not longer without
/// one than the self-fence bound.
/// </summary>
internal sealed class QuorumOracle(OracleBoard board, SimulatedWorld world)
{
    /// <summary>authority-ttl, and the time that a message needs between actors of a node.</summary>
    private static readonly TimeSpan FenceBound = TimeSpan.FromSeconds(2.5);

    /// <summary>What a node without a majority may still do ends with its lease and the bound behind it.</summary>
    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(21);

    private readonly Dictionary<NodeName, TimeSpan> _heardMajorityUntil = [];
    private readonly Dictionary<NodeName, TimeSpan> _connectedUntil = [];
    private HashSet<NodeName> _hearMajority = [];
    private HashSet<NodeName> _connected = [];

    public void TopologyChanged()
    {
        var now = world.Elapsed;
        foreach (var node in _hearMajority)
            _heardMajorityUntil[node] = now;
        foreach (var node in _connected)
            _connectedUntil[node] = now;
        var nodes = world.Machines.Keys.ToList();
        var votes = Majorities.Of(nodes.Count);
        _hearMajority = [.. nodes.Where(n => IsUp(n) && nodes.Count(o => o == n || (IsUp(o) && Hears(n, o) && Hears(o, n))) >= votes)];
        _connected = [.. nodes.Where(n => IsUp(n) && Component(n, nodes).Count >= votes)];
    }

    /// <summary>A node that stood still does what it was about to do; for that moment it is not to blame.</summary>
    public void Thawed(NodeName node) => _heardMajorityUntil[node] = world.Elapsed;

    public void Fences(Machine user, NodeName target)
    {
        board.Checked();
        if (!_hearMajority.Contains(user.Name) && world.Elapsed - _heardMajorityUntil.GetValueOrDefault(user.Name) > FenceBound)
        {
            board.Violated("S2", FormattableString.Invariant(
                $"{user.Name} switches {target} off, {(world.Elapsed - _heardMajorityUntil.GetValueOrDefault(user.Name)).TotalSeconds:0.00} s after it last had a majority of the votes."));
        }
    }

    public void Starts(Machine machine, ResourceId id)
    {
        board.Checked();
        if (!_connected.Contains(machine.Name) && world.Elapsed - _connectedUntil.GetValueOrDefault(machine.Name) > StartBound)
        {
            board.Violated("S2", FormattableString.Invariant(
                $"{machine.Name} starts {id}, {(world.Elapsed - _connectedUntil.GetValueOrDefault(machine.Name)).TotalSeconds:0.00} s after it last was with a majority of the votes."));
        }
    }

    private bool IsUp(NodeName node) => world.Machines.TryGetValue(node, out var machine) && machine is { IsOn: true, Daemon: { IsFrozen: false } };

    private bool Hears(NodeName one, NodeName other) => !world.Links.IsCut(other, one);

    private HashSet<NodeName> Component(NodeName node, List<NodeName> nodes)
    {
        var found = new HashSet<NodeName> { node };
        var next = new Queue<NodeName>([node]);
        while (next.TryDequeue(out var one))
        {
            foreach (var other in nodes)
            {
                if (IsUp(other) && (Hears(one, other) || Hears(other, one)) && found.Add(other))
                    next.Enqueue(other);
            }
        }

        return found;
    }
}
