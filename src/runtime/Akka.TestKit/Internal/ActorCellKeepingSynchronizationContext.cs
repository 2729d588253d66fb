using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.TestKit.Internal;

/// <summary>
/// Keeps the test actor the implicit sender after an await: the current actor is a property of the thread, and a continuation
/// may run on any. Where a test runner has a context of its own, work still goes through that one.
/// </summary>
internal sealed class ActorCellKeepingSynchronizationContext : SynchronizationContext
{
    private readonly ActorCell _cell;
    private readonly SynchronizationContext? _inner;

    internal ActorCellKeepingSynchronizationContext(ActorCell cell, SynchronizationContext? inner)
    {
        _cell = cell;
        _inner = inner is ActorCellKeepingSynchronizationContext own ? own._inner : inner;
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (_inner is null)
            base.Post(Run, (d, state));
        else
            _inner.Post(Run, (d, state));
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (_inner is null)
            base.Send(Run, (d, state));
        else
            _inner.Send(Run, (d, state));
    }

    public override SynchronizationContext CreateCopy() => new ActorCellKeepingSynchronizationContext(_cell, _inner);

    private void Run(object? state)
    {
        var (callback, argument) = ((SendOrPostCallback, object?))state!;
        var previousCell = InternalCurrentActorCellKeeper.Current;
        var previousContext = Current;
        InternalCurrentActorCellKeeper.Current = _cell;
        SetSynchronizationContext(this);
        try
        {
            callback(argument);
        }
        finally
        {
            SetSynchronizationContext(previousContext);
            InternalCurrentActorCellKeeper.Current = previousCell!;
        }
    }
}
