namespace Akka.Remote.Tests.FailureDetection;

/// <summary>A clock that goes only when it is told to.</summary>
internal sealed class ManualClock
{
    private long _millis = 1_000_000;

    public Clock Clock => () => _millis;

    public void Advance(double millis) => _millis += (long)millis;
}
