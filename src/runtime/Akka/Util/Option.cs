namespace Akka.Util;

/// <summary>A value that may be missing.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct Option<T>
{
    /// <summary>No value.</summary>
    public static readonly Option<T> None = default;

    private readonly T _value;

    /// <summary>Wraps a value; null counts as none.</summary>
    /// <param name="value">The value.</param>
    public Option(T value)
    {
        _value = value;
        HasValue = value is not null;
    }

    /// <summary>True when there is a value.</summary>
    public bool HasValue { get; }

    /// <summary>True when there is none.</summary>
    public bool IsEmpty => !HasValue;

    /// <summary>The value, or the type's default when there is none.</summary>
    public T Value => _value;

    /// <summary>Wraps a value; null counts as none.</summary>
    /// <param name="value">The value.</param>
    public static Option<T> Create(T value) => new(value);

    /// <summary>Wraps a value; null counts as none.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Option<T>(T value) => new(value);

    /// <summary>Whether both hold equal values, or neither holds one.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Option<T> left, Option<T> right) => left.Equals(right);

    /// <summary>The opposite of equality.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Option<T> left, Option<T> right) => !left.Equals(right);

    /// <summary>The value mapped, if there is one.</summary>
    /// <typeparam name="TNew">The type of the new value.</typeparam>
    /// <param name="selector">Maps the value.</param>
    public Option<TNew> Select<TNew>(Func<T, TNew> selector) => HasValue ? new Option<TNew>(selector(_value)) : Option<TNew>.None;

    /// <summary>The value mapped to another option, if there is one.</summary>
    /// <typeparam name="TNew">The type of the new value.</typeparam>
    /// <param name="mapper">Maps the value.</param>
    public Option<TNew> FlatSelect<TNew>(Func<T, Option<TNew>> mapper) => HasValue ? mapper(_value) : Option<TNew>.None;

    /// <summary>The value, or <paramref name="fallbackValue"/> when there is none.</summary>
    /// <param name="fallbackValue">What stands in.</param>
    public T GetOrElse(T fallbackValue) => HasValue ? _value : fallbackValue;

    /// <summary>Calls <paramref name="action"/> with the value, if there is one.</summary>
    /// <param name="action">What to do with it.</param>
    public void OnSuccess(Action<T> action)
    {
        if (HasValue)
            action(_value);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj)
        => obj is Option<T> other && HasValue == other.HasValue && (!HasValue || EqualityComparer<T>.Default.Equals(_value, other._value));

    /// <inheritdoc/>
    public override int GetHashCode() => HasValue ? EqualityComparer<T>.Default.GetHashCode(_value!) : 0;

    /// <inheritdoc/>
    public override string ToString() => HasValue ? $"Some<{_value}>" : "None";
}
