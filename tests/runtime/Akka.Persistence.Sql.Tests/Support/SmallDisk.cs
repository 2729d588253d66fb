using System.Diagnostics;

namespace Akka.Persistence.Sql.Tests;

/// <summary>A file system in memory with a few hundred kilobytes.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(int kilobytes)
    {
        Folder = Directory.CreateTempSubdirectory("akka-small-").FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", Folder);
    }

    public string Folder { get; }

    public void Resize(int kilobytes) => Run("mount", "-o", $"remount,size={kilobytes}k", Folder);

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", Folder);

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
