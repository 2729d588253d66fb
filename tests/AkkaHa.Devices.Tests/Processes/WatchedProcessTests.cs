using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Tests.Processes;

public sealed class WatchedProcessTests
{
    [Fact]
    public async Task The_end_of_a_child_is_told_with_its_code_or_signal()
    {
        using var exits = ChildProcess.Start(new ChildOptions("sh", ["-c", "exit 7"]));
        Assert.Equal(new ProcessExit(7, null), await exits.Process.Exited.WaitAsync(Real.Patience));
        using var killed = ChildProcess.Start(new ChildOptions("sleep", ["1000"]));
        Assert.True(killed.Process.Kill());
        Assert.Equal(new ProcessExit(null, 9), await killed.Process.Exited.WaitAsync(Real.Patience));
        Assert.False(killed.Process.Kill());
    }

    [Fact]
    public async Task A_zombie_is_dead()
    {
        using var folder = new TempFolder();
        // A parent that execs away never reaps: its killed child stays a zombie.
        using var parent = ChildProcess.Start(new ChildOptions("sh", ["-c", $"sleep 1000 & echo $! > {folder["pid.new"]}; mv {folder["pid.new"]} {folder["pid"]}; exec sleep 1000"]));
        await Real.EventuallyAsync(() => File.Exists(folder["pid"]), there => there, "the child's pid");
        var pid = int.Parse(File.ReadAllText(folder["pid"]));
        await Real.EventuallyAsync(() => File.ReadAllText($"/proc/{parent.Process.Id}/comm"), name => name == "sleep\n", "the parent's exec");
        var child = WatchedProcess.Open(pid);
        Assert.NotNull(child);
        Assert.True(await child.KillAndWaitAsync(Real.Patience, Real.Time));
        Assert.Equal('Z', ProcessStat.Read(pid)!.State);
        Assert.True(ProcessStat.Read(pid)!.IsDead);
        Assert.Null(WatchedProcess.Open(pid));
        parent.KillTree();
        await parent.Process.Exited.WaitAsync(Real.Patience);
    }

    [Fact]
    public async Task A_child_is_in_a_session_of_its_own_with_clean_signals()
    {
        using var child = ChildProcess.Start(new ChildOptions("sleep", ["1000"]));
        Assert.Equal(child.Process.Id, ProcessStat.Read(child.Process.Id)!.SessionId);
        var ignored = File.ReadLines($"/proc/{child.Process.Id}/status").First(line => line.StartsWith("SigIgn:"));
        // 32 and 33 are the C library's own.
        Assert.Equal(0UL, Convert.ToUInt64(ignored.Split('\t')[1], 16) & ~0x180000000UL);
        Assert.True(await child.Process.KillAndWaitAsync(Real.Patience, Real.Time));
    }

    [Theory]
    [InlineData("42 (a) b (c)) S 1 42 41 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 12345 0 0")]
    public void A_name_with_brackets_and_blanks_does_not_confuse_the_reader(string line) =>
        Assert.Equal(new ProcessStat(42, 'S', 1, 42, 41, 12345), ProcessStat.Parse(line));

    [Fact]
    public void There_is_nothing_to_watch_where_no_process_is() => Assert.Null(WatchedProcess.Open(int.MaxValue));
}
