using System.Globalization;
using AkkaHa.Devices.Machines;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Tests.Network;

public sealed class LinkMonitorTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LabNetwork _network = new(string.Create(CultureInfo.InvariantCulture, $"al{Environment.ProcessId % 1_000_000}"), "10.126", 2, Real.Tools);
    private readonly List<ChildProcess> _nodes = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            node.KillTree();
            await node.Process.Exited;
            node.Dispose();
        }

        await _network.RemoveAsync();
    }

    public void Dispose() => _folder.Dispose();

    [NamespacesFact]
    public async Task A_connection_lives_on_over_the_second_link_when_the_first_is_cut_and_goes_back_when_it_is_mended()
    {
        await StartAsync();

        await _network.ApplyAsync([new LinkFault(LabLink.Cluster, [1, 2], [1, 2])]);
        await ReadsAsync(1, "What is sent to peer goes over the second link now.");
        await ReadsAsync(2, "What is sent to peer goes over the second link now.");
        await TicksGoOnAsync();

        await _network.ApplyAsync([]);
        await ReadsAsync(1, "What is sent to peer goes over the first link now.");
        await ReadsAsync(2, "What is sent to peer goes over the first link now.");
        await TicksGoOnAsync();
        Assert.DoesNotContain("the connection ended", Log(1) + Log(2), StringComparison.Ordinal);
        Assert.Equal("", await RoutesAsync(1));
    }

    [NamespacesFact]
    public async Task A_connection_lives_on_when_one_node_loses_its_cable_of_the_first_link_or_only_one_direction_is_lost()
    {
        await StartAsync();

        await _network.SetCarrierAsync(LabLink.Cluster, 1, up: false);
        await ReadsAsync(2, "The first link to peer does not answer; the second does.");
        await TicksGoOnAsync();
        await _network.SetCarrierAsync(LabLink.Cluster, 1, up: true);
        await ReadsAsync(2, "Both links to peer work.");

        await _network.ApplyAsync([new LinkFault(LabLink.Cluster, [1], [2])]);
        await Real.EventuallyAsync(() => Log(1).Split("over the second link now").Length, times => times == 3, "the second way over the second link");
        await TicksGoOnAsync();
        Assert.DoesNotContain("the connection ended", Log(1) + Log(2), StringComparison.Ordinal);
    }

    [NamespacesFact]
    public async Task What_a_daemon_that_died_left_in_the_table_of_routes_is_taken_back_and_so_is_its_own_at_the_end()
    {
        await StartAsync();
        await _network.ApplyAsync([new LinkFault(LabLink.Cluster, [1, 2], [1, 2])]);
        await ReadsAsync(1, "What is sent to peer goes over the second link now.");
        Assert.NotEqual("", await RoutesAsync(1));
        _nodes[0].KillTree();
        await _nodes[0].Process.Exited;
        Assert.NotEqual("", await RoutesAsync(1));

        await _network.ApplyAsync([]);
        File.Delete(_folder["1"]);
        Start(1, 2);
        await ReadsAsync(1, "started");
        Assert.Equal("", await RoutesAsync(1));

        await _network.ApplyAsync([new LinkFault(LabLink.Cluster, [1, 2], [1, 2])]);
        await ReadsAsync(1, "What is sent to peer goes over the second link now.");
        _nodes[2].Process.Signal(15);
        await _nodes[2].Process.Exited;
        Assert.Equal("", await RoutesAsync(1));
    }

    private async Task StartAsync()
    {
        await _network.CreateAsync();
        await _network.PlugAsync(1);
        await _network.PlugAsync(2);
        Start(1, 2);
        Start(2, 1);
        await TicksGoOnAsync();
    }

    private void Start(int self, int peer)
    {
        string[] command =
        [
            .. _network.At(self), .. Program.Command("link-monitor"),
            _network.Address(LabLink.Cluster, self), _network.Address(LabLink.Second, self),
            _network.Address(LabLink.Cluster, peer), _network.Address(LabLink.Second, peer),
        ];
        var log = ChildStream.AppendTo(_folder[self.ToString(CultureInfo.InvariantCulture)]);
        _nodes.Add(ChildProcess.Start(new ChildOptions(command[0], command[1..]) { Output = log, Error = log }));
    }

    private string Log(int node)
    {
        var file = _folder[node.ToString(CultureInfo.InvariantCulture)];
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }

    private Task ReadsAsync(int node, string text) =>
        Real.EventuallyAsync(() => Log(node), log => log.Contains(text, StringComparison.Ordinal), $"'{text}' of node {node}");

    private async Task TicksGoOnAsync()
    {
        foreach (var node in new[] { 1, 2 })
        {
            var before = Log(node).Split("tick").Length;
            await Real.EventuallyAsync(() => Log(node).Split("tick").Length, ticks => ticks > before + 10, $"what the peer of node {node} sends");
        }
    }

    private async Task<string> RoutesAsync(int node) =>
        (await Real.RunAsync(_network.At(node)[0], [.. _network.At(node).Skip(1), "ip", "route", "show", "proto", "176"])).Output.Trim();
}
