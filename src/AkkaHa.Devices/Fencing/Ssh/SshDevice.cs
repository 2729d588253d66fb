using System.Globalization;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Fencing.Ssh;

/// <summary>Switches a node off from within. Never a proof: silence says nothing about a node that hangs or is cut off.</summary>
public sealed class SshDevice(SshSettings settings, IToolRunner tools, TimeProvider time) : IFenceDevice
{
    // ssh's own exit code for "no connection"; the remote command's code otherwise.
    private const int NoConnection = 255;

    /// <inheritdoc />
    public string Name => settings.Name;

    /// <inheritdoc />
    public string Kind => "ssh";

    /// <inheritdoc />
    public bool ProvesOff => false;

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> CheckAsync(IReadOnlyCollection<NodeName> nodes, CancellationToken cancellationToken = default)
    {
        var problems = new List<string>();
        if (ToolPath.Find(settings.Program) is null)
            problems.Add($"SSH device '{Name}': {new ToolMissingException(settings.Program, ToolPath.PackageOf(settings.Program)).Message}");
        if (SecretFile.Problem(settings.KeyFile) is { } problem)
            problems.Add($"SSH device '{Name}': {problem}.");
        if (!File.Exists(settings.KnownHostsFile))
            problems.Add($"SSH device '{Name}': the file {settings.KnownHostsFile} with the nodes' host keys does not exist; make it with ssh-keyscan.");
        return Task.FromResult<IReadOnlyList<string>>(problems);
    }

    /// <inheritdoc />
    public async Task<PowerReading> StatusAsync(NodeName node, CancellationToken cancellationToken = default)
    {
        var (result, problem) = await RunAsync(node, "true", cancellationToken).ConfigureAwait(false);
        return result is { TimedOut: false, Exit.Code: 0 }
            ? new PowerReading(PowerState.On, $"{node} answers over SSH (device '{Name}').")
            : PowerReading.Unknown(problem);
    }

    /// <inheritdoc />
    public async Task<FenceOutcome> OffAsync(NodeName node, CancellationToken cancellationToken = default)
    {
        var started = time.GetTimestamp();
        if (settings.Timing.Delay > TimeSpan.Zero)
            await Task.Delay(settings.Timing.Delay, time, cancellationToken).ConfigureAwait(false);
        var (result, problem) = await RunAsync(node, settings.OffCommand, cancellationToken).ConfigureAwait(false);
        // A node that obeys at once takes the connection with it: once connected, a lost connection is what obeying looks like.
        var taken = result is { TimedOut: false, Exit.Code: 0 }
            || (result is { Exit.Code: NoConnection } && result.Error.Contains("closed by remote host", StringComparison.Ordinal));
        var elapsed = time.GetElapsedTime(started);
        return taken
            ? new FenceOutcome(PowerState.Off, FenceVerdict.Claimed, false, $"{node} was told over SSH to switch itself off (device '{Name}'): no proof that it did.", elapsed)
            : new FenceOutcome(PowerState.Off, FenceVerdict.Failed, false, problem, elapsed);
    }

    /// <inheritdoc />
    public Task<FenceOutcome> OnAsync(NodeName node, CancellationToken cancellationToken = default) =>
        Task.FromResult(new FenceOutcome(PowerState.On, FenceVerdict.Failed, false,
            $"{node} cannot be switched on over SSH (device '{Name}'); use its power device, or switch it on by hand.", TimeSpan.Zero));

    private async Task<(ToolResult? Result, string Problem)> RunAsync(NodeName node, string command, CancellationToken cancellationToken)
    {
        var host = settings.Hosts.GetValueOrDefault(node, node.Value);
        if (SecretFile.Problem(settings.KeyFile) is { } secret)
            return (null, $"{node}: SSH device '{Name}' was not used: {secret}.");
        var connectSeconds = Math.Max(1, (int)settings.Timing.CallTimeout.TotalSeconds - 1);
        List<string> arguments =
        [
            "-F", "none", "-T", "-i", settings.KeyFile, "-p", settings.Port.ToString(CultureInfo.InvariantCulture),
            "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=yes",
            "-o", $"UserKnownHostsFile={settings.KnownHostsFile}",
            "-o", string.Create(CultureInfo.InvariantCulture, $"ConnectTimeout={connectSeconds}"),
            "-l", settings.User, "--", host, command,
        ];
        try
        {
            var result = await tools.RunAsync(new ToolCommand(settings.Program, arguments, settings.Timing.CallTimeout), cancellationToken).ConfigureAwait(false);
            var cause = result.TimedOut
                ? FormattableString.Invariant($"no answer within {settings.Timing.CallTimeout.TotalSeconds:0.#} s")
                : result.LastWords.Length > 0 ? result.LastWords : result.Exit.ToString();
            return (result, $"{node} ({host}:{settings.Port.ToString(CultureInfo.InvariantCulture)}) did not obey over SSH (device '{Name}'): {cause.TrimEnd('.')}. It may still run.");
        }
        catch (ToolMissingException e)
        {
            return (null, $"{node}: SSH device '{Name}' cannot be used. {e.Message}");
        }
    }
}
