using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors.Qmp;

namespace AkkaHa.Devices.Hypervisors.Embedded;

/// <summary>The embedded hypervisor: for labs on machines without QEMU.</summary>
/// <param name="Node">This node; written into the disk by each guest.</param>
/// <param name="RunDirectory">Where pidfiles, sockets and logs of the guests are. Kept short: a socket's path has at most 107 bytes.</param>
/// <param name="Command">Program and leading arguments that end in <see cref="EmbeddedGuest.RunAsync"/>: <c>akkaha embedded-guest</c>.</param>
public sealed record EmbeddedSettings(NodeName Node, string RunDirectory, IReadOnlyList<string> Command)
{
    /// <summary>How long its processes may take to answer.</summary>
    public QmpTimeouts Timeouts { get; init; } = new();
}
