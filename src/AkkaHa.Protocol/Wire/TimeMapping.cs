namespace AkkaHa.Protocol.Wire;

/// <summary>Times on the wire: ticks of 100 ns. What is no time throws <see cref="ArgumentException"/> and the message is dropped.</summary>
internal static class TimeMapping
{
    public static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    public static DateTimeOffset? Time(bool isGiven, long ticks) => isGiven ? Time(ticks) : null;

    public static TimeSpan? Duration(bool isGiven, long ticks) => isGiven ? TimeSpan.FromTicks(ticks) : null;
}
