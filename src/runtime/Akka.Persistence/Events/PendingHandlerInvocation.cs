namespace Akka.Persistence;

/// <summary>An event that is on its way to the journal, and what is done when it is there.</summary>
public interface IPendingHandlerInvocation
{
    /// <summary>The event.</summary>
    object Event { get; }

    /// <summary>Called when the event is written.</summary>
    Action<object> Handler { get; }
}

/// <summary>Of <c>Persist</c> and <c>PersistAll</c>: no other command is handled until the handler has run.</summary>
public sealed class StashingHandlerInvocation : IPendingHandlerInvocation
{
    /// <summary>Creates the invocation.</summary>
    /// <param name="evt">The event.</param>
    /// <param name="handler">Called when the event is written.</param>
    public StashingHandlerInvocation(object evt, Action<object> handler)
    {
        Event = evt;
        Handler = handler;
    }

    /// <inheritdoc/>
    public object Event { get; }

    /// <inheritdoc/>
    public Action<object> Handler { get; }
}

/// <summary>Of <c>PersistAsync</c>, <c>PersistAllAsync</c> and <c>DeferAsync</c>: commands go on meanwhile.</summary>
public sealed class AsyncHandlerInvocation : IPendingHandlerInvocation
{
    /// <summary>Creates the invocation.</summary>
    /// <param name="evt">The event.</param>
    /// <param name="handler">Called when the event is written.</param>
    public AsyncHandlerInvocation(object evt, Action<object> handler)
    {
        Event = evt;
        Handler = handler;
    }

    /// <inheritdoc/>
    public object Event { get; }

    /// <inheritdoc/>
    public Action<object> Handler { get; }
}
