using System.Diagnostics;
using AkkaHa.Benchmarks.Processes;

namespace AkkaHa.Benchmarks.Persisting;

/// <summary>What the disk allows: one page appended and flushed, again and again. No durable write one at a time can be faster.</summary>
internal static class DiskFloor
{
    private const int PageBytes = 4096;
    private const int Appends = 300;
    private const int Rounds = 5;

    public static Task<IReadOnlyList<double>> Measure()
    {
        using var folder = new ScratchFolder();
        using var file = File.OpenHandle(Path.Combine(folder.Path, "appended"), FileMode.CreateNew, FileAccess.Write);
        var page = new byte[PageBytes];
        var samples = new List<double>();
        var offset = 0L;
        for (var round = -1; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Appends; i++, offset += PageBytes)
            {
                RandomAccess.Write(file, page, offset);
                RandomAccess.FlushToDisk(file);
            }

            if (round >= 0)
                samples.Add(Appends / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return Task.FromResult<IReadOnlyList<double>>(samples);
    }
}
