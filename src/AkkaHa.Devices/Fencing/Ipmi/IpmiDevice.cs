using System.Globalization;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Fencing.Ipmi;

/// <summary>Switches a node through its BMC over IPMI. Proves off: the chassis' power state is read back.</summary>
public sealed class IpmiDevice : IFenceDevice
{
    private readonly IpmiSettings _settings;
    private readonly IToolRunner _tools;
    private readonly PowerSwitch _switch;

    /// <summary>Makes the device; nothing is called before the first use.</summary>
    public IpmiDevice(IpmiSettings settings, IToolRunner tools, TimeProvider time)
    {
        _settings = settings;
        _tools = tools;
        _switch = new PowerSwitch(this, settings.Timing, time, OrderAsync);
    }

    /// <inheritdoc />
    public string Name => _settings.Name;

    /// <inheritdoc />
    public string Kind => "ipmi";

    /// <inheritdoc />
    public bool ProvesOff => true;

    private string Address => string.Create(CultureInfo.InvariantCulture, $"{_settings.Host}:{_settings.Port}");

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> CheckAsync(IReadOnlyCollection<NodeName> nodes, CancellationToken cancellationToken = default)
    {
        var problems = new List<string>();
        if (ToolPath.Find(_settings.Program) is null)
            problems.Add($"IPMI device '{Name}': {new ToolMissingException(_settings.Program, ToolPath.PackageOf(_settings.Program)).Message}");
        if (SecretFile.Problem(_settings.PasswordFile) is { } problem)
            problems.Add($"IPMI device '{Name}': {problem}.");
        if (nodes.Count > 1)
            problems.Add($"IPMI device '{Name}' is one machine's BMC, but is named for {string.Join(", ", nodes)}.");
        return Task.FromResult<IReadOnlyList<string>>(problems);
    }

    /// <inheritdoc />
    public async Task<PowerReading> StatusAsync(NodeName node, CancellationToken cancellationToken = default)
    {
        var (result, problem) = await CallAsync(node, "status", cancellationToken).ConfigureAwait(false);
        if (result is null)
            return PowerReading.Unknown(problem);
        var text = result.Output.Trim();
        // "Chassis Power is off": the last word counts, and nothing but these two.
        return text.EndsWith(" off", StringComparison.OrdinalIgnoreCase) ? new PowerReading(PowerState.Off, $"{node} is off, says the BMC at {Address}.")
            : text.EndsWith(" on", StringComparison.OrdinalIgnoreCase) ? new PowerReading(PowerState.On, $"{node} is on, says the BMC at {Address}.")
            : PowerReading.Unknown($"{node}: the BMC of device '{Name}' ({Address}) answered '{text}' when asked for the power state.");
    }

    /// <inheritdoc />
    public Task<FenceOutcome> OffAsync(NodeName node, CancellationToken cancellationToken = default) =>
        _switch.ToAsync(node, PowerState.Off, cancellationToken);

    /// <inheritdoc />
    public Task<FenceOutcome> OnAsync(NodeName node, CancellationToken cancellationToken = default) =>
        _switch.ToAsync(node, PowerState.On, cancellationToken);

    private async Task<PowerOrder> OrderAsync(NodeName node, PowerState wanted, CancellationToken cancellationToken)
    {
        var (result, problem) = await CallAsync(node, wanted == PowerState.Off ? "off" : "on", cancellationToken).ConfigureAwait(false);
        return result is null ? new PowerOrder(false, problem) : new PowerOrder(true, result.Output.Trim());
    }

    private async Task<(ToolResult? Result, string Problem)> CallAsync(NodeName node, string action, CancellationToken cancellationToken)
    {
        if (SecretFile.Problem(_settings.PasswordFile) is { } problem)
            return (null, $"{node}: the BMC of device '{Name}' ({Address}) was not asked: {problem}.");
        try
        {
            var result = await _tools.RunAsync(Command(action), cancellationToken).ConfigureAwait(false);
            return result.Succeeded ? (result, "") : (null, Failure(node, action, result));
        }
        catch (ToolMissingException e)
        {
            return (null, $"{node}: the BMC of device '{Name}' ({Address}) cannot be asked. {e.Message}");
        }
    }

    private ToolCommand Command(string action)
    {
        List<string> arguments =
        [
            "-I", _settings.Interface, "-H", _settings.Host, "-p", Number(_settings.Port), "-U", _settings.User, "-f", _settings.PasswordFile,
            "-L", _settings.Privilege, "-N", Number(_settings.PacketSeconds), "-R", Number(_settings.PacketRetries),
        ];
        if (_settings.Cipher is { } cipher && _settings.Interface == "lanplus")
            arguments.AddRange(["-C", Number(cipher)]);
        return new ToolCommand(_settings.Program, [.. arguments, "chassis", "power", action], _settings.Timing.CallTimeout);
    }

    // ipmitool prints the same line for a closed port, a wrong password and a wrong cipher: all that is known is what to check.
    private string Failure(NodeName node, string action, ToolResult result) =>
        $"{node}: the BMC of device '{Name}' ({Address}) did not answer '{action}' "
        + string.Create(CultureInfo.InvariantCulture, $"within {result.Elapsed.TotalSeconds:0.0} s. ")
        + $"Check that the BMC has power and network and that address, port, user '{_settings.User}', the password in {_settings.PasswordFile}, "
        + $"cipher {_settings.Cipher?.ToString(CultureInfo.InvariantCulture) ?? "(by the tool)"} and privilege {_settings.Privilege} are right"
        + (result.TimedOut ? " (ipmitool hung and was killed)." : $" (ipmitool: {result.LastWords}).");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
