namespace Akka.Util.Internal;

/// <summary>A 64-bit counter that several threads may change.</summary>
public class AtomicCounterLong
{
    private long _value;

    /// <summary>Starts the counter at a value.</summary>
    /// <param name="value">The first value.</param>
    public AtomicCounterLong(long value) => _value = value;

    /// <summary>Starts the counter at -1, so that the first <see cref="Next"/> is 0.</summary>
    public AtomicCounterLong() : this(-1)
    {
    }

    /// <summary>The value now.</summary>
    public long Current => Interlocked.Read(ref _value);

    /// <summary>Adds one and returns the new value.</summary>
    public long Next() => Interlocked.Increment(ref _value);

    /// <summary>Adds one and returns the new value.</summary>
    public long IncrementAndGet() => Interlocked.Increment(ref _value);

    /// <summary>Adds one and returns the value before.</summary>
    public long GetAndIncrement() => Interlocked.Increment(ref _value) - 1;

    /// <summary>Subtracts one and returns the new value.</summary>
    public long DecrementAndGet() => Interlocked.Decrement(ref _value);

    /// <summary>Adds and returns the new value.</summary>
    /// <param name="amount">What to add.</param>
    public long AddAndGet(long amount) => Interlocked.Add(ref _value, amount);

    /// <summary>Sets <paramref name="newValue"/> if the value is <paramref name="expected"/>; says whether it did.</summary>
    /// <param name="expected">What must be there.</param>
    /// <param name="newValue">What comes in its place.</param>
    public bool CompareAndSet(long expected, long newValue) => Interlocked.CompareExchange(ref _value, newValue, expected) == expected;
}
