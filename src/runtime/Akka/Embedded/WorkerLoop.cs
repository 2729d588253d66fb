// Part of the real environment: the one place where the thread pool is used.
#pragma warning disable RS0030

using Akka.Dispatch;

namespace Akka.Embedded;

/// <summary>
/// Keeps the mailbox that an actor puts a message into last for the thread that runs the actor, which turns to it as soon as the actor's turn is over.
/// So a conversation between two actors stays on one processor, instead of waking another thread, and moving what both touch, for every message.
/// Nothing is held back for long: other mailboxes go to the thread pool at once, this one does when the actor's messages take long
/// (<see cref="TurnPace"/>), and <see cref="BlockedLoopWatch"/> takes it away from a handler that blocks.
/// </summary>
internal sealed class WorkerLoop
{
    // After so many turns the thread pool gets its thread back, so that others have theirs.
    private const int MaxTurns = 256;
    private const int MaxBorrowedTurns = 8;

    [ThreadStatic]
    private static WorkerLoop? _ofThisThread;

    private bool _running;
    private Mailbox? _turnOf;
    private Mailbox? _kept;
    private Mailbox? _again;
    private ILender? _lender;

    private WorkerLoop()
    {
    }

    /// <summary>The loop that runs on this thread; null where none does.</summary>
    public static WorkerLoop? Current => _ofThisThread is { _running: true } loop ? loop : null;

    /// <summary>Counts what was kept, so that the watch sees whether there is anything to watch.</summary>
    public int KeptCount { get; private set; }

    /// <summary>The mailbox whose turn is next.</summary>
    public Mailbox? Kept => Volatile.Read(ref _kept);

    /// <summary>The mailbox that has had its turn and needs another one, after the kept one.</summary>
    public Mailbox? Again => Volatile.Read(ref _again);

    /// <summary>Who has lent the thread and waits for it.</summary>
    public ILender? Lender => Volatile.Read(ref _lender);

    /// <summary>Gives a mailbox a turn soon: on this thread if a loop runs there, else on the thread pool.</summary>
    public static void Schedule(Mailbox mailbox)
    {
        if (Current is { } loop)
        {
            loop.KeptCount++;
            // Only this thread puts something in, so an empty place stays empty until it does.
            if (Volatile.Read(ref loop._kept) is null)
            {
                loop.Put(ref loop._kept, mailbox);
                return;
            }

            // A turn has ended with messages left, and whom they went to waits: the two take turns.
            if (ReferenceEquals(mailbox, loop._turnOf) && mailbox.IsBrisk && Volatile.Read(ref loop._again) is null)
            {
                loop.Put(ref loop._again, mailbox);
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
        var loop = OfThisThread();
        if (loop._running)
            mailbox.Run();
        else
            loop.Run(mailbox);
    }

    /// <summary>
    /// Makes this thread keep what the caller gives rise to, until <see cref="RunBorrowed"/> or <see cref="EndBorrowing"/>. Null if it cannot: then
    /// everything goes its usual way.
    /// </summary>
    public static WorkerLoop? Borrow()
    {
        if (!Thread.CurrentThread.IsThreadPoolThread)
            return null;
        var loop = OfThisThread();
        if (loop._running)
            return null;
        loop._running = true;
        return loop;
    }

    /// <summary>
    /// Runs what was kept since <see cref="Borrow"/>, if it is known not to take long. Should it take long after all, the lender goes on elsewhere.
    /// </summary>
    /// <returns>False if it does: the caller must not go on then.</returns>
    public bool RunBorrowed(ILender lender)
    {
        if (Kept is not { IsBrisk: true })
        {
            EndBorrowing();
            return true;
        }

        Volatile.Write(ref _lender, lender);
        BlockedLoopWatch.EnsureWatching();
        Run(Take(ref _kept), MaxBorrowedTurns);
        return Volatile.Read(ref _lender) is not null && Interlocked.Exchange(ref _lender, null) is not null;
    }

    /// <summary>Ends what <see cref="Borrow"/> began; the thread pool gets what was kept.</summary>
    public void EndBorrowing()
    {
        _running = false;
        GiveAway();
    }

    /// <summary>Called before each message of a turn: what is kept goes to the thread pool if the messages take long.</summary>
    /// <param name="running">Whose turn it is.</param>
    /// <param name="handled">How many messages were handled in it.</param>
    /// <param name="pace">The pace of the turn, empty at its beginning.</param>
    public void BeforeMessage(Mailbox running, int handled, ref TurnPace pace)
    {
        if (pace.StaysBrisk(running, handled))
            return;
        GiveAway();
        pace.Restart();
    }

    /// <summary>Gives what is kept to the thread pool, because this thread has something else to do first.</summary>
    public void GiveAway()
    {
        GiveAway(ref _kept);
        GiveAway(ref _again);
    }

    /// <summary>Gives to the thread pool what was seen to be kept, if it still is, and lets the lender go on elsewhere.</summary>
    public void TakeAway(Mailbox? kept, Mailbox? again, ILender? lender)
    {
        TakeAway(ref _kept, kept);
        TakeAway(ref _again, again);
        if (lender is not null && ReferenceEquals(Interlocked.CompareExchange(ref _lender, null, lender), lender))
            lender.GoOnElsewhere();
    }

    private static WorkerLoop OfThisThread() => _ofThisThread ??= BlockedLoopWatch.Register(new WorkerLoop());

    private static void GiveAway(ref Mailbox? place)
    {
        if (Volatile.Read(ref place) is not null && Interlocked.Exchange(ref place, null) is { } mailbox)
            ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: true);
    }

    private static void TakeAway(ref Mailbox? place, Mailbox? seen)
    {
        if (seen is not null && ReferenceEquals(Interlocked.CompareExchange(ref place, null, seen), seen))
            ThreadPool.UnsafeQueueUserWorkItem(seen, preferLocal: false);
    }

    private static Mailbox? Take(ref Mailbox? place) => Volatile.Read(ref place) is null ? null : Interlocked.Exchange(ref place, null);

    private void Put(ref Mailbox? place, Mailbox mailbox)
    {
        Volatile.Write(ref place, mailbox);
        BlockedLoopWatch.EnsureWatching();
    }

    private Mailbox? TakeNext(bool preferAgain) => preferAgain ? Take(ref _again) ?? Take(ref _kept) : Take(ref _kept) ?? Take(ref _again);

    private void Run(Mailbox? first, int maxTurns = MaxTurns)
    {
        // What a handler puts into the flow of execution is its own affair, as it is between two pieces of work of the thread pool.
        var context = ExecutionContext.Capture();
        _running = true;
        try
        {
            var mailbox = first;
            var preferAgain = false;
            for (var turn = 1; mailbox is not null; turn++)
            {
                _turnOf = mailbox;
                mailbox.Run();
                if (context is not null && !ReferenceEquals(ExecutionContext.Capture(), context))
                    ExecutionContext.Restore(context);
                if (turn == maxTurns)
                    break;
                mailbox = TakeNext(preferAgain);
                preferAgain = !preferAgain;
            }
        }
        finally
        {
            _turnOf = null;
            _running = false;
            GiveAway();
        }
    }
}
