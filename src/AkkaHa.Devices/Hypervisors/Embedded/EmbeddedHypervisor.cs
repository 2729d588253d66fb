using AkkaHa.Devices.Hypervisors.Qmp;

namespace AkkaHa.Devices.Hypervisors.Embedded;

/// <summary>Runs guests as processes of AkkaHa's own that lock and write their disks as the canary guest does.</summary>
public sealed class EmbeddedHypervisor(EmbeddedSettings settings, TimeProvider time)
    : QmpHypervisor(new EmbeddedProgram(settings), settings.RunDirectory, settings.Timeouts, time);
