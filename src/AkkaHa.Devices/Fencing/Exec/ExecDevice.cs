using System.ComponentModel;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Fencing.Exec;

/// <summary>Switches nodes with a command of the operator's own.</summary>
public sealed class ExecDevice : IFenceDevice
{
    private const int StatusOff = 2;

    private readonly ExecSettings _settings;
    private readonly IToolRunner _tools;
    private readonly TimeProvider _time;
    private readonly PowerSwitch _switch;

    /// <summary>Makes the device; nothing is called before the first use.</summary>
    /// <exception cref="ArgumentException">No command is given, or it is to prove off without reading a state.</exception>
    public ExecDevice(ExecSettings settings, IToolRunner tools, TimeProvider time)
    {
        if (settings.Command.Count == 0)
            throw new ArgumentException($"The exec device '{settings.Name}' has no command.", nameof(settings));
        if (settings.ProvesOff && !settings.HasStatus)
            throw new ArgumentException($"The exec device '{settings.Name}' cannot prove off: its command reads no state.", nameof(settings));
        _settings = settings;
        _tools = tools;
        _time = time;
        _switch = new PowerSwitch(this, settings.Timing, time, OrderAsync);
    }

    /// <inheritdoc />
    public string Name => _settings.Name;

    /// <inheritdoc />
    public string Kind => "exec";

    /// <inheritdoc />
    public bool ProvesOff => _settings.ProvesOff;

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> CheckAsync(IReadOnlyCollection<NodeName> nodes, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<string>>(ToolPath.Find(_settings.Command[0]) is null
            ? [$"Exec device '{Name}': {new ToolMissingException(_settings.Command[0], ToolPath.PackageOf(_settings.Command[0])).Message}"]
            : []);

    /// <inheritdoc />
    public async Task<PowerReading> StatusAsync(NodeName node, CancellationToken cancellationToken = default)
    {
        if (!_settings.HasStatus)
            return PowerReading.Unknown($"{node}: the exec device '{Name}' is configured without a status command.");
        var (result, problem) = await CallAsync(node, "status", cancellationToken).ConfigureAwait(false);
        return result switch
        {
            null => PowerReading.Unknown(problem),
            { TimedOut: false, Exit.Code: 0 } => new PowerReading(PowerState.On, $"{node} is on, says exec device '{Name}'."),
            { TimedOut: false, Exit.Code: StatusOff } => new PowerReading(PowerState.Off, $"{node} is off, says exec device '{Name}'."),
            _ => PowerReading.Unknown(Failure(node, "status", result)),
        };
    }

    /// <inheritdoc />
    public Task<FenceOutcome> OffAsync(NodeName node, CancellationToken cancellationToken = default) =>
        SwitchAsync(node, PowerState.Off, cancellationToken);

    /// <inheritdoc />
    public Task<FenceOutcome> OnAsync(NodeName node, CancellationToken cancellationToken = default) =>
        SwitchAsync(node, PowerState.On, cancellationToken);

    private async Task<FenceOutcome> SwitchAsync(NodeName node, PowerState wanted, CancellationToken cancellationToken)
    {
        if (_settings.HasStatus)
            return await _switch.ToAsync(node, wanted, cancellationToken).ConfigureAwait(false);
        var started = _time.GetTimestamp();
        if (wanted == PowerState.Off && _settings.Timing.Delay > TimeSpan.Zero)
            await Task.Delay(_settings.Timing.Delay, _time, cancellationToken).ConfigureAwait(false);
        var answer = await OrderAsync(node, wanted, cancellationToken).ConfigureAwait(false);
        return answer.Taken
            ? new FenceOutcome(wanted, FenceVerdict.Claimed, false, $"{node}: exec device '{Name}' says done, and has no status to read back: no proof.", _time.GetElapsedTime(started))
            : new FenceOutcome(wanted, FenceVerdict.Failed, false, answer.Detail, _time.GetElapsedTime(started));
    }

    private async Task<PowerOrder> OrderAsync(NodeName node, PowerState wanted, CancellationToken cancellationToken)
    {
        var action = wanted == PowerState.Off ? "off" : "on";
        var (result, problem) = await CallAsync(node, action, cancellationToken).ConfigureAwait(false);
        return result is null ? new PowerOrder(false, problem)
            : result.Succeeded ? new PowerOrder(true, result.LastWords)
            // A shell that cannot find or read its script exits with 2 whatever it is asked, which as a status means off.
            : result is { TimedOut: false, Exit.Code: StatusOff } ? new PowerOrder(false, Failure(node, action, result)
                + " That is the answer 'off' to a status; a command that gives it to an order as well tells nothing, and its state is not believed.", IsBroken: true)
            : new PowerOrder(false, Failure(node, action, result));
    }

    private async Task<(ToolResult? Result, string Problem)> CallAsync(NodeName node, string action, CancellationToken cancellationToken)
    {
        try
        {
            var command = new ToolCommand(_settings.Command[0], [.. _settings.Command.Skip(1), action, node.Value], _settings.Timing.CallTimeout)
            {
                Environment = _settings.Environment,
            };
            return (await _tools.RunAsync(command, cancellationToken).ConfigureAwait(false), "");
        }
        catch (Exception e) when (e is ToolMissingException or Win32Exception)
        {
            return (null, $"{node}: the command of exec device '{Name}' cannot be run. {e.Message}");
        }
    }

    private string Failure(NodeName node, string action, ToolResult result) =>
        $"{node}: the command of exec device '{Name}' failed at '{action}': it "
        + (result.TimedOut ? FormattableString.Invariant($"did not end within {_settings.Timing.CallTimeout.TotalSeconds:0.#} s and was killed") : result.Exit.ToString())
        + (result.LastWords.Length > 0 ? $" ({result.LastWords})." : ".");
}
