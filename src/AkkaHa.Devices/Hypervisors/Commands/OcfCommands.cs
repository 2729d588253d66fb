using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Hypervisors.Commands;

/// <summary>
/// An OCF resource agent (Open Cluster Framework resource agent API 1.1): the action is its argument, parameters come in the environment as
/// <c>OCF_RESKEY_*</c>; <c>monitor</c> ends with 0 while the resource runs and with 7 where it does not.
/// </summary>
/// <param name="agent">The agent's path, for example <c>/usr/lib/ocf/resource.d/heartbeat/VirtualDomain</c>.</param>
/// <param name="parameters">
/// Its parameters; in a value <c>{name}</c>, <c>{uuid}</c>, <c>{disk}</c> (the boot disk) and <c>{memory}</c> (MiB) stand for those of the guest.
/// </param>
/// <param name="root">Where the agents' own library lives.</param>
public sealed class OcfCommands(string agent, IReadOnlyDictionary<string, string> parameters, string root = "/usr/lib/ocf") : GuestCommands
{
    private const int NotRunning = 7;

    /// <inheritdoc />
    public override string Kind => "ocf";

    /// <inheritdoc />
    public override string Description => $"guests run by the OCF agent {agent}";

    /// <inheritdoc />
    public override ToolCommand Call(GuestAction action, GuestRecord guest, TimeSpan timeout)
    {
        var environment = new Dictionary<string, string?>
        {
            ["OCF_ROOT"] = root,
            ["OCF_RA_VERSION_MAJOR"] = "1",
            ["OCF_RA_VERSION_MINOR"] = "1",
            ["OCF_RESOURCE_INSTANCE"] = guest.Name,
            ["OCF_RESOURCE_TYPE"] = Path.GetFileName(agent),
            ["OCF_RESOURCE_PROVIDER"] = Path.GetFileName(Path.GetDirectoryName(agent)),
            ["OCF_RESKEY_CRM_meta_timeout"] = Number((int)timeout.TotalMilliseconds),
        };
        foreach (var (name, value) in parameters)
            environment["OCF_RESKEY_" + name] = Filled(value, guest);
        return new ToolCommand(agent, [Word(action)], timeout) { Environment = environment };
    }

    /// <inheritdoc />
    public override GuestStatus StatusOf(ToolResult result) => result switch
    {
        { TimedOut: true } => GuestStatus.Unknown,
        { Exit.Code: 0 } => GuestStatus.Running,
        { Exit.Code: NotRunning } => GuestStatus.NotRunning,
        _ => GuestStatus.Unknown,
    };

    // The API knows no kill; an agent's stop must end in a resource that does not run, by force if it has to.
    private static string Word(GuestAction action) => action switch
    {
        GuestAction.Start => "start",
        GuestAction.Status => "monitor",
        _ => "stop",
    };

    private static string Filled(string value, GuestRecord guest) => value
        .Replace("{name}", guest.Name, StringComparison.Ordinal)
        .Replace("{uuid}", guest.Definition.Uuid.ToString(), StringComparison.Ordinal)
        .Replace("{disk}", guest.Definition.Disks[0].Path, StringComparison.Ordinal)
        .Replace("{memory}", Number(guest.Definition.MemoryMib), StringComparison.Ordinal);
}
