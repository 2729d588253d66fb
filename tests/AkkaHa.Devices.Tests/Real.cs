using AkkaHa.Core.Model;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Tests;

/// <summary>What tests against the real world stand on.</summary>
internal static class Real
{
#pragma warning disable RS0030 // These tests drive real tools and real processes: their clock is the real one.
    public static readonly TimeProvider Time = TimeProvider.System;
#pragma warning restore RS0030

    /// <summary>Long enough for any event on a busy machine; no test waits it out when all is well.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static readonly ToolRunner Tools = new(Time);

    public static readonly NodeName Pve1 = new("pve1");

    public static Token Token(int index) => new(new Epoch(3, Pve1, 77), index);

    public static async Task<ToolResult> RunAsync(string program, params string[] arguments)
    {
        var result = await Tools.RunAsync(new ToolCommand(program, arguments, Patience));
        Assert.True(result.Succeeded, $"{program} {string.Join(' ', arguments)}: {result.Exit} {result.Error}");
        return result;
    }

    /// <summary>Stops a process; every thread of it stands still when this ends.</summary>
    public static async Task FreezeAsync(int pid)
    {
        await RunAsync("kill", "-STOP", pid.ToString());
        await EventuallyAsync(() => ProcessStat.IsStopped(pid), stopped => stopped, "the standstill");
    }

    /// <summary>Waits for a state of the outside world that nothing announces.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T>> read, Func<T, bool> isGood, string what)
    {
        var started = Time.GetTimestamp();
        while (true)
        {
            var value = await read();
            if (isGood(value))
                return value;
            Assert.True(Time.GetElapsedTime(started) < Patience, $"{what} did not come about; last seen: {value}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), Time);
        }
    }

    public static Task<T> EventuallyAsync<T>(Func<T> read, Func<T, bool> isGood, string what) =>
        EventuallyAsync(() => Task.FromResult(read()), isGood, what);
}

/// <summary>A folder of a test's own, gone at its end. Its path is short: Unix sockets are made in it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("akdev").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        File.WriteAllText(this[name], text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(this[name], mode);
        return this[name];
    }

    public string Script(string name, string text) =>
        Write(name, "#!/bin/sh\n" + text, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // Something dying still wrote into it; the folder is in the temporary directory.
        }
    }
}
