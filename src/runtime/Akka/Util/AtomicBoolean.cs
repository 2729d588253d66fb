namespace Akka.Util;

/// <summary>A flag that several threads may change.</summary>
public class AtomicBoolean
{
    private int _value;

    /// <summary>Starts the flag.</summary>
    /// <param name="initialValue">Its first value.</param>
    public AtomicBoolean(bool initialValue = false) => _value = initialValue ? 1 : 0;

    /// <summary>The value now.</summary>
    public bool Value
    {
        get => Volatile.Read(ref _value) == 1;
        set => Volatile.Write(ref _value, value ? 1 : 0);
    }

    /// <summary>The value now.</summary>
    /// <param name="atomicBoolean">The flag.</param>
    public static implicit operator bool(AtomicBoolean atomicBoolean) => atomicBoolean.Value;

    /// <summary>Sets <paramref name="newValue"/> if the value is <paramref name="expected"/>; says whether it did.</summary>
    /// <param name="expected">What must be there.</param>
    /// <param name="newValue">What comes in its place.</param>
    public bool CompareAndSet(bool expected, bool newValue)
        => Interlocked.CompareExchange(ref _value, newValue ? 1 : 0, expected ? 1 : 0) == (expected ? 1 : 0);

    /// <summary>Sets a value and returns the one before.</summary>
    /// <param name="newValue">The new value.</param>
    public bool GetAndSet(bool newValue) => Interlocked.Exchange(ref _value, newValue ? 1 : 0) == 1;
}
