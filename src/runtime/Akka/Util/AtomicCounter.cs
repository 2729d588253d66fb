namespace Akka.Util.Internal;

/// <summary>A counter that several threads may change; it wraps around at the ends of its range.</summary>
public class AtomicCounter
{
    private int _value;

    /// <summary>Starts the counter at a value.</summary>
    /// <param name="initialValue">The first value.</param>
    public AtomicCounter(int initialValue) => _value = initialValue;

    /// <summary>Starts the counter at -1, so that the first <see cref="Next"/> is 0.</summary>
    public AtomicCounter() : this(-1)
    {
    }

    /// <summary>The value now.</summary>
    public int Current => Volatile.Read(ref _value);

    /// <summary>Adds one and returns the new value.</summary>
    public int Next() => Interlocked.Increment(ref _value);

    /// <summary>Adds one and returns the new value.</summary>
    public int IncrementAndGet() => Interlocked.Increment(ref _value);

    /// <summary>Adds one and returns the value before.</summary>
    public int GetAndIncrement() => Interlocked.Increment(ref _value) - 1;

    /// <summary>Subtracts one and returns the new value.</summary>
    public int Decrement() => Interlocked.Decrement(ref _value);

    /// <summary>Subtracts one and returns the new value.</summary>
    public int DecrementAndGet() => Interlocked.Decrement(ref _value);

    /// <summary>Adds and returns the new value.</summary>
    /// <param name="amount">What to add.</param>
    public int AddAndGet(int amount) => Interlocked.Add(ref _value, amount);

    /// <summary>Sets a value and returns the one before.</summary>
    /// <param name="value">The new value.</param>
    public int GetAndSet(int value) => Interlocked.Exchange(ref _value, value);

    /// <summary>Sets <paramref name="newValue"/> if the value is <paramref name="expected"/>; says whether it did.</summary>
    /// <param name="expected">What must be there.</param>
    /// <param name="newValue">What comes in its place.</param>
    public bool CompareAndSet(int expected, int newValue) => Interlocked.CompareExchange(ref _value, newValue, expected) == expected;

    /// <summary>Sets the value to 0.</summary>
    public void Reset() => Interlocked.Exchange(ref _value, 0);
}
