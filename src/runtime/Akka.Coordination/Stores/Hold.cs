namespace Akka.Coordination.Stores;

/// <summary>One acquisition: until when it may be relied on, and whom to tell when it is lost. Guarded by the lock of its lease.</summary>
internal sealed class Hold(long token, Action<Exception?>? whenLost)
{
    private readonly List<ITimer> _timers = [];

    public long Token => token;

    public Action<Exception?>? WhenLost => whenLost;

    /// <summary>When it ends unless it is renewed, as a timestamp.</summary>
    public long Until { get; set; }

    /// <summary>Why the last renewal failed, if it did.</summary>
    public Exception? LastFailure { get; set; }

    /// <summary>Whether a renewal is on its way: one at a time.</summary>
    public bool IsRenewing { get; set; }

    public void Keep(ITimer timer) => _timers.Add(timer);

    public void StopTimers()
    {
        foreach (var timer in _timers) timer.Dispose();
    }
}
