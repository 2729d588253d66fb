namespace Akka.Util;

/// <summary>A reference that several threads may change.</summary>
/// <typeparam name="T">The type it refers to.</typeparam>
public class AtomicReference<T> where T : class
{
    private T? _value;

    /// <summary>Starts with a value.</summary>
    /// <param name="originalValue">The first value.</param>
    public AtomicReference(T? originalValue) => _value = originalValue;

    /// <summary>Starts with null.</summary>
    public AtomicReference()
    {
    }

    /// <summary>The value now.</summary>
    public T? Value
    {
        get => Volatile.Read(ref _value);
        set => Volatile.Write(ref _value, value);
    }

    /// <summary>The value now.</summary>
    /// <param name="atomicReference">The reference.</param>
    public static implicit operator T?(AtomicReference<T> atomicReference) => atomicReference.Value;

    /// <summary>Sets <paramref name="newValue"/> if the value is the same object as <paramref name="expected"/>; says whether it did.</summary>
    /// <param name="expected">What must be there.</param>
    /// <param name="newValue">What comes in its place.</param>
    public bool CompareAndSet(T? expected, T? newValue)
        => ReferenceEquals(Interlocked.CompareExchange(ref _value, newValue, expected), expected);

    /// <summary>Sets a value and returns the one before.</summary>
    /// <param name="newValue">The new value.</param>
    public T? GetAndSet(T? newValue) => Interlocked.Exchange(ref _value, newValue);
}
