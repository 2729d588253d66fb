namespace Akka.Util;

/// <summary>
/// Hashes of names that are the same in every process. What hashed sets hold is gone through in the order of the hashes: with those of
/// strings, which differ from process to process, one seed would not always give one run.
/// </summary>
internal static class StableHash
{
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>FNV-1a over the text, mixed so that its low bits are as good as its high ones.</summary>
    public static int Of(string text)
    {
        var hash = Offset;
        foreach (var c in text)
            hash = (hash ^ c) * Prime;
        return (int)(hash ^ (hash >> 15));
    }

    /// <summary>A hash of both.</summary>
    public static int Combine(int one, int other) => (int)((System.Numerics.BitOperations.RotateLeft((uint)one, 5) ^ (uint)other) * 0x9E3779B1);
}
