using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors.Qmp;

namespace AkkaHa.Devices.Hypervisors.Qemu;

/// <summary>QEMU on this node.</summary>
/// <param name="Node">This node; told to each guest (<c>-fw_cfg</c>), so that a disk can say who wrote it.</param>
/// <param name="RunDirectory">Where pidfiles, sockets and logs of the guests are. Kept short: a socket's path has at most 107 bytes.</param>
public sealed record QemuSettings(NodeName Node, string RunDirectory)
{
    /// <summary>The program; <c>qemu-system-i386</c> is enough for small guests.</summary>
    public string Program { get; init; } = "qemu-system-x86_64";

    /// <summary>
    /// How instructions are run: <c>tcg</c> works everywhere; <c>kvm</c> is for hosts known to have it. Not found out: /dev/kvm may exist
    /// and open without being usable.
    /// </summary>
    public string Accelerator { get; init; } = "tcg";

    /// <summary>The machine type.</summary>
    public string Machine { get; init; } = "pc";

    /// <summary>The name under which a guest reads its node from the firmware configuration.</summary>
    public string NodeKey { get; init; } = "opt/i";

    /// <summary>
    /// For a lab on a file system without O_DIRECT only: writes go through the host's cache (<c>writethrough</c>). Off: such a disk is
    /// refused.
    /// </summary>
    public bool AllowHostCache { get; init; }

    /// <summary>
    /// Folder with <c>ca-cert.pem</c>, <c>server-cert.pem</c>, <c>server-key.pem</c>, <c>client-cert.pem</c> and <c>client-key.pem</c>: memory
    /// travels encrypted between authenticated nodes. A <c>dh-params.pem</c> (a named group, <c>openssl genpkey -genparam</c>) beside them saves seconds at each arrival. Null: in the clear.
    /// </summary>
    public string? MigrationTlsFolder { get; init; }

    /// <summary>Bounds guests' memory and processor time; null for no bounds.</summary>
    public GuestCgroup? Cgroup { get; init; }

    /// <summary>How long its processes may take to answer.</summary>
    public QmpTimeouts Timeouts { get; init; } = new();
}
