using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.TestKit.Internal;

/// <summary>
/// Makes a test actor the sender of what its test sends. The current actor is a property of the thread, but a test that awaits
/// goes on on any thread, and its threads then serve others. So the cell flows with the execution context of the test: it is put
/// on each thread for as long as the test runs there, and taken off again.
/// </summary>
internal static class ImplicitSender
{
    private static readonly AsyncLocal<ActorCell?> OfTest = new(OnChanged);

    /// <summary>What a test has put on this thread. Anything else there is an actor that runs.</summary>
    [ThreadStatic]
    private static ActorCell? _lent;

    /// <summary>From here on, and in all that is awaited from here, <paramref name="cell"/> is the sender; null for nobody.</summary>
    internal static void Use(ActorCell? cell)
    {
        OfTest.Value = cell;
        InternalCurrentActorCellKeeper.Current = cell;
        _lent = cell;
    }

    /// <summary>Ends the use of <paramref name="cell"/>, if it is the one in use.</summary>
    internal static void Release(ActorCell cell)
    {
        if (ReferenceEquals(OfTest.Value, cell))
            Use(null);
    }

    private static void OnChanged(AsyncLocalValueChangedArgs<ActorCell?> change)
    {
        if (!change.ThreadContextChanged)
            return;
        // An actor that runs on this thread stays the current one, even where it continues something that a test began.
        if (InternalCurrentActorCellKeeper.Current is { } running && !ReferenceEquals(running, _lent))
            return;
        InternalCurrentActorCellKeeper.Current = _lent = change.CurrentValue;
    }
}
