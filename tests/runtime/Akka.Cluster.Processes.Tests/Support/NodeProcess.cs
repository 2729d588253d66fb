using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Akka.Cluster.Processes.Tests.Support;

/// <summary>A node of a cluster that is a process of its own; what it says is kept and can be waited for.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private const int Stop = 19;
    private const int Continue = 18;

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly Task _reading;
    private TaskCompletionSource _more = NewSignal();

    private NodeProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(Read(process.StandardOutput), Read(process.StandardError));
    }

    /// <summary>What the node has said so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock) return [.. _lines];
        }
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "cluster-node");

    /// <summary>Starts a node.</summary>
    /// <param name="place">A command that runs the one behind it in another place, such as a network namespace.</param>
    /// <param name="settings">HOCON.</param>
    /// <param name="join">The address of the node to join; null: the first one of a new cluster.</param>
    public static NodeProcess Start(IEnumerable<string> place, string settings, string? join)
    {
        string[] command = [.. place, Program, settings, .. join is null ? Array.Empty<string>() : [join]];
        return new NodeProcess(Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
    }

    /// <summary>Under which address the others reach it.</summary>
    public async Task<string> Address() => (await Said(line => line.StartsWith("address ", StringComparison.Ordinal)))["address ".Length..];

    /// <summary>Waits for a line.</summary>
    public async Task<string> Said(Func<string, bool> isIt)
    {
        var found = default(string);
        await Until(lines => (found = lines.FirstOrDefault(isIt)) is not null);
        return found!;
    }

    /// <summary>Waits until it sees exactly these members, all up, and all in reach.</summary>
    public Task SeesAllUp(IEnumerable<string> addresses)
    {
        var wanted = addresses.Select(a => $"{a}=Up").Order(StringComparer.Ordinal).ToList();
        return Until(lines => lines.LastOrDefault(l => l.StartsWith("sees ", StringComparison.Ordinal)) is { } view
            && view.Split(' ').Skip(1).Order(StringComparer.Ordinal).SequenceEqual(wanted));
    }

    /// <summary>Waits until the process has ended by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Ended()
    {
        using var patience = new CancellationTokenSource(TenNodes.Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The process did not end. It said:\n{this}");
        }

        await _reading;
        return _process.ExitCode;
    }

    /// <summary>The process does not run until <see cref="GoOn"/>; its connections stay open.</summary>
    public void Freeze() => Send(Stop);

    public void GoOn() => Send(Continue);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    public override string ToString() => string.Join('\n', Lines.TakeLast(30));

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task Until(Func<IReadOnlyList<string>, bool> isMet)
    {
        using var patience = new CancellationTokenSource(TenNodes.Patience);
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (isMet(_lines)) return;
                more = _more.Task;
            }

            try
            {
                await more.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"The node did not come to that. It said:\n{this}");
            }
        }
    }

    private async Task Read(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lock (_lock)
            {
                _lines.Add(line);
                _more.TrySetResult();
                _more = NewSignal();
            }
        }
    }

    private void Send(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
