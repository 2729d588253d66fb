using System.Globalization;
using System.Text;

namespace Akka.Coordination.Stores.Disk;

/// <summary>What stands in the file of a lease. The sequence number changes with each renewal, so that one can see that the owner lives.</summary>
internal sealed record LeaseRecord(string Owner, long Token, long Sequence, TimeSpan Duration)
{
    private const string Heading = "akka lease 1";

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{Heading}\nowner {Uri.EscapeDataString(Owner)}\ntoken {Token}\nsequence {Sequence}\nduration-ms {(long)Duration.TotalMilliseconds}\nend\n"));

    /// <exception cref="LeaseException">The file was not written by a lease, or not completely.</exception>
    public static LeaseRecord Parse(string text, string path)
    {
        var lines = text.Split('\n');
        if (lines.Length == 7
            && lines[0] == Heading
            && lines[5] == "end"
            && Value(lines[1], "owner ") is { } owner
            && long.TryParse(Value(lines[2], "token "), CultureInfo.InvariantCulture, out var token)
            && long.TryParse(Value(lines[3], "sequence "), CultureInfo.InvariantCulture, out var sequence)
            && long.TryParse(Value(lines[4], "duration-ms "), CultureInfo.InvariantCulture, out var duration)
            && duration > 0)
        {
            return new LeaseRecord(Uri.UnescapeDataString(owner), token, sequence, TimeSpan.FromMilliseconds(duration));
        }

        throw new LeaseException($"The file {path} is no lease, or is damaged. Nobody gets the lease until it is removed by hand; do so only when no owner can be alive.");
    }

    private static string? Value(string line, string name) => line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : null;
}
