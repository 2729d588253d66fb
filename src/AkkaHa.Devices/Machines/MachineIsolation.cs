using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Machines;

/// <summary>What makes a lab machine's processes a whole that lives and dies together.</summary>
public enum MachineIsolation
{
    /// <summary>A pid namespace: the kernel itself kills everything with its init. Needs root.</summary>
    PidNamespace,

    /// <summary>A pid namespace inside a user namespace: the same without root, where the host allows it.</summary>
    UserNamespace,

    /// <summary>A mark in the environment of every process; killed by looking for it until none is left. Works everywhere.</summary>
    Mark,
}

/// <summary>Finds out what this host allows.</summary>
public static class MachineIsolations
{
    /// <summary>The strongest isolation that works here.</summary>
    public static async Task<MachineIsolation> DetectAsync(IToolRunner tools, CancellationToken cancellationToken = default)
    {
        foreach (var isolation in (MachineIsolation[])[MachineIsolation.PidNamespace, MachineIsolation.UserNamespace])
        {
            try
            {
                var tried = await tools.RunAsync(
                    new ToolCommand("unshare", [.. Arguments(isolation), "mount", "-t", "proc", "proc", "/proc"], TimeSpan.FromSeconds(5)), cancellationToken)
                    .ConfigureAwait(false);
                if (tried.Succeeded)
                    return isolation;
            }
            catch (ToolMissingException)
            {
                break;
            }
        }
        return MachineIsolation.Mark;
    }

    internal static IReadOnlyList<string> Arguments(MachineIsolation isolation) => isolation switch
    {
        MachineIsolation.PidNamespace => ["--mount", "--pid", "--fork", "--kill-child"],
        MachineIsolation.UserNamespace => ["--user", "--map-root-user", "--mount", "--pid", "--fork", "--kill-child"],
        _ => [],
    };
}
