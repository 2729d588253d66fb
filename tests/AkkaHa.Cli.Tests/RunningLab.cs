using System.Text.Json.Nodes;

namespace AkkaHa.Cli.Tests;

/// <summary>A lab of three nodes that is up, and what a test asks of it. It is down at the end.</summary>
internal sealed class RunningLab : IAsyncDisposable
{
    /// <summary>Long enough for any event on a busy machine; no test waits it out when all is well.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string _scratch;

    private RunningLab(string scratch) => _scratch = scratch;

    public string Folder => Path.Combine(_scratch, "lab");

    public static async Task<RunningLab> Up(string scratch, params string[] options)
    {
        var lab = new RunningLab(scratch);
        var up = await Akkaha.Run(scratch, ["lab", "up", "--folder", lab.Folder, .. options]);
        Assert.True(up.ExitCode == 0, up.Output + up.Error);
        return lab;
    }

    public string Config(string node) => Path.Combine(Machine(node), "node.conf");

    public string DaemonLog(string node) => File.ReadAllText(Path.Combine(Machine(node), "daemon.log"));

    public string RunFolder(string node) => Path.Combine(Machine(node), "run");

    public string BootId(string node) => File.ReadAllText(Path.Combine(Machine(node), "boot-id")).Trim();

    public IEnumerable<string> Disks() => Directory.GetFiles(Path.Combine(Folder, "shared"), "*.raw");

    /// <summary>The process of a node's daemon.</summary>
    public int DaemonPid(string node) => Assert.Single(
        Processes(), p => p.Arguments is [var program, .., "node", "run", "--config", var config] && Path.GetFileName(program) != "unshare" && config == Config(node)).Id;

    public async Task<JsonNode> Status(string node)
    {
        var status = await Akkaha.Run(_scratch, "status", "--json", "--config", Config(node));
        Assert.True(status.ExitCode == 0, status.Error);
        return JsonNode.Parse(status.Output)!;
    }

    /// <summary>Asks a node until its status is as wanted; one that does not answer is asked again.</summary>
    public async Task<JsonNode> Until(string node, Func<JsonNode, bool> wanted, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await Akkaha.Run(_scratch, "status", "--json", "--config", Config(node));
            if (answer.ExitCode == 0 && JsonNode.Parse(answer.Output)! is var status && wanted(status))
                return status;
            Assert.False(patience.IsCancellationRequested, $"{node} was asked in vain for {what}; last it said: {answer.Output}{answer.Error}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        var down = await Akkaha.Run(_scratch, "lab", "down", "--folder", Folder);
        Assert.True(down.ExitCode == 0, down.Output + down.Error);
    }

    /// <summary>Every process of this host that has a text among its arguments.</summary>
    public static List<string> ProcessesWith(string text) =>
        [.. Processes().Select(p => string.Join(' ', p.Arguments)).Where(command => command.Contains(text, StringComparison.Ordinal))];

    private static IEnumerable<(int Id, string[] Arguments)> Processes()
    {
        foreach (var folder in Directory.GetDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
        {
            string[] arguments;
            try
            {
                arguments = File.ReadAllText(Path.Combine(folder, "cmdline")).TrimEnd('\0').Split('\0');
            }
            catch (IOException)
            {
                // It ended while it was looked at.
                continue;
            }

            yield return (int.Parse(Path.GetFileName(folder)), arguments);
        }
    }

    private string Machine(string node) => Path.Combine(Folder, "machines", node);
}
