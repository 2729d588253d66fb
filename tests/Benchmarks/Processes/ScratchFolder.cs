namespace AkkaHa.Benchmarks.Processes;

/// <summary>A folder for one measurement. AKKAHA_BENCH_DIR names the disk to measure on; the default is that of temporary files.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public ScratchFolder()
    {
        var root = Environment.GetEnvironmentVariable("AKKAHA_BENCH_DIR") ?? System.IO.Path.GetTempPath();
        Path = System.IO.Path.Combine(root, $"akkaha-bench-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
