// Part of the real environment: the one place where the thread pool is used.
#pragma warning disable RS0030

using Akka.Dispatch;

namespace Akka.Embedded;

/// <summary>
/// Keeps the mailbox that an actor puts a message into last for the thread that runs the actor, which turns to it as soon as the actor has handled its
/// own message. So a conversation between two actors stays on one processor, instead of waking another thread for every message. Nothing is held back
/// for long: other mailboxes go to the thread pool at once, this one does when the actor has another message to handle first, and
/// <see cref="BlockedLoopWatch"/> takes it away from a handler that blocks.
/// </summary>
internal sealed class WorkerLoop
{
    // After so many turns the thread pool gets its thread back, so that others have theirs.
    private const int MaxTurns = 256;

    [ThreadStatic]
    private static WorkerLoop? _ofThisThread;

    private bool _running;
    private Mailbox? _kept;

    private WorkerLoop()
    {
    }

    /// <summary>The loop that runs on this thread; null where none does.</summary>
    public static WorkerLoop? Current => _ofThisThread is { _running: true } loop ? loop : null;

    /// <summary>Counts what was kept, so that the watch sees whether there is anything to watch.</summary>
    public int KeptCount { get; private set; }

    public Mailbox? Kept => Volatile.Read(ref _kept);

    /// <summary>Gives a mailbox a turn soon: on this thread if a loop runs there, else on the thread pool.</summary>
    public static void Schedule(Mailbox mailbox)
    {
        if (Current is { } loop)
        {
            loop.KeptCount++;
            // Only this thread puts something in, so an empty place stays empty until it does.
            if (Volatile.Read(ref loop._kept) is null)
            {
                Volatile.Write(ref loop._kept, mailbox);
                BlockedLoopWatch.EnsureWatching();
                return;
            }

            if (Interlocked.Exchange(ref loop._kept, mailbox) is not { } displaced)
                return;
            mailbox = displaced;
        }

        ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: true);
    }

    /// <summary>Runs a mailbox that the thread pool gave to this thread, and then what it keeps.</summary>
    public static void Enter(Mailbox mailbox)
    {
        var loop = _ofThisThread ??= BlockedLoopWatch.Register(new WorkerLoop());
        if (loop._running)
            mailbox.Run();
        else
            loop.Run(mailbox);
    }

    /// <summary>Gives the kept mailbox to the thread pool, because this thread has something else to do first.</summary>
    public void GiveAway()
    {
        if (Volatile.Read(ref _kept) is not null && Interlocked.Exchange(ref _kept, null) is { } mailbox)
            ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: true);
    }

    /// <summary>Gives the kept mailbox to the thread pool, if it still is the one that was seen.</summary>
    public void TakeAway(Mailbox seen)
    {
        if (ReferenceEquals(Interlocked.CompareExchange(ref _kept, null, seen), seen))
            ThreadPool.UnsafeQueueUserWorkItem(seen, preferLocal: false);
    }

    private void Run(Mailbox first)
    {
        // What a handler puts into the flow of execution is its own affair, as it is between two pieces of work of the thread pool.
        var context = ExecutionContext.Capture();
        _running = true;
        try
        {
            var mailbox = first;
            for (var turn = 1; mailbox is not null; turn++)
            {
                mailbox.Run();
                if (context is not null && !ReferenceEquals(ExecutionContext.Capture(), context))
                    ExecutionContext.Restore(context);
                mailbox = turn < MaxTurns ? Interlocked.Exchange(ref _kept, null) : null;
            }
        }
        finally
        {
            _running = false;
            GiveAway();
        }
    }
}
