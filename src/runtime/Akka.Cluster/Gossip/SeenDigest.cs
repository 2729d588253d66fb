using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Akka.Cluster;

/// <summary>A short digest of who has seen a version, so that two nodes can tell whether their sight differs without sending it.</summary>
internal static class SeenDigest
{
    private const int DigestBytes = 8;

    public static string Of(ImmutableHashSet<UniqueAddress> seen)
    {
        var names = string.Join('\n', seen.Select(n => Gossip.ClockNameOf(n).ToString()).Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(names)).AsSpan(0, DigestBytes));
    }
}
