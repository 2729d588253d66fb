namespace Akka.Cluster.Processes.Tests.Support;

/// <summary>Ten nodes that have formed a cluster: real processes on real addresses.</summary>
internal sealed class TenNodes : IAsyncDisposable
{
    public const int Count = 10;

    /// <summary>Far longer than anything takes on a busy machine; only a failing test waits so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    // Ten processes share few cores with whatever else runs there: a pause that a busy machine makes by itself must not look like death.
    private const string Settings = """
        akka {
          loglevel = WARNING
          stdout-loglevel = WARNING
          actor.provider = cluster
          coordinated-shutdown.exit-clr = on
          cluster {
            log-info = off
            gossip-interval = 0.2s
            leader-actions-interval = 0.2s
            unreachable-nodes-reaper-interval = 0.2s
            periodic-tasks-initial-delay = 0.1s
            failure-detector {
              implementation-class = "Akka.Remote.DeadlineFailureDetector, Akka.Remote"
              heartbeat-interval = 0.5s
              acceptable-heartbeat-pause = 5s
            }
            split-brain-resolver { active-strategy = keep-majority, stable-after = 2s, down-all-when-unstable = off }
          }
        }
        """;

    private readonly NodeProcess[] _nodes = new NodeProcess[Count];
    private readonly string[] _addresses = new string[Count];

    private readonly string _more;

    private TenNodes(string more) => _more = more;

    /// <summary>The nodes; the first one is the oldest, and the leader.</summary>
    public IReadOnlyList<NodeProcess> Nodes => _nodes;

    public IReadOnlyList<string> Addresses => _addresses;

    /// <summary>Starts the nodes and waits until all see all up.</summary>
    /// <param name="host">The address of a node's host, by its number from 1 on.</param>
    /// <param name="place">The command that runs another one at that host.</param>
    /// <param name="more">Settings that win over the usual ones.</param>
    public static async Task<TenNodes> Form(Func<int, string> host, Func<int, IEnumerable<string>> place, string more = "")
    {
        var cluster = new TenNodes(more);
        try
        {
            cluster.StartNode(0, host, place, join: null);
            var first = await cluster._nodes[0].Address();
            for (var i = 1; i < Count; i++) cluster.StartNode(i, host, place, first);
            for (var i = 0; i < Count; i++) cluster._addresses[i] = await cluster._nodes[i].Address();
            await cluster.AllUp(Enumerable.Range(0, Count));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until each of these sees exactly these as members, all up, and all in reach.</summary>
    public Task AllUp(IEnumerable<int> nodes)
    {
        var them = nodes.ToList();
        return Task.WhenAll(them.Select(i => _nodes[i].SeesAllUp(them.Select(j => _addresses[j]))));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Where(n => n is not null)) await node.DisposeAsync();
    }

    private void StartNode(int index, Func<int, string> host, Func<int, IEnumerable<string>> place, string? join) =>
        _nodes[index] = NodeProcess.Start(
            place(index + 1), $"{Settings}\nakka.remote.dot-netty.tcp {{ hostname = \"{host(index + 1)}\", port = 0 }}\n{_more}", join);
}
