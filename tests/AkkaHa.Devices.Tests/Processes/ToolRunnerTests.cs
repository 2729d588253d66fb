using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Tests.Processes;

public sealed class ToolRunnerTests
{
    private static ToolCommand Shell(string script, TimeSpan? timeout = null) =>
        new("sh", ["-c", script], timeout ?? Real.Patience);

    [Fact]
    public async Task A_tool_gets_its_input_and_both_outputs_and_the_code_come_back()
    {
        var result = await Real.Tools.RunAsync(Shell("read line; echo out $line; echo err >&2; exit 3") with { Input = "secret\n" });
        Assert.Equal(3, result.Exit.Code);
        Assert.Equal("out secret\n", result.Output);
        Assert.Equal("err\n", result.Error);
        Assert.False(result.Succeeded);
        Assert.Equal("err", result.LastWords);
    }

    [Fact]
    public async Task A_tool_that_takes_too_long_is_killed_with_everything_it_started()
    {
        using var folder = new TempFolder();
        var script = $"setsid sh -c 'echo $$ > {folder["grandchild"]}; sleep 1000' & sleep 1000 & echo $$ > {folder["child"]}; wait";
        var result = await Real.Tools.RunAsync(Shell(script, TimeSpan.FromSeconds(1)));
        Assert.True(result.TimedOut);
        foreach (var name in new[] { "child", "grandchild" })
            Assert.True(ProcessStat.Read(int.Parse(File.ReadAllText(folder[name]))) is null or { IsDead: true }, $"the {name} lives");
    }

    [Fact]
    public async Task A_tool_that_floods_its_output_is_read_to_the_end_and_cut()
    {
        var result = await Real.Tools.RunAsync(Shell("head -c 5000000 /dev/zero | tr '\\0' x; echo done >&2") with { OutputLimitBytes = 1000 });
        Assert.True(result.Succeeded);
        Assert.Equal(1000, result.Output.Length);
        Assert.Equal("done\n", result.Error);
    }

    [Fact]
    public async Task A_tool_that_leaves_a_daemon_behind_does_not_hold_the_caller()
    {
        using var folder = new TempFolder();
        var result = await Real.Tools.RunAsync(Shell($"sleep 1000 & echo $! > {folder["pid"]}; echo ready"));
        Assert.Equal("ready\n", result.Output);
        Assert.True(result.Elapsed < TimeSpan.FromSeconds(10));
        var left = WatchedProcess.Open(int.Parse(File.ReadAllText(folder["pid"])));
        Assert.NotNull(left);
        Assert.True(await left.KillAndWaitAsync(Real.Patience, Real.Time));
    }

    [Fact]
    public async Task A_missing_tool_is_named_with_the_package_that_brings_it()
    {
        var error = await Assert.ThrowsAsync<ToolMissingException>(() => Real.Tools.RunAsync(new ToolCommand("fence_none_such", [], Real.Patience)));
        Assert.Contains("fence_none_such", error.Message);
        Assert.Contains("fence-agents", error.Message);
    }

    [Fact]
    public async Task A_cancelled_tool_is_dead_when_the_caller_learns_of_it()
    {
        using var folder = new TempFolder();
        using var cancel = new CancellationTokenSource();
        var running = Real.Tools.RunAsync(Shell($"echo $$ > {folder["pid"]}.new; mv {folder["pid"]}.new {folder["pid"]}; sleep 1000"), cancel.Token);
        await Real.EventuallyAsync(() => File.Exists(folder["pid"]), there => there, "the tool's start");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(ProcessStat.Read(int.Parse(File.ReadAllText(folder["pid"]))) is null or { IsDead: true });
    }

    [Fact]
    public async Task A_child_dies_of_a_broken_pipe_as_tools_expect()
    {
        var result = await Real.Tools.RunAsync(Shell("yes | head -1; echo ${PIPESTATUS:-ok}"));
        Assert.Equal("y\nok\n", result.Output);
    }
}
