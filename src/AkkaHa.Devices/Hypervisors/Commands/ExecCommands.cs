using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Hypervisors.Commands;

/// <summary>
/// An own command, called as <c>COMMAND start|stop|kill|status NAME</c> with the guest in its environment: <c>AKKAHA_UUID</c>, <c>AKKAHA_TOKEN</c>,
/// <c>AKKAHA_MEMORY_MIB</c>, <c>AKKAHA_CPUS</c>, <c>AKKAHA_DISKS</c> (one path a line). Exit code 0: done, or it runs; for <c>status</c> 3: it does
/// not run (as init scripts say it); anything else is an error with its cause on standard error.
/// </summary>
/// <param name="command">Program and leading arguments; everybody on the machine can read them, so never a secret.</param>
public sealed class ExecCommands(IReadOnlyList<string> command) : GuestCommands
{
    private const int StatusNotRunning = 3;

    /// <inheritdoc />
    public override string Kind => "exec";

    /// <inheritdoc />
    public override string Description => $"guests run by {string.Join(' ', command)}";

    /// <inheritdoc />
    public override ToolCommand Call(GuestAction action, GuestRecord guest, TimeSpan timeout) =>
        new(command[0], [.. command.Skip(1), action.ToString().ToLowerInvariant(), guest.Name], timeout)
        {
            Environment = new Dictionary<string, string?>
            {
                ["AKKAHA_UUID"] = guest.Definition.Uuid.ToString(),
                [GuestToken.Variable] = GuestToken.Format(guest.Token),
                ["AKKAHA_MEMORY_MIB"] = Number(guest.Definition.MemoryMib),
                ["AKKAHA_CPUS"] = Number(guest.Definition.Cpus),
                ["AKKAHA_DISKS"] = string.Join('\n', guest.Definition.Disks.Select(d => d.Path)),
            },
        };

    /// <inheritdoc />
    public override GuestStatus StatusOf(ToolResult result) => result switch
    {
        { TimedOut: true } => GuestStatus.Unknown,
        { Exit.Code: 0 } => GuestStatus.Running,
        { Exit.Code: StatusNotRunning } => GuestStatus.NotRunning,
        _ => GuestStatus.Unknown,
    };
}
