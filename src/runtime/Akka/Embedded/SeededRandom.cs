// Derived from System.Random so that callers need no other type; nothing of its own chance is used.
#pragma warning disable RS0030

namespace Akka.Embedded;

/// <summary>SplitMix64: the same numbers for a seed on every machine and every version of .NET, which <see cref="Random"/> does not promise.</summary>
internal sealed class SeededRandom(ulong seed) : Random
{
    private ulong _state = seed;

    public static ulong Mix(ulong seed, string purpose, ulong number)
    {
        // FNV-1a: string hash codes differ from process to process.
        var hash = 14695981039346656037UL ^ seed;
        foreach (var c in purpose)
            hash = (hash ^ c) * 1099511628211UL;
        return (hash ^ number) * 1099511628211UL;
    }

    public ulong NextBits()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    public override int Next() => (int)(NextBits() % int.MaxValue);

    public override int Next(int maxValue) => Next(0, maxValue);

    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        var range = (ulong)((long)maxValue - minValue);
        return range == 0 ? minValue : (int)(minValue + (long)(NextBits() % range));
    }

    public override long NextInt64() => (long)(NextBits() % long.MaxValue);

    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        var range = (ulong)(maxValue - minValue);
        return range == 0 ? minValue : minValue + (long)(NextBits() % range);
    }

    public override double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public override float NextSingle() => (float)NextDouble();

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        foreach (ref var b in buffer)
            b = (byte)NextBits();
    }

    protected override double Sample() => NextDouble();
}
