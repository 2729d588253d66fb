using System.Diagnostics;

namespace Akka.Coordination.Tests.Support;

/// <summary>A real file system on a loop device that stops taking what is written to it: from then on there are I/O errors.</summary>
internal sealed class FailingDisk : IDisposable
{
    private const int MediumBytes = 8 << 20;

    // The medium lies in memory that is given to somebody else when it is to fail.
    private readonly string _memory = Directory.CreateTempSubdirectory("akka-medium-").FullName;

    public FailingDisk()
    {
        Folder = Directory.CreateTempSubdirectory("akka-disk-").FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={2 * MediumBytes}", "tmpfs", _memory);
        SetMedium(MediumBytes);
        Run("mkfs.ext4", "-q", "-F", Medium);
        Run("mount", "-o", "loop", Medium, Folder);
    }

    public string Folder { get; }

    private string Medium => Path.Combine(_memory, "medium");

    public void Break()
    {
        SetMedium(0);
        SetMedium(MediumBytes);
        using var hog = new FileStream(Path.Combine(_memory, "hog"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        try
        {
            while (true) hog.Write(page);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Dispose()
    {
        foreach (var folder in new[] { Folder, _memory })
        {
            Run("umount", "-l", folder);
            Directory.Delete(folder);
        }
    }

    private void SetMedium(long bytes)
    {
        using var medium = new FileStream(Medium, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        medium.SetLength(bytes);
    }

    private static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
