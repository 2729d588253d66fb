using System.Globalization;
using System.Text;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Machines;

/// <summary>The networks of a lab. Each is a switch of its own.</summary>
public enum LabLink
{
    /// <summary>What remoting runs over.</summary>
    Cluster = 1,

    /// <summary>Disks and migrations.</summary>
    Storage = 2,

    /// <summary>The second cluster link.</summary>
    Second = 3,
}

/// <summary>A fault of a lab's network: of what the first machines send to the others so much is lost.</summary>
/// <param name="Link">On which network.</param>
/// <param name="From">The senders, by number.</param>
/// <param name="To">The receivers, by number.</param>
/// <param name="LossPercent">100 is a cut.</param>
public sealed record LinkFault(LabLink Link, IReadOnlyCollection<int> From, IReadOnlyCollection<int> To, int LossPercent = 100);

/// <summary>
/// Machines with networks of their own: a network namespace for each, plugged into switches that live in a namespace too, so that nothing
/// of the host's own network is touched but one interface, by which the host looks on. Needs root, <c>ip</c> and <c>nft</c>.
/// </summary>
/// <param name="name">Tells this lab's namespaces and interface from others'; at most eight letters and digits.</param>
/// <param name="prefix">The first two numbers of its addresses: <c>10.77</c>.</param>
/// <param name="machines">How many machines.</param>
/// <param name="tools">Runs the tools.</param>
public sealed class LabNetwork(string name, string prefix, int machines, IToolRunner tools)
{
    /// <summary>The number of the host that looks on, in the cluster network.</summary>
    public const int Observer = 254;

    /// <summary>The number of the server of the disks, in the storage network.</summary>
    public const int StorageServer = 253;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly LabLink[] Links = [LabLink.Cluster, LabLink.Storage, LabLink.Second];

    private string Switches => name + "sw";

    private string Storage => name + "st";

    /// <summary>The address of a machine on a network.</summary>
    public string Address(LabLink link, int machine) => string.Create(CultureInfo.InvariantCulture, $"{prefix}.{(int)link}.{machine}");

    /// <summary>A network as <c>10.77.2.0/24</c>.</summary>
    public string Network(LabLink link) => string.Create(CultureInfo.InvariantCulture, $"{prefix}.{(int)link}.0/24");

    /// <summary>The beginning of a command that runs at a machine.</summary>
    public IReadOnlyList<string> At(int machine) => ["nsenter", $"--net=/run/netns/{Machine(machine)}"];

    /// <summary>The beginning of a command that runs at the server of the disks.</summary>
    public IReadOnlyList<string> AtStorage => ["nsenter", $"--net=/run/netns/{Storage}"];

    /// <summary>Why there can be no such networks here; null if there can.</summary>
    public static async Task<string?> ObstacleAsync(IToolRunner tools, CancellationToken cancellationToken = default)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return "Network namespaces need Linux and root.";
        var probe = new LabNetwork(string.Create(CultureInfo.InvariantCulture, $"ah{Environment.ProcessId % 1_000_000}"), "10.127", 1, tools);
        try
        {
            await probe.CreateAsync(cancellationToken).ConfigureAwait(false);
            await probe.ApplyAsync([new LinkFault(LabLink.Cluster, [1], [1], 50)], cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is ToolMissingException or InvalidOperationException)
        {
            return $"Network namespaces (ip of iproute2, nft of nftables) are not usable here: {e.Message}";
        }
        finally
        {
            await probe.RemoveAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Makes the switches, the server's place and the host's interface. Machines are plugged in when they are switched on.</summary>
    /// <exception cref="InvalidOperationException">A tool refused.</exception>
    public async Task CreateAsync(CancellationToken cancellationToken = default)
    {
        var script = new StringBuilder($"ip netns add {Switches}\n");
        foreach (var link in Links)
            script.Append(CultureInfo.InvariantCulture, $"ip -n {Switches} link add {Bridge(link)} type bridge; ip -n {Switches} link set {Bridge(link)} up\n");
        script.Append(CultureInfo.InvariantCulture, $"""
            ip link add {name} type veth peer name {Port(LabLink.Cluster, 0)} netns {Switches}
            ip -n {Switches} link set {Port(LabLink.Cluster, 0)} master {Bridge(LabLink.Cluster)} up
            ip addr add {Address(LabLink.Cluster, Observer)}/24 dev {name}; ip link set {name} up
            ip netns add {Storage}; ip -n {Storage} link set lo up
            ip link add eth0 netns {Storage} type veth peer name {Port(LabLink.Storage, 0)} netns {Switches}
            ip -n {Switches} link set {Port(LabLink.Storage, 0)} master {Bridge(LabLink.Storage)} up
            ip -n {Storage} addr add {Address(LabLink.Storage, StorageServer)}/24 dev eth0; ip -n {Storage} link set eth0 up

            """);
        await RunAsync("sh", ["-e"], script.ToString(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shell commands that plug a machine in: a network namespace as new as its boot.</summary>
    public string PlugScript(int machine)
    {
        var script = new StringBuilder(UnplugScript(machine));
        script.Append(CultureInfo.InvariantCulture, $"ip netns add {Machine(machine)}; ip -n {Machine(machine)} link set lo up\n");
        foreach (var link in Links)
        {
            var device = Device(link);
            script.Append(CultureInfo.InvariantCulture, $"""
                ip link add {device} netns {Machine(machine)} type veth peer name {Port(link, machine)} netns {Switches}
                ip -n {Switches} link set {Port(link, machine)} master {Bridge(link)} up
                ip -n {Machine(machine)} addr add {Address(link, machine)}/24 dev {device}; ip -n {Machine(machine)} link set {device} up

                """);
        }

        return script.ToString();
    }

    /// <summary>
    /// Shell commands that unplug a machine: without its cables nothing that its kernel still holds is ever sent, as after a real power cut.
    /// </summary>
    public string UnplugScript(int machine)
    {
        var script = new StringBuilder();
        foreach (var link in Links)
            script.Append(CultureInfo.InvariantCulture, $"ip -n {Switches} link del {Port(link, machine)} 2> /dev/null\n");
        script.Append(CultureInfo.InvariantCulture, $"ip netns del {Machine(machine)} 2> /dev/null\n");
        return script.ToString();
    }

    /// <summary>Plugs a machine in without switching anything on.</summary>
    public Task PlugAsync(int machine, CancellationToken cancellationToken = default) => RunAsync("sh", [], PlugScript(machine), cancellationToken);

    /// <summary>From now on these faults hold and no others; without any, all is well again.</summary>
    public Task ApplyAsync(IReadOnlyCollection<LinkFault> faults, CancellationToken cancellationToken = default)
    {
        var rules = new StringBuilder("add table bridge faults\ndelete table bridge faults\ntable bridge faults {\n  chain forwarded {\n    type filter hook forward priority 0\n");
        foreach (var fault in faults)
        {
            var share = fault.LossPercent >= 100 ? "" : string.Create(CultureInfo.InvariantCulture, $"numgen random mod 100 < {fault.LossPercent} ");
            rules.Append(CultureInfo.InvariantCulture, $"    iifname {{ {Ports(fault.Link, fault.From)} }} oifname {{ {Ports(fault.Link, fault.To)} }} {share}drop\n");
        }

        rules.Append("  }\n}\n");
        return RunAsync("nsenter", [$"--net=/run/netns/{Switches}", "nft", "-f", "-"], rules.ToString(), cancellationToken);
    }

    /// <summary>Pulls a machine's cable of a network, or plugs it in again: it sees that the carrier is gone.</summary>
    public Task SetCarrierAsync(LabLink link, int machine, bool up, CancellationToken cancellationToken = default) =>
        RunAsync("ip", ["-n", Switches, "link", "set", Port(link, machine), up ? "up" : "down"], "", cancellationToken);

    /// <summary>Removes everything. Never fails because something is gone already.</summary>
    public async Task RemoveAsync()
    {
        var script = new StringBuilder();
        for (var machine = 1; machine <= machines; machine++)
            script.Append(UnplugScript(machine));
        script.Append(CultureInfo.InvariantCulture, $"ip link del {name} 2> /dev/null; ip netns del {Storage} 2> /dev/null; ip netns del {Switches} 2> /dev/null; true\n");
        await RunAsync("sh", [], script.ToString(), CancellationToken.None).ConfigureAwait(false);
    }

    private static string Device(LabLink link) => link switch { LabLink.Cluster => "eth0", LabLink.Storage => "eth1", _ => "eth2" };

    private static string Bridge(LabLink link) => string.Create(CultureInfo.InvariantCulture, $"br{(int)link}");

    private static string Port(LabLink link, int machine) => string.Create(CultureInfo.InvariantCulture, $"p{(int)link}x{machine}");

    private static string Ports(LabLink link, IEnumerable<int> machines) => string.Join(", ", machines.Select(machine => $"\"{Port(link, machine)}\""));

    private string Machine(int machine) => string.Create(CultureInfo.InvariantCulture, $"{name}m{machine}");

    private async Task RunAsync(string program, IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        var result = await tools.RunAsync(new ToolCommand(program, arguments, Timeout) { Input = input }, cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded)
            throw new InvalidOperationException($"The lab's network {name}: '{program} {string.Join(' ', arguments)}' failed: {result.LastWords}");
    }
}
