using System.Diagnostics;

namespace AkkaHa.Benchmarks.Processes;

/// <summary>A second process of this program. It says on its output what has happened, and ends when its input does.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    public const string Flag = "--child";

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<Line> _unread = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    private ChildProcess(Process process) => _process = process;

    /// <summary>What a child said, and when it came here.</summary>
    public readonly record struct Line(string Text, long At);

    public static ChildProcess Start(string role, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (var argument in (string[])[Flag, role, .. arguments])
            start.ArgumentList.Add(argument);
        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, line) => child.OnLine(line.Data);
        child._process.Start();
        child._process.BeginOutputReadLine();
        return child;
    }

    /// <summary>Waits for a line that begins with a word, and gives what stands behind it.</summary>
    /// <exception cref="TimeoutException">It did not come.</exception>
    public async Task<Line> WaitFor(string word, TimeSpan atMost)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            Task news;
            lock (_lock)
            {
                var at = _unread.FindIndex(line => line.Text.StartsWith(word, StringComparison.Ordinal));
                if (at >= 0)
                {
                    var line = _unread[at];
                    _unread.RemoveAt(at);
                    return line with { Text = line.Text[word.Length..].Trim() };
                }

                if (_ended)
                    throw new InvalidOperationException($"The second process ended before it said '{word}'.");
                news = _news.Task;
            }

            var left = atMost - Stopwatch.GetElapsedTime(start);
            await news.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    /// <summary>Ends it as a power failure would (SIGKILL).</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void OnLine(string? text)
    {
        TaskCompletionSource news;
        lock (_lock)
        {
            if (text is null)
                _ended = true;
            else
                _unread.Add(new Line(text, Stopwatch.GetTimestamp()));
            news = _news;
            _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        news.SetResult();
    }
}
