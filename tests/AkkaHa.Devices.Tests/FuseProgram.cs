using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Tests;

/// <summary>A small FUSE server of the test assets, compiled and mounted for one test.</summary>
internal sealed class FuseProgram : IAsyncDisposable
{
    private readonly string _mount;
    private readonly ChildProcess _server;

    private FuseProgram(string mount, ChildProcess server)
    {
        _mount = mount;
        _server = server;
    }

    /// <summary>Compiles <c>Assets/NAME.c</c>, mounts it and waits until the file is there.</summary>
    public static async Task<FuseProgram> StartAsync(TempFolder folder, string name, string mount, string argument, string file)
    {
        var flags = (await Real.RunAsync("pkg-config", "--cflags", "--libs", "fuse3")).Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (!File.Exists(folder[name]))
            await Real.RunAsync("gcc", ["-O1", "-o", folder[name], Path.Combine(AppContext.BaseDirectory, $"Assets/{name}.c"), .. flags]);
        Directory.CreateDirectory(mount);
        var server = ChildProcess.Start(new ChildOptions(folder[name], [mount, argument]) { Error = ChildStream.AppendTo(folder[name + ".log"]) });
        await Real.EventuallyAsync(() => File.Exists(Path.Combine(mount, file)), there => there, "the FUSE mount");
        return new FuseProgram(mount, server);
    }

    public async ValueTask DisposeAsync()
    {
        await Real.RunAsync("fusermount3", "-u", "-z", _mount);
        _server.KillTree();
        await _server.Process.Exited;
        _server.Dispose();
    }
}
