namespace AkkaHa.Simulation;

/// <summary>
/// SplitMix64: the same numbers for a seed in every process and on every machine. Each purpose has a sequence of its own, so that one more
/// number drawn here changes nothing there, and a shrunk run stays close to the one it came from.
/// </summary>
internal sealed class Chance
{
    private ulong _state;

    public Chance(long seed, string purpose)
    {
        // FNV-1a: string hash codes differ from process to process.
        var hash = 14695981039346656037UL ^ (ulong)seed;
        foreach (var c in purpose)
            hash = (hash ^ c) * 1099511628211UL;
        _state = hash;
        NextBits();
    }

    public ulong NextBits()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to below <paramref name="below"/>.</summary>
    public int Below(int below) => (int)(NextBits() % (ulong)below);

    /// <summary>Both bounds included.</summary>
    public int Between(int min, int max) => min + Below(max - min + 1);

    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public bool Is(double probability) => NextDouble() < probability;

    public TimeSpan Span(TimeSpan min, TimeSpan max) => min + TimeSpan.FromTicks((long)((max - min).Ticks * NextDouble()));

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, NextBits());
        BitConverter.TryWriteBytes(bytes[8..], NextBits());
        return new Guid(bytes);
    }
}
