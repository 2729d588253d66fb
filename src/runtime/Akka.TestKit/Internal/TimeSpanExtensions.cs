namespace Akka.TestKit.Internal;

/// <summary>The special values of timeouts: negative means without end, null means not given.</summary>
public static class TimeSpanExtensions
{
    /// <summary>Whether there is no value.</summary>
    public static bool IsUndefined(this TimeSpan? timeSpan) => timeSpan is null;

    /// <summary>Whether it is exactly zero.</summary>
    public static bool IsZero(this TimeSpan timeSpan) => timeSpan == TimeSpan.Zero;

    /// <summary>Whether it is exactly zero; null is not.</summary>
    public static bool IsZero(this TimeSpan? timeSpan) => timeSpan is { } value && value.IsZero();

    /// <summary>Whether it means without end (any negative value).</summary>
    public static bool IsInfinite(this TimeSpan timeSpan) => timeSpan < TimeSpan.Zero;

    /// <summary>Whether it means without end; null does not.</summary>
    public static bool IsInfinite(this TimeSpan? timeSpan) => timeSpan is { } value && value.IsInfinite();

    /// <summary>Whether it is above zero.</summary>
    public static bool IsPositiveFinite(this TimeSpan timeSpan) => timeSpan > TimeSpan.Zero;

    /// <summary>Whether it is above zero; null is not.</summary>
    public static bool IsPositiveFinite(this TimeSpan? timeSpan) => timeSpan is { } value && value.IsPositiveFinite();

    /// <summary>Whether it is the framework's own <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public static bool IsInfiniteTimeout(this TimeSpan timeSpan) => timeSpan == Timeout.InfiniteTimeSpan;

    /// <summary>Whether it is the framework's own <see cref="Timeout.InfiniteTimeSpan"/>; null is not.</summary>
    public static bool IsInfiniteTimeout(this TimeSpan? timeSpan) => timeSpan is { } value && value.IsInfiniteTimeout();

    /// <summary>Refuses what is not above zero.</summary>
    /// <exception cref="ArgumentException">It is zero or negative.</exception>
    public static void EnsureIsPositiveFinite(this TimeSpan timeSpan, string parameterName)
    {
        if (!timeSpan.IsPositiveFinite())
            throw new ArgumentException($"The timeout is {timeSpan}, but it must be positive and finite.", parameterName);
    }

    internal static void EnsureIsPositiveOrZero(this TimeSpan timeSpan, string parameterName)
    {
        if (timeSpan.IsInfinite())
            throw new ArgumentException($"The timeout is {timeSpan}, but it must be finite and not negative.", parameterName);
    }

    /// <summary>The shorter one, where no value and a value without end count as longest.</summary>
    public static TimeSpan Min(this TimeSpan a, TimeSpan? b)
    {
        if (b is not { } other || other.IsInfinite())
            return a;
        return a.IsInfinite() || other < a ? other : a;
    }
}
