using System.Net;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Network;

/// <summary>
/// Keeps a node within reach of the others while either of two links works. It probes both links to every node; where the first does not
/// answer and the second does, a host route leads what is sent to the node's first address over the second. Addresses stay the same, so
/// connections live on, and remoting knows nothing of it.
/// </summary>
/// <remarks>Needs the right to change routes (root, or CAP_NET_ADMIN and CAP_NET_RAW) and <c>ip</c> of iproute2.</remarks>
public sealed class LinkMonitor : IAsyncDisposable
{
    private static readonly TimeSpan RepairInterval = TimeSpan.FromSeconds(1);

    private readonly LinkSettings _settings;
    private readonly HostRoutes _routes;
    private readonly TimeProvider _time;
    private readonly Action<string> _tell;
    private readonly Lock _state = new();
    private readonly SortedDictionary<NodeName, LinkHealth> _health = [];
    private readonly SortedDictionary<NodeName, (bool First, bool Second)> _told = [];
    private readonly LinkProbe[] _probes;
    private readonly CancellationTokenSource _stop = new();
    private readonly long _origin;
    private string? _lastProblem;
    private Task _running = Task.CompletedTask;

    private LinkMonitor(LinkSettings settings, IToolRunner tools, TimeProvider time, ulong nonce, Action<string> tell)
    {
        _settings = settings;
        _routes = new HostRoutes(tools);
        _time = time;
        _tell = tell;
        _origin = time.GetTimestamp();
        foreach (var peer in settings.Peers.Keys)
            _health[peer] = new LinkHealth(Now, LinkChoice.First);
        _probes =
        [
            new LinkProbe(settings.Self.First, settings.Port, nonce, from => Answered(from, isFirst: true)),
            new LinkProbe(settings.Self.Second, settings.Port, nonce, from => Answered(from, isFirst: false)),
        ];
    }

    private TimeSpan Now => _time.GetElapsedTime(_origin);

    /// <summary>Begins to probe. The routes of an earlier daemon are taken back first.</summary>
    /// <param name="settings">The links.</param>
    /// <param name="tools">Runs <c>ip</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="nonce">A number that no other process has.</param>
    /// <param name="tell">Told what people should read.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="InvalidOperationException">The right to change routes or <c>ip</c> is missing.</exception>
    public static async Task<LinkMonitor> StartAsync(
        LinkSettings settings, IToolRunner tools, TimeProvider time, ulong nonce, Action<string> tell, CancellationToken cancellationToken = default)
    {
        var monitor = new LinkMonitor(settings, tools, time, nonce, tell);
        var problem = await monitor._routes.ClearAsync(settings.Self.First, cancellationToken).ConfigureAwait(false)
            ?? await monitor._routes.PinAsync(settings.Self.First, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
            throw new InvalidOperationException($"The second link cannot be used: {problem}. It needs 'ip' of iproute2 and the right to change routes (root, or CAP_NET_ADMIN and CAP_NET_RAW); leave the nodes' second-address out to do without it.");
        monitor._running = monitor.RunAsync();
        return monitor;
    }

    /// <summary>The way that traffic to a node takes.</summary>
    public LinkChoice ChoiceOf(NodeName peer)
    {
        lock (_state)
            return _health[peer].Choice;
    }

    /// <summary>Stops probing and takes the routes back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        foreach (var probe in _probes)
            probe.Dispose();
        await _routes.ClearAsync(_settings.Self.First, CancellationToken.None).ConfigureAwait(false);
        _stop.Dispose();
    }

    private void Answered(IPAddress from, bool isFirst)
    {
        foreach (var (peer, pair) in _settings.Peers)
        {
            if (!(isFirst ? pair.First : pair.Second).Equals(from))
                continue;
            lock (_state)
                _health[peer] = _health[peer].Heard(isFirst, Now, _settings.LinkTimeout);
            return;
        }
    }

    private async Task RunAsync()
    {
        TimeSpan? opened = null;
        try
        {
            while (true)
            {
                if (opened is not { } last || Now - last >= RepairInterval)
                {
                    Open();
                    opened = Now;
                }

                foreach (var pair in _settings.Peers.Values)
                {
                    _probes[0].Ask(pair.First);
                    _probes[1].Ask(pair.Second);
                }

                foreach (var peer in _settings.Peers.Keys)
                    await LookAsync(peer).ConfigureAwait(false);
                await Task.Delay(_settings.ProbeInterval, _time, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Told to end.
        }
    }

    private void Open()
    {
        foreach (var probe in _probes)
            probe.EnsureOpen();
        var problem = string.Join("; ", _probes.Select(p => p.Problem).OfType<string>());
        Tell(problem);
    }

    private async Task LookAsync(NodeName peer)
    {
        LinkHealth before, after;
        (bool First, bool Second) up;
        lock (_state)
        {
            before = _health[peer];
            after = before.Decide(Now, _settings);
            up = after.Up(Now, _settings.LinkTimeout);
        }

        if (Now - after.Since >= _settings.LinkTimeout && (!_told.TryGetValue(peer, out var told) || told != up))
        {
            var isNews = _told.ContainsKey(peer) || up != (true, true);
            _told[peer] = up;
            if (isNews)
                _tell(Sentence(peer, up));
        }

        if (after.Choice == before.Choice)
            return;
        var pair = _settings.Peers[peer];
        var problem = after.Choice == LinkChoice.Second
            ? await _routes.LeadOverSecondAsync(_settings.Self, pair, _stop.Token).ConfigureAwait(false)
            : await _routes.LeadOverFirstAsync(pair, _stop.Token).ConfigureAwait(false);
        if (problem is not null)
        {
            // Not taken: tried again at the next look.
            Tell($"what is sent to {peer} cannot be led over the {(after.Choice == LinkChoice.Second ? "second" : "first")} link: {problem}");
            return;
        }

        lock (_state)
            _health[peer] = _health[peer] with { Choice = after.Choice };
        _tell($"What is sent to {peer} goes over the {(after.Choice == LinkChoice.Second ? "second" : "first")} link now.");
    }

    private static string Sentence(NodeName peer, (bool First, bool Second) up) => up switch
    {
        (true, true) => $"Both links to {peer} work.",
        (false, true) => $"The first link to {peer} does not answer; the second does.",
        (true, false) => $"The second link to {peer} does not answer: if the first fails as well, {peer} is out of reach.",
        (false, false) => $"Neither link to {peer} answers.",
    };

    private void Tell(string problem)
    {
        if (problem != _lastProblem && problem.Length > 0)
            _tell($"The links: {problem}.");
        _lastProblem = problem;
    }
}
