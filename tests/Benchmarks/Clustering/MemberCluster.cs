using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AkkaHa.Benchmarks.Processes;

namespace AkkaHa.Benchmarks.Clustering;

/// <summary>Processes that form one cluster.</summary>
internal sealed class MemberCluster : IAsyncDisposable
{
    private const int Size = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly ScratchFolder _folder;
    private readonly long _startedAt;

    private readonly IReadOnlyList<ChildProcess> _members;
    private readonly List<Task<(ChildProcess Member, long At)>> _singletonStarts;

    private MemberCluster(ScratchFolder folder, long startedAt, IReadOnlyList<ChildProcess> members)
    {
        _folder = folder;
        _startedAt = startedAt;
        _members = members;
        _singletonStarts = [.. members.Select(async member => (member, (await member.WaitFor(MemberProcess.SingletonRuns, Longest)).At))];
    }

    /// <summary>Starts all processes together.</summary>
    public static MemberCluster Start(string rules)
    {
        var ports = FreePorts().Select(port => port.ToString(CultureInfo.InvariantCulture)).ToArray();
        var folder = new ScratchFolder();
        var startedAt = Stopwatch.GetTimestamp();
        return new(folder, startedAt, [.. Enumerable.Range(0, Size)
            .Select(i => ChildProcess.Start(ChildRoles.Member, [rules, i.ToString(CultureInfo.InvariantCulture), folder.Path, .. ports]))]);
    }

    /// <summary>How long it took from the start until the last of the processes saw all members up.</summary>
    public async Task<TimeSpan> UntilAllUp()
    {
        var seen = await Task.WhenAll(_members.Select(member => member.WaitFor(MemberProcess.AllUp, Longest)));
        return Stopwatch.GetElapsedTime(_startedAt, seen.Max(line => line.At));
    }

    /// <summary>Waits until a process that has not run the singleton before begins to run it.</summary>
    public async Task<(ChildProcess Member, long At)> UntilSingletonRuns()
    {
        var start = await Task.WhenAny(_singletonStarts);
        _singletonStarts.Remove(start);
        return await start;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
            await member.DisposeAsync();
        _folder.Dispose();
    }

    private static int[] FreePorts()
    {
        var listeners = Enumerable.Range(0, Size).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
            listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }
}
