using System.Diagnostics;
using Akka.Tests.ChildProcess;

namespace Akka.Tests.Actor;

public sealed class EndOfProcessSpec
{
    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_process_that_returns_from_its_main_method_shuts_its_actor_system_down()
    {
        using var child = Start("return");
        Assert.Equal((0, "ready\nshut down: ClrExitReason\n"), await EndOf(child));
    }

    [Fact]
    public async Task Where_the_process_ends_with_the_shutdown_it_ends_well()
    {
        using var child = Start("exit");
        Assert.Equal((0, "ready\nshut down: ClusterLeavingReason\n"), await EndOf(child));
    }

    [Fact]
    public async Task Where_only_the_process_ends_the_end_does_not_wait_for_the_shutdown_that_caused_it()
    {
        using var child = Start("exit-only");
        var start = Stopwatch.GetTimestamp();
        Assert.Equal((0, "ready\nshut down: ClusterLeavingReason\n"), await EndOf(child));
        // waiting for itself, it would take the 15 s of both phases with tasks
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_process_whose_node_was_downed_does_not_end_well()
    {
        using var child = Start("downed");
        Assert.Equal((255, "ready\nshut down: ClusterDowningReason\n"), await EndOf(child));
    }

    private static Process Start(string how) =>
        Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(Program).Assembly.Location, how]) { RedirectStandardOutput = true })!;

    private static async Task<(int ExitCode, string Output)> EndOf(Process child)
    {
        try
        {
            var output = await child.StandardOutput.ReadToEndAsync().WaitAsync(Plenty);
            await child.WaitForExitAsync().WaitAsync(Plenty);
            return (child.ExitCode, output);
        }
        finally
        {
            if (!child.HasExited)
                child.Kill();
        }
    }
}
