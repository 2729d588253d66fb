using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Akka.Cluster.Processes.Tests.Support;

/// <summary>
/// Hosts on one machine: network namespaces with an address each, all plugged into a bridge in a namespace of its own, so that nothing
/// of the machine's own network is touched. They bear the number of this process, and those of a process that is gone are removed.
/// </summary>
internal sealed partial class Hosts : IDisposable
{
    private static readonly Lazy<string?> Obstacle = new(FindObstacle);

    private readonly int _count;

    private Hosts(int count) => _count = count;

    /// <summary>Why there can be no such hosts on this machine; null if there can.</summary>
    public static string? WhyNot => Obstacle.Value;

    private static string Switch => $"ak{Environment.ProcessId}sw";

    public static Hosts Create(int count)
    {
        RemoveThoseOfTheDead();
        var hosts = new Hosts(count);
        var script = new StringBuilder();
        script.Append(CultureInfo.InvariantCulture, $"ip netns add {Switch}; ip -n {Switch} link add br0 type bridge; ip -n {Switch} link set br0 up\n");
        for (var i = 1; i <= count; i++)
        {
            var name = Name(i);
            script.Append(CultureInfo.InvariantCulture, $"""
                ip netns add {name}; ip -n {name} link set lo up
                ip link add eth0 netns {name} type veth peer name v{i} netns {Switch}
                ip -n {Switch} link set v{i} master br0 up
                ip -n {name} addr add {Address(i)}/24 dev eth0; ip -n {name} link set eth0 up

                """);
        }

        try
        {
            Run("sh", script.ToString(), "-e");
            return hosts;
        }
        catch
        {
            hosts.Dispose();
            throw;
        }
    }

    /// <summary>The address of a host, by its number from 1 on.</summary>
    public static string Address(int host) => $"10.77.0.{host}";

    /// <summary>The command that runs another one at a host.</summary>
    public static IEnumerable<string> At(int host) => ["nsenter", $"--net=/run/netns/{Name(host)}"];

    /// <summary>From now on nothing that the first hosts send reaches the others. The other way stays as it is.</summary>
    public void Cut(IReadOnlyCollection<int> from, IReadOnlyCollection<int> to)
    {
        var receivers = string.Join(", ", to.Select(Address));
        foreach (var host in from)
        {
            Run("nsenter", $$"""
                table ip cut {
                  chain sent {
                    type filter hook output priority 0;
                    ip daddr { {{receivers}} } drop
                  }
                }
                """, $"--net=/run/netns/{Name(host)}", "nft", "-f", "-");
        }
    }

    public void Dispose()
    {
        for (var i = 1; i <= _count; i++) Remove(Name(i));
        Remove(Switch);
    }

    private static string Name(int host) => $"ak{Environment.ProcessId}h{host}";

    private static void Remove(string name)
    {
        if (File.Exists($"/run/netns/{name}")) Run("ip", "", "netns", "del", name);
    }

    private static void RemoveThoseOfTheDead()
    {
        if (!Directory.Exists("/run/netns")) return;
        foreach (var name in Directory.GetFiles("/run/netns").Select(file => Path.GetFileName(file)))
        {
            if (OwnName().Match(name) is { Success: true } match && !Directory.Exists($"/proc/{match.Groups[1].Value}")) Remove(name);
        }
    }

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return "Network namespaces need Linux and root.";
        try
        {
            using var hosts = Create(1);
            hosts.Cut([1], [2]);
            return null;
        }
        catch (Exception obstacle)
        {
            return $"Network namespaces (ip of iproute2, nft of nftables) are not usable here: {obstacle.Message}";
        }
    }

    private static void Run(string program, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardError = true })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {error.Trim()}");
    }

    [GeneratedRegex(@"\Aak(\d+)(sw|h\d+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex OwnName();
}
