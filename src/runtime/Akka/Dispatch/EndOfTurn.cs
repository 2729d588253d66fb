namespace Akka.Dispatch;

/// <summary>Something that is better done once for all messages of a mailbox's turn than once for each.</summary>
internal interface IEndOfTurnWork
{
    void RunAtEndOfTurn();
}

/// <summary>What is to be done when the turn that runs on this thread is over: connections write what was sent in it with one call of the kernel.</summary>
internal static class EndOfTurn
{
    [ThreadStatic]
    private static List<IEndOfTurnWork>? _work;

    // Turns nest where a dispatcher runs actors on the caller's thread.
    [ThreadStatic]
    private static int _depth;

    public static void Begin() => _depth++;

    /// <summary>Puts work off to the end of the turn, once however often it is asked for. False outside of a turn.</summary>
    public static bool TryAdd(IEndOfTurnWork work)
    {
        if (_depth == 0)
            return false;
        var all = _work ??= [];
        if (!all.Contains(work))
            all.Add(work);
        return true;
    }

    /// <summary>Ends the turn and does what was put off.</summary>
    public static void End()
    {
        if (--_depth == 0 && _work is { Count: > 0 } all)
            RunAll(all);
    }

    private static void RunAll(List<IEndOfTurnWork> all)
    {
        for (var i = 0; i < all.Count; i++)
            all[i].RunAtEndOfTurn();
        all.Clear();
    }
}
