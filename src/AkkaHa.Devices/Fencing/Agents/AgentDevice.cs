using System.ComponentModel;
using System.Text;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Fencing.Agents;

/// <summary>
/// Switches nodes with a ClusterLabs fence agent: parameters go to its standard input as <c>key=value</c> lines, the exit code tells the
/// end (0 done, or on; 2 off, for <c>status</c>; 1 any error).
/// </summary>
public sealed class AgentDevice : IFenceDevice
{
    private const int StatusOff = 2;

    // They cut a node from its storage, ask it to die, ping around, or pretend: none reads that a node has no power.
    private static readonly HashSet<string> NotAboutPower = new(StringComparer.Ordinal)
    {
        "fence_scsi", "fence_mpath", "fence_sbd", "fence_kdump", "fence_dummy", "fence_heuristics_ping", "fence_sanbox2", "fence_brocade", "fence_ifmib",
    };

    private readonly AgentSettings _settings;
    private readonly IToolRunner _tools;
    private readonly PowerSwitch _switch;
    private AgentMetadata? _metadata;

    /// <summary>Makes the device; nothing is called before the first use.</summary>
    public AgentDevice(AgentSettings settings, IToolRunner tools, TimeProvider time)
    {
        _settings = settings;
        _tools = tools;
        _switch = new PowerSwitch(this, settings.Timing, time, OrderAsync);
    }

    /// <inheritdoc />
    public string Name => _settings.Name;

    /// <inheritdoc />
    public string Kind => "agent";

    /// <inheritdoc />
    public bool ProvesOff => _settings.ProvesOff ?? !NotAboutPower.Contains(Path.GetFileName(_settings.Agent));

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> CheckAsync(IReadOnlyCollection<NodeName> nodes, CancellationToken cancellationToken = default)
    {
        var (metadata, problem) = await MetadataAsync(cancellationToken).ConfigureAwait(false);
        if (metadata is null)
            return [problem];
        var given = _settings.Parameters.Keys.Concat(_settings.SecretFiles.Keys).ToHashSet(StringComparer.Ordinal);
        var problems = metadata.Problems(given).Select(Told).ToList();
        if (metadata.Plug is { IsRequired: true })
            problems.AddRange(nodes.Where(node => !_settings.Plugs.ContainsKey(node) && !given.Contains("plug") && !given.Contains("port"))
                .Select(node => Told($"no plug is configured for {node}")));
        problems.AddRange(_settings.SecretFiles.Values.Select(SecretFile.Problem).OfType<string>().Select(Told));
        return problems;
    }

    /// <inheritdoc />
    public async Task<PowerReading> StatusAsync(NodeName node, CancellationToken cancellationToken = default)
    {
        var (result, problem) = await CallAsync(node, "status", cancellationToken).ConfigureAwait(false);
        return result switch
        {
            null => PowerReading.Unknown(problem),
            { TimedOut: false, Exit.Code: 0 } => new PowerReading(PowerState.On, $"{node} is on, says {_settings.Agent} (device '{Name}')."),
            { TimedOut: false, Exit.Code: StatusOff } => new PowerReading(PowerState.Off, $"{node} is off, says {_settings.Agent} (device '{Name}')."),
            _ => PowerReading.Unknown(Failure(node, "status", result)),
        };
    }

    /// <inheritdoc />
    public Task<FenceOutcome> OffAsync(NodeName node, CancellationToken cancellationToken = default) =>
        _switch.ToAsync(node, PowerState.Off, cancellationToken);

    /// <inheritdoc />
    public Task<FenceOutcome> OnAsync(NodeName node, CancellationToken cancellationToken = default) =>
        _switch.ToAsync(node, PowerState.On, cancellationToken);

    private string Told(string problem) => $"Agent device '{Name}' ({_settings.Agent}): {problem}.";

    private async Task<(AgentMetadata? Metadata, string Problem)> MetadataAsync(CancellationToken cancellationToken)
    {
        if (_metadata is { } known)
            return (known, "");
        try
        {
            var command = new ToolCommand(_settings.Agent, [], _settings.Timing.CallTimeout) { Input = "action=metadata\n", OutputLimitBytes = 1024 * 1024 };
            var result = await _tools.RunAsync(command, cancellationToken).ConfigureAwait(false);
            if (!result.Succeeded)
                return (null, Told($"its metadata could not be read ({Cause(result)})"));
            return (_metadata = AgentMetadata.Parse(result.Output), "");
        }
        catch (Exception e) when (e is ToolMissingException or Win32Exception or FormatException)
        {
            return (null, Told(e.Message.TrimEnd('.')));
        }
    }

    private async Task<PowerOrder> OrderAsync(NodeName node, PowerState wanted, CancellationToken cancellationToken)
    {
        var action = wanted == PowerState.Off ? "off" : "on";
        var (result, problem) = await CallAsync(node, action, cancellationToken).ConfigureAwait(false);
        return result is null ? new PowerOrder(false, problem)
            : result.Succeeded ? new PowerOrder(true, "")
            : new PowerOrder(false, Failure(node, action, result));
    }

    private async Task<(ToolResult? Result, string Problem)> CallAsync(NodeName node, string action, CancellationToken cancellationToken)
    {
        if (_settings.SecretFiles.Values.Select(SecretFile.Problem).FirstOrDefault(problem => problem is not null) is { } secretProblem)
            return (null, $"{node}: agent device '{Name}' was not asked: {secretProblem}.");
        // Only to learn whether the plug is called plug or port; without metadata the newer name is tried.
        var (metadata, _) = await MetadataAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var command = new ToolCommand(_settings.Agent, [], _settings.Timing.CallTimeout) { Input = Input(node, action, metadata) };
            return (await _tools.RunAsync(command, cancellationToken).ConfigureAwait(false), "");
        }
        catch (Exception e) when (e is ToolMissingException or Win32Exception)
        {
            return (null, $"{node}: agent device '{Name}' cannot be asked. {e.Message}");
        }
    }

    private string Input(NodeName node, string action, AgentMetadata? metadata)
    {
        var lines = new StringBuilder().Append("action=").Append(action).Append('\n');
        foreach (var (name, value) in _settings.Parameters)
            lines.Append(name).Append('=').Append(value).Append('\n');
        foreach (var (name, path) in _settings.SecretFiles)
            lines.Append(name).Append('=').Append(SecretFile.Read(path)).Append('\n');
        if (_settings.Plugs.TryGetValue(node, out var plug))
            lines.Append(metadata?.Plug?.Name ?? "plug").Append('=').Append(plug).Append('\n');
        return lines.ToString();
    }

    private string Failure(NodeName node, string action, ToolResult result) =>
        $"{node}: {_settings.Agent} (device '{Name}') failed at '{action}': {Cause(result)}. Check the device's address, access and plug.";

    private string Cause(ToolResult result)
    {
        if (result.TimedOut)
            return FormattableString.Invariant($"it did not end within {_settings.Timing.CallTimeout.TotalSeconds:0.#} s and was killed");
        // "2026-01-01 10:00:00,123 ERROR: Failed: …"
        var errors = result.Error.Split('\n')
            .Where(line => line.Contains("ERROR:", StringComparison.Ordinal) && !line.Contains("for usage", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf("ERROR:", StringComparison.Ordinal) + 6)..].Trim()).ToList();
        return Redact(errors.Count > 0 ? string.Join("; ", errors) : $"it {result.Exit}, saying '{result.LastWords}'");
    }

    // A talkative agent repeats its parameters; none of the secret ones may reach a log.
    private string Redact(string text)
    {
        foreach (var path in _settings.SecretFiles.Values.Where(path => SecretFile.Problem(path) is null))
            text = text.Replace(SecretFile.Read(path), "(secret)", StringComparison.Ordinal);
        return text;
    }
}
