// Part of the real environment: the one place where timers of the operating system are used.
#pragma warning disable RS0030

using Akka.Dispatch;

namespace Akka.Embedded;

/// <summary>Looks every few milliseconds, while there is anything to see, for loops whose handler blocks: what waits for them goes on elsewhere.</summary>
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
                active |= seen.Look(loop);
            }

            if (active)
                return;
            Timer.Change(Timeout.Infinite, Timeout.Infinite);
            _watching = false;
            // A mailbox that was kept between the look and here would have nobody to watch it.
            foreach (var seen in Loops)
            {
                if (seen.Loop.TryGetTarget(out var loop) && Seen.HasAnything(loop))
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

        private Mailbox? _kept;
        private Mailbox? _again;
        private ILender? _lender;
        private int _count;

        public static bool HasAnything(WorkerLoop loop) => loop.Kept is not null || loop.Again is not null || loop.Lender is not null;

        /// <summary>Takes away what has waited since the last look without anything having happened. False if there is nothing to watch.</summary>
        public bool Look(WorkerLoop loop)
        {
            var (kept, again, lender, count) = (loop.Kept, loop.Again, loop.Lender, loop.KeptCount);
            var isStill = count == _count;
            if (isStill)
            {
                loop.TakeAway(
                    ReferenceEquals(kept, _kept) ? kept : null, ReferenceEquals(again, _again) ? again : null, ReferenceEquals(lender, _lender) ? lender : null);
            }

            (_kept, _again, _lender, _count) = (kept, again, lender, count);
            return !isStill || HasAnything(loop);
        }
    }
}
