namespace Akka.Remote.Embedded;

/// <summary>How good a simulated link is in one direction. Loss shows as it does under TCP: what is behind a lost segment waits for its retransmission.</summary>
/// <param name="MinimumDelay">The shortest time a frame takes.</param>
/// <param name="MaximumDelay">The longest time a frame takes when nothing is lost.</param>
/// <param name="Loss">The probability, from 0 to 1, that a frame must be retransmitted; each retransmission may be lost again.</param>
/// <param name="FirstRetransmission">The pause before the first retransmission; it doubles with each further one.</param>
/// <param name="LargestRetransmission">The largest such pause.</param>
public sealed record LinkQuality(
    TimeSpan MinimumDelay,
    TimeSpan MaximumDelay,
    double Loss,
    TimeSpan FirstRetransmission,
    TimeSpan LargestRetransmission)
{
    /// <summary>A quiet local network: 0.1 to 0.5 ms, no loss.</summary>
    public static LinkQuality Lan { get; } = new(
        TimeSpan.FromMilliseconds(0.1),
        TimeSpan.FromMilliseconds(0.5),
        0,
        TimeSpan.FromMilliseconds(200),
        TimeSpan.FromSeconds(1))
    {
        LinearRetransmissions = 6,
    };

    /// <summary>
    /// How many retransmissions of a frame come after equal pauses before these double: six under Linux for a thin stream, which the real
    /// transport asks for (<c>TCP_THIN_LINEAR_TIMEOUTS</c>).
    /// </summary>
    public int LinearRetransmissions { get; init; }

    /// <summary>The time that one frame takes on this link.</summary>
    internal TimeSpan Draw(Func<double> chance)
    {
        var delay = MinimumDelay + (MaximumDelay - MinimumDelay) * chance();
        var pause = FirstRetransmission;
        var linear = LinearRetransmissions;
        while (Loss > 0 && chance() < Loss)
        {
            delay += pause;
            if (linear-- > 1)
                continue;
            pause = pause * 2 < LargestRetransmission ? pause * 2 : LargestRetransmission;
        }

        return delay;
    }
}
