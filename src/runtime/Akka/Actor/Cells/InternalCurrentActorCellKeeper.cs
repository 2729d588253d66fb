namespace Akka.Actor.Internal;

/// <summary>Remembers whose code runs on a thread.</summary>
public static class InternalCurrentActorCellKeeper
{
    [ThreadStatic]
    private static ActorCell? _current;

    /// <summary>The cell of the actor that runs on this thread; null outside actors.</summary>
    public static ActorCell? Current
    {
        get => _current;
        set => _current = value;
    }
}
