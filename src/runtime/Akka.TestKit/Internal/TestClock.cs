using Akka.Embedded;

namespace Akka.TestKit.Internal;

/// <summary>
/// The clock that tests wait by. It is the real one even where the system under test runs in virtual time: a test that waits
/// for something must give up after a bound that the person in front of it can observe.
/// </summary>
internal static class TestClock
{
    internal static TimeProvider Provider => RuntimeEnvironment.Real.Time;

    private static readonly long Origin = RuntimeEnvironment.Real.Time.GetTimestamp();

    /// <summary>Monotonic time since the process first asked.</summary>
    internal static TimeSpan Now => Provider.GetElapsedTime(Origin);

    internal static Task Delay(TimeSpan duration, CancellationToken cancellationToken) => Task.Delay(duration, Provider, cancellationToken);
}
