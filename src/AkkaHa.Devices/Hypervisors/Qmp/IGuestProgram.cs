using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Hypervisors.Qmp;

/// <summary>A program that is a guest and speaks QMP: QEMU, or the embedded guest.</summary>
public interface IGuestProgram
{
    /// <summary>The hypervisor's type in the configuration.</summary>
    string Kind { get; }

    /// <summary>Null if the definition can be run, else a sentence that says why not.</summary>
    string? Refusal(VmDefinition definition);

    /// <summary>
    /// The command that spawns the guest paused, in the foreground. It holds the arguments <c>-uuid U</c> and <c>-pidfile P</c>, by which
    /// a later daemon finds it.
    /// </summary>
    ChildOptions Command(VmDefinition definition, GuestFiles files);

    /// <summary>What the program's last words before an early end mean.</summary>
    StartVerdict Judge(string lastWords);

    /// <summary>What it can do.</summary>
    Task<HypervisorCapabilities> CapabilitiesAsync(CancellationToken cancellationToken);
}
