using System.Diagnostics;

namespace AkkaHa.Cli.Tests;

[Collection(LabCollection.Name)]
public sealed class LabTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_lab_goes_up_answers_on_every_node_takes_commands_and_goes_down_without_a_trace()
    {
        string folder;
        await using (var lab = await RunningLab.Up(_scratch.Folder, "--hypervisor", "embedded", "--power", "controller", "--vms", "2"))
        {
            folder = lab.Folder;
            foreach (var node in (string[])["pve1", "pve2", "pve3"])
            {
                var status = await lab.Status(node);
                Assert.True((bool)status["quorate"]!);
                Assert.Equal(node, (string)status["answeredBy"]!);
                Assert.Equal(["started", "started"], status["resources"]!.AsArray().Select(r => (string)r!["actual"]!));
            }

            var config = lab.Config("pve2");
            var stop = await Akkaha.Run(_scratch.Folder, "set", "vm:100", "--state", "stopped", "--config", config);
            Assert.True(stop.ExitCode == 0, stop.Error);
            await lab.Until("pve3", s => (string)s["resources"]![0]!["actual"]! == "stopped", "the stop of vm:100");
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
            var shown = await Akkaha.Run(_scratch.Folder, "lab", "status", "--folder", folder);
            Assert.Contains("pve1", shown.Output, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(folder));
        Assert.Empty(RunningLab.ProcessesWith(folder));
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_of_a_drill_leaves_nothing_behind()
    {
        var lab = Path.Combine(_scratch.Folder, "lab");
        using var drill = Akkaha.Start(
            _scratch.Folder, "lab", "drill", "power-off", "--folder", lab, "--hypervisor", "embedded", "--power", "controller");
        string? line;
        do
        {
            line = await drill.StandardOutput.ReadLineAsync();
            Assert.True(line is not null, "The drill ended before its cluster was formed.");
        }
        while (!line.StartsWith("the cluster is formed", StringComparison.Ordinal));

        Process.Start("kill", ["-INT", $"{drill.Id}"])!.WaitForExit();
        await drill.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);

        Assert.Equal(1, drill.ExitCode);
        Assert.False(Directory.Exists(lab));
        Assert.Empty(RunningLab.ProcessesWith(lab));
    }
}
