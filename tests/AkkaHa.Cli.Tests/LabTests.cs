using System.Diagnostics;
using System.Text.Json.Nodes;

namespace AkkaHa.Cli.Tests;

[Collection(LabCollection.Name)]
public sealed class LabTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_lab_goes_up_answers_on_every_node_takes_commands_and_goes_down_without_a_trace()
    {
        var lab = Path.Combine(_scratch.Folder, "lab");
        var up = await Akkaha.Run(_scratch.Folder, "lab", "up", "--folder", lab, "--hypervisor", "embedded", "--power", "controller", "--vms", "2");
        Assert.True(up.ExitCode == 0, up.Output + up.Error);
        try
        {
            for (var node = 1; node <= 3; node++)
            {
                var status = await Status(lab, node);
                Assert.True((bool)status["quorate"]!);
                Assert.Equal($"pve{node}", (string)status["answeredBy"]!);
                Assert.Equal(["started", "started"], status["resources"]!.AsArray().Select(r => (string)r!["actual"]!));
            }

            var config = Path.Combine(lab, "machines", "pve2", "node.conf");
            var stop = await Akkaha.Run(_scratch.Folder, "set", "vm:100", "--state", "stopped", "--config", config);
            Assert.True(stop.ExitCode == 0, stop.Error);
            await Until(async () => (string)(await Status(lab, 3))["resources"]![0]!["actual"]! == "stopped");
            var again = await Akkaha.Run(_scratch.Folder, "add", "vm:100", "--disk", "lab:/nowhere", "--config", config);
            Assert.Equal(2, again.ExitCode);
            Assert.Contains("vm:100: it is a resource already", again.Error, StringComparison.Ordinal);
            var unknown = await Akkaha.Run(_scratch.Folder, "set", "vm:999", "--state", "stopped", "--config", config);
            Assert.Contains("vm:999: there is no such resource", unknown.Error, StringComparison.Ordinal);
            var tested = await Akkaha.Run(_scratch.Folder, "fence", "test", "--config", config);
            Assert.True(tested.ExitCode == 0, tested.Output + tested.Error);
            Assert.Matches("pve3 +level 1 ok", tested.Output);
            var nothing = await Akkaha.Run(_scratch.Folder, "fence", "test", "pve3", "no-such-device", "--config", config);
            Assert.Equal(2, nothing.ExitCode);
            var shown = await Akkaha.Run(_scratch.Folder, "lab", "status", "--folder", lab);
            Assert.Contains("pve1", shown.Output, StringComparison.Ordinal);
        }
        finally
        {
            var down = await Akkaha.Run(_scratch.Folder, "lab", "down", "--folder", lab);
            Assert.Equal(0, down.ExitCode);
        }

        Assert.False(Directory.Exists(lab));
        Assert.Empty(ProcessesWith(lab));
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_of_a_drill_leaves_nothing_behind()
    {
        var lab = Path.Combine(_scratch.Folder, "lab");
        using var drill = Akkaha.Start(
            _scratch.Folder, "lab", "drill", "power-off", "--folder", lab, "--hypervisor", "embedded", "--power", "controller");
        var lines = new List<string>();
        while (await drill.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("the cluster is formed", StringComparison.Ordinal))
            lines.Add(line);

        Process.Start("kill", ["-INT", $"{drill.Id}"])!.WaitForExit();
        await drill.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);

        Assert.Equal(1, drill.ExitCode);
        Assert.False(Directory.Exists(lab));
        Assert.Empty(ProcessesWith(lab));
    }

    private async Task<JsonNode> Status(string lab, int node)
    {
        var status = await Akkaha.Run(_scratch.Folder, "status", "--json", "--config", Path.Combine(lab, "machines", $"pve{node}", "node.conf"));
        Assert.True(status.ExitCode == 0, status.Error);
        return JsonNode.Parse(status.Output)!;
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!await condition())
            Assert.True(DateTime.UtcNow < deadline, "it did not come to that within 30 s");
    }

    private static List<string> ProcessesWith(string text)
    {
        var found = new List<string>();
        foreach (var folder in Directory.GetDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
        {
            try
            {
                var command = File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
                if (command.Contains(text, StringComparison.Ordinal))
                    found.Add(command);
            }
            catch (IOException)
            {
                // It ended while it was looked at.
            }
        }

        return found;
    }
}
