using AkkaHa.Devices.Hypervisors.Qmp;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Hypervisors.Qemu;

/// <summary>Runs guests with QEMU.</summary>
public sealed class QemuHypervisor(QemuSettings settings, IToolRunner tools, TimeProvider time)
    : QmpHypervisor(new QemuProgram(settings, tools), settings.RunDirectory, settings.Timeouts, time);
