// Part of the real environment: the one place where timers of the operating system are used.
#pragma warning disable RS0030

using Akka.Dispatch;

namespace Akka.Embedded;

/// <summary>Looks every few milliseconds, while there is anything to see, for loops that have kept the same mailbox for too long: their handler blocks.</summary>
internal static class BlockedLoopWatch
{
    private const int PeriodMilliseconds = 5;

    private static readonly Lock Gate = new();
    private static readonly List<Seen> Loops = [];
    private static readonly Timer Timer = CreateTimer();
    private static volatile bool _watching;

    /// <summary>Adds the loop of a thread; it is forgotten with its thread.</summary>
    public static WorkerLoop Register(WorkerLoop loop)
    {
        lock (Gate)
        {
            Loops.RemoveAll(static seen => !seen.Loop.TryGetTarget(out _));
            Loops.Add(new Seen(new WeakReference<WorkerLoop>(loop)));
        }

        return loop;
    }

    public static void EnsureWatching()
    {
        if (!_watching)
            Watch();
    }

    private static void Watch()
    {
        lock (Gate)
        {
            if (_watching)
                return;
            _watching = true;
            Timer.Change(PeriodMilliseconds, PeriodMilliseconds);
        }
    }

    private static Timer CreateTimer()
    {
        using (ExecutionContext.SuppressFlow())
            return new Timer(static _ => Look());
    }

    private static void Look()
    {
        lock (Gate)
        {
            var active = false;
            foreach (var seen in Loops)
            {
                if (!seen.Loop.TryGetTarget(out var loop))
                    continue;
                var kept = loop.Kept;
                if (kept is not null && ReferenceEquals(kept, seen.Kept) && loop.KeptCount == seen.Count)
                    loop.TakeAway(kept);
                active |= kept is not null || loop.KeptCount != seen.Count;
                seen.Kept = kept;
                seen.Count = loop.KeptCount;
            }

            if (active)
                return;
            Timer.Change(Timeout.Infinite, Timeout.Infinite);
            _watching = false;
            // A mailbox that was kept between the look and here would have nobody to watch it.
            foreach (var seen in Loops)
            {
                if (seen.Loop.TryGetTarget(out var loop) && loop.Kept is not null)
                {
                    _watching = true;
                    Timer.Change(PeriodMilliseconds, PeriodMilliseconds);
                    return;
                }
            }
        }
    }

    private sealed class Seen(WeakReference<WorkerLoop> loop)
    {
        public WeakReference<WorkerLoop> Loop { get; } = loop;

        public Mailbox? Kept { get; set; }

        public int Count { get; set; }
    }
}
