using System.Runtime.CompilerServices;

namespace AkkaHa.Core.Tests.StateLog;

public class TranscriptTests
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(ThisFile())!, "transcripts");

    public static TheoryData<string> Files() => [.. Directory.GetFiles(Folder, "*.txt").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    /// <summary>With AKKAHA_RERECORD=1 the files are written anew; the diff then shows what changed in the protocol.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Every_node_does_and_sends_what_the_transcript_says(string file)
    {
        var path = Path.Combine(Folder, file);
        var recorded = File.ReadAllText(path);
        var now = Transcript.Replay(recorded);
        if (Environment.GetEnvironmentVariable("AKKAHA_RERECORD") == "1")
            File.WriteAllText(path, now);
        else
            Assert.Equal(recorded, now);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
