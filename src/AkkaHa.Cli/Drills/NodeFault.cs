using AkkaHa.Devices.Machines;

namespace AkkaHa.Cli.Drills;

/// <summary>How a drill breaks a node.</summary>
/// <param name="Name">The drill's name.</param>
/// <param name="Event">The fault's name in the timeline.</param>
/// <param name="Method">What is done, for the report.</param>
/// <param name="Strike">Does it.</param>
internal sealed record NodeFault(string Name, string Event, string Method, Func<LabMachine, CancellationToken, Task> Strike)
{
    /// <summary>The power of the whole machine goes, its VMs included.</summary>
    public static NodeFault PowerCut { get; } = new(
        "power-off", "power-cut", "SIGKILL of the whole machine that hosts the CRM, its VMs included", (machine, stop) => machine.PowerOffAsync(stop));

    /// <summary>The daemon dies, its VMs run on: only fencing can make sure that none runs twice.</summary>
    public static NodeFault DaemonKill { get; } = new(
        "kill-daemon", "daemon-killed", "kill -9 of the node daemon alone on the CRM's node; its VMs run on", async (machine, _) =>
        {
            if (!await machine.KillDaemonAsync().ConfigureAwait(false))
                throw new Lab.LabException($"The daemon of {machine.Node} could not be killed: it does not run.");
        });

    /// <summary>The daemon stands still, its VMs run on: it renews no lease and kills nothing, so only its watchdog or a device can.</summary>
    public static NodeFault DaemonFreeze { get; } = new(
        "freeze-daemon", "daemon-frozen", "SIGSTOP of the node daemon alone on the CRM's node; its VMs run on", (machine, _) =>
            machine.FreezeDaemon() ? Task.CompletedTask : throw new Lab.LabException($"The daemon of {machine.Node} could not be frozen: it does not run."));
}
