using System.Text;

namespace AkkaHa.Devices.Processes;

/// <summary>One run of a tool.</summary>
/// <param name="Program">Program name or path.</param>
/// <param name="Arguments">Its arguments; everybody on the machine can read them, so never a secret.</param>
/// <param name="Timeout">After this the tool is killed with everything it started.</param>
public sealed record ToolCommand(string Program, IReadOnlyList<string> Arguments, TimeSpan Timeout)
{
    /// <summary>What it reads on standard input; the way for secrets.</summary>
    public string Input { get; init; } = "";

    /// <summary>Variables to set, or to remove if null.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where it runs.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>How much of each output is kept, in bytes; the rest is read and dropped.</summary>
    public int OutputLimitBytes { get; init; } = 64 * 1024;
}

/// <summary>What a run of a tool came to.</summary>
/// <param name="Exit">How the process ended.</param>
/// <param name="TimedOut">Whether it was killed for taking too long.</param>
/// <param name="Output">Standard output, as far as it was kept.</param>
/// <param name="Error">Standard error, as far as it was kept.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record ToolResult(ProcessExit Exit, bool TimedOut, string Output, string Error, TimeSpan Elapsed)
{
    /// <summary>The process, if it was killed and is still there: the kernel holds it, most likely for a storage that hangs.</summary>
    public WatchedProcess? LeftBehind { get; init; }

    /// <summary>Whether it ended by itself with code 0.</summary>
    public bool Succeeded => !TimedOut && Exit.Code == 0;

    /// <summary>The last line it wrote, errors first: what a person wants to see of a failure.</summary>
    public string LastWords =>
        Error.Split('\n').LastOrDefault(line => line.Trim().Length > 0)?.Trim()
        ?? Output.Split('\n').LastOrDefault(line => line.Trim().Length > 0)?.Trim()
        ?? "";
}

/// <summary>Runs tools: bounded in time and output, killed as a whole.</summary>
public interface IToolRunner
{
    /// <summary>Runs a tool to its end.</summary>
    /// <exception cref="ToolMissingException">It is not installed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; the tool is killed.</exception>
    Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellationToken = default);
}

/// <inheritdoc />
public sealed class ToolRunner(TimeProvider time) : IToolRunner
{
    // A killed process can hang in the kernel (dead storage); the caller is not made to wait for it.
    private static readonly TimeSpan DeathWait = TimeSpan.FromSeconds(2);

    // A tool may leave a daemon behind that keeps the pipes open: what is there by then is all there is.
    private static readonly TimeSpan DrainWait = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc />
    public async Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = time.GetTimestamp();
        using var child = ChildProcess.Start(new ChildOptions(command.Program, command.Arguments)
        {
            Environment = command.Environment,
            WorkingDirectory = command.WorkingDirectory,
            Input = command.Input.Length > 0 ? ChildStream.Pipe : ChildStream.Null,
            Output = ChildStream.Pipe,
            Error = ChildStream.Pipe,
        });
        using var reading = new CancellationTokenSource();
        var output = new Capture(child.Output!, command.OutputLimitBytes);
        var error = new Capture(child.Error!, command.OutputLimitBytes);
        var pumping = Task.WhenAll(
            WriteInputAsync(child, command.Input, reading.Token), output.ReadAsync(reading.Token), error.ReadAsync(reading.Token));

        var timedOut = false;
        try
        {
            timedOut = !await child.Process.Exited.IsCompletedWithinAsync(command.Timeout, time, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!child.Process.HasExited)
            {
                child.KillTree();
                await child.Process.Exited.IsCompletedWithinAsync(DeathWait, time, CancellationToken.None).ConfigureAwait(false);
            }
            await pumping.IsCompletedWithinAsync(DrainWait, time, CancellationToken.None).ConfigureAwait(false);
            await reading.CancelAsync().ConfigureAwait(false);
            await pumping.ConfigureAwait(false);
        }
        var exit = child.Process.HasExited ? await child.Process.Exited.ConfigureAwait(false) : ProcessExit.Unknown;
        return new ToolResult(exit, timedOut, output.Text, error.Text, time.GetElapsedTime(started))
        {
            LeftBehind = child.Process.HasExited ? null : child.Process,
        };
    }

    private static async Task WriteInputAsync(ChildProcess child, string input, CancellationToken cancellationToken)
    {
        if (child.Input is not { } stream)
            return;
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(input), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // A tool that does not read its input to the end says by its exit code whether it minds.
        }
        finally
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private sealed class Capture(Stream stream, int limitBytes)
    {
        private readonly MemoryStream _kept = new();

        public string Text
        {
            get
            {
                lock (_kept)
                    return Encoding.UTF8.GetString(_kept.GetBuffer(), 0, (int)_kept.Length);
            }
        }

        public async Task ReadAsync(CancellationToken cancellationToken)
        {
            var buffer = new byte[4096];
            try
            {
                while (true)
                {
                    var count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                    if (count == 0)
                        return;
                    lock (_kept)
                        _kept.Write(buffer, 0, (int)Math.Min(count, limitBytes - _kept.Length));
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The end of the pipe, or of our patience with who holds it open.
            }
        }
    }
}
