namespace AkkaHa.Core.Tests.StateLog;

/// <summary>A seeded source of choices (splitmix64): the same seed makes the same choices on every platform.</summary>
public sealed class Chance(ulong seed)
{
    private ulong _state = seed * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019;

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public bool OneIn(int n) => Below(n) == 0;

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
