namespace Akka.Remote.Associations;

/// <summary>The pause before a connection is tried again: short after the first failure, doubling up to the configured largest.</summary>
internal sealed class ReconnectGate(TimeSpan first, TimeSpan largest, TimeProvider time)
{
    private const int MostDoublings = 30;

    private int _failures;
    private long _closedAt;
    private TimeSpan _pause;

    public bool IsClosed => _pause > TimeSpan.Zero && time.GetElapsedTime(_closedAt) < _pause;

    /// <summary>A connection stands: the next failure is the first again.</summary>
    public void Open()
    {
        _failures = 0;
        _pause = TimeSpan.Zero;
    }

    /// <summary>A connection could not be opened, or broke.</summary>
    public void Close()
    {
        var doubled = first.TotalMilliseconds * Math.Pow(2, Math.Min(_failures++, MostDoublings));
        CloseFor(TimeSpan.FromMilliseconds(Math.Min(doubled, largest.TotalMilliseconds)));
    }

    /// <summary>There is no use in trying soon.</summary>
    public void CloseFully() => CloseFor(largest);

    private void CloseFor(TimeSpan pause)
    {
        _closedAt = time.GetTimestamp();
        _pause = pause;
    }
}
