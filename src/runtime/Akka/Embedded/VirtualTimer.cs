namespace Akka.Embedded;

/// <summary>A timer of virtual time.</summary>
internal sealed class VirtualTimer(SimulatedNode node, TimerCallback callback, object? state) : ITimer
{
    private Shot? _next;
    private TimeSpan _period;

    public SimulatedNode Node { get; } = node;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        _next = null;
        if (dueTime == Timeout.InfiniteTimeSpan)
            return true;
        _next = new Shot(this);
        Node.Environment.Arm(_next, dueTime);
        return true;
    }

    public void Dispose() => _next = null;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>One elapsing; a timer that was changed or disposed of wants the earlier ones no more.</summary>
    internal sealed class Shot(VirtualTimer timer)
    {
        public VirtualTimer Timer { get; } = timer;

        public bool IsWanted => ReferenceEquals(Timer._next, this) && !Timer.Node.IsDead;

        public void Fire()
        {
            if (!IsWanted)
                return;
            Timer._next = null;
            if (Timer._period > TimeSpan.Zero)
                Timer.Change(Timer._period, Timer._period);
            Timer.Fire();
        }
    }

    private void Fire() => callback(state);
}
