namespace AkkaHa.Devices.Processes;

/// <summary>Finds programs. A daemon's PATH often lacks the system directories, so they are searched as well.</summary>
public static class ToolPath
{
    private static readonly string[] SystemDirectories = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/libexec"];

    private static readonly Dictionary<string, string> Packages = new(StringComparer.Ordinal)
    {
        ["ipmitool"] = "ipmitool",
        ["ipmi_sim"] = "openipmi",
        ["qemu-system-i386"] = "qemu-system-x86",
        ["qemu-system-x86_64"] = "qemu-system-x86",
        ["qemu-img"] = "qemu-utils",
        ["nasm"] = "nasm",
        ["sbd"] = "sbd",
        ["snmpd"] = "snmpd",
        ["snmpset"] = "snmp",
        ["ssh"] = "openssh-client",
        ["sshd"] = "openssh-server",
        ["virsh"] = "libvirt-clients",
        ["unshare"] = "util-linux",
        ["nsenter"] = "util-linux",
        ["losetup"] = "mount",
        ["ip"] = "iproute2",
        ["nft"] = "nftables",
        ["qemu-storage-daemon"] = "qemu-system-common",
    };

    /// <summary>The PATH that tools are started with.</summary>
    public static string SearchPath =>
        string.Join(':', (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(SystemDirectories).Distinct(StringComparer.Ordinal));

    /// <summary>The full path of a program, or null if it is not installed.</summary>
    public static string? Find(string program) =>
        program.Contains('/', StringComparison.Ordinal)
            ? IsExecutable(program) ? Path.GetFullPath(program) : null
            : SearchPath.Split(':').Select(directory => Path.Combine(directory, program)).FirstOrDefault(IsExecutable);

    /// <summary>The full path of a program.</summary>
    /// <exception cref="ToolMissingException">It is not installed; says which package brings it.</exception>
    public static string Require(string program) => Find(program) ?? throw new ToolMissingException(program, PackageOf(program));

    /// <summary>The Debian package that brings a program, if known.</summary>
    public static string? PackageOf(string program)
    {
        var name = Path.GetFileName(program);
        return Packages.TryGetValue(name, out var package) ? package
            : name.StartsWith("fence_", StringComparison.Ordinal) ? "fence-agents"
            : null;
    }

    private static bool IsExecutable(string path)
    {
        try
        {
            return !OperatingSystem.IsWindows() && File.Exists(path)
                && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
