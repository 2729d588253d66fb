using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Fencing.Ssh;

/// <summary>Asks a node over SSH to switch itself off. It can only speed things up: a node that does not answer may still run.</summary>
/// <param name="Name">The name of the device in the configuration.</param>
/// <param name="KeyFile">The private key, mode 0600, without a passphrase.</param>
public sealed record SshSettings(string Name, string KeyFile)
{
    /// <summary>The user on the nodes; must be allowed to switch them off.</summary>
    public string User { get; init; } = "root";

    /// <summary>TCP port.</summary>
    public int Port { get; init; } = 22;

    /// <summary>The address of each node; a node that is not named is reached by its own name.</summary>
    public IReadOnlyDictionary<NodeName, string> Hosts { get; init; } = new Dictionary<NodeName, string>();

    /// <summary>File with the nodes' host keys; an unknown or changed key is refused.</summary>
    public string KnownHostsFile { get; init; } = "/etc/ssh/ssh_known_hosts";

    /// <summary>What is run on the node. By default the kernel is told directly: services that hang cannot hold it up.</summary>
    public string OffCommand { get; init; } = "echo 1 > /proc/sys/kernel/sysrq; echo o > /proc/sysrq-trigger";

    /// <summary>How long it may take.</summary>
    public FenceTiming Timing { get; init; } = new() { Deadline = TimeSpan.FromSeconds(15), CallTimeout = TimeSpan.FromSeconds(10) };

    /// <summary>The program.</summary>
    public string Program { get; init; } = "ssh";
}
