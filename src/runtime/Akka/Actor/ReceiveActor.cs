using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor that says in its constructor, and in what it becomes, which types it handles and how. The first handler that fits is used.</summary>
public abstract class ReceiveActor : UntypedActor, IInitializableActor
{
    private MessageHandlers? _building;

    /// <summary>Handlers may be added from here to the end of the derived constructors.</summary>
    protected ReceiveActor() => _building = new MessageHandlers();

    void IInitializableActor.Init()
    {
        var handlers = Built();
        // A constructor that already became something else has said what it wants.
        if (CurrentCell.HasBehavior)
            return;
        Context.Become(ReceiveWith(handlers));
    }

    /// <inheritdoc/>
    protected sealed override void OnReceive(object message)
    {
        // Only reached when a behaviour was taken off that never was put on: nothing handles anything then.
        Unhandled(message);
    }

    /// <summary>Replaces the present behaviour by the handlers that <paramref name="configure"/> adds.</summary>
    /// <param name="configure">Adds handlers.</param>
    protected void Become(Action configure) => base.Become(Configure(configure));

    /// <summary>Puts the handlers that <paramref name="configure"/> adds on top of the present behaviour.</summary>
    /// <param name="configure">Adds handlers.</param>
    protected void BecomeStacked(Action configure) => base.BecomeStacked(Configure(configure));

    /// <summary>Handles messages of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="handler">The handler.</param>
    /// <param name="shouldHandle">Which of them; all if null.</param>
    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null)
        => Building.Add(new MessageHandler<T>(handler, shouldHandle));

    /// <summary>Handles those messages of a type that fit.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="shouldHandle">Which of them.</param>
    /// <param name="handler">The handler.</param>
    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>Handles messages of a type; the handler says whether it took one.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="handler">The handler.</param>
    protected void Receive<T>(Func<T, bool> handler) => Building.Add(new DecidingMessageHandler<T>(handler));

    /// <summary>Handles messages of a type.</summary>
    /// <param name="messageType">The type.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="shouldHandle">Which of them; all if null.</param>
    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null)
        => Building.Add(new TypedMessageHandler(messageType, handler, shouldHandle));

    /// <summary>Handles those messages of a type that fit.</summary>
    /// <param name="messageType">The type.</param>
    /// <param name="shouldHandle">Which of them.</param>
    /// <param name="handler">The handler.</param>
    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => Receive(messageType, handler, shouldHandle);

    /// <summary>Handles every message that came to no handler before; nothing may be added after it.</summary>
    /// <param name="handler">The handler.</param>
    protected void ReceiveAny(Action<object> handler) => Building.Add(new MessageHandler<object>(handler, null));

    /// <summary>Handles messages of a type asynchronously: the next message waits until the task has ended.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="handler">The handler.</param>
    /// <param name="shouldHandle">Which of them; all if null.</param>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null)
        => Building.Add(new MessageHandler<T>(message => ActorTaskScheduler.RunTask(() => handler(message)), shouldHandle));

    /// <summary>Handles those messages of a type that fit, asynchronously.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="shouldHandle">Which of them.</param>
    /// <param name="handler">The handler.</param>
    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => ReceiveAsync(handler, shouldHandle);

    /// <summary>Handles messages of a type asynchronously.</summary>
    /// <param name="messageType">The type.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="shouldHandle">Which of them; all if null.</param>
    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null)
        => Receive(messageType, message => ActorTaskScheduler.RunTask(() => handler(message)), shouldHandle);

    /// <summary>Handles those messages of a type that fit, asynchronously.</summary>
    /// <param name="messageType">The type.</param>
    /// <param name="shouldHandle">Which of them.</param>
    /// <param name="handler">The handler.</param>
    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) => ReceiveAsync(messageType, handler, shouldHandle);

    /// <summary>Handles every message that came to no handler before, asynchronously; nothing may be added after it.</summary>
    /// <param name="handler">The handler.</param>
    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAny(message => ActorTaskScheduler.RunTask(() => handler(message)));

    private MessageHandlers Building => _building
        ?? throw new InvalidOperationException("You may only call Receive-methods when constructing the actor and inside Become().");

    private Receive Configure(Action configure)
    {
        var outer = _building;
        _building = new MessageHandlers();
        try
        {
            configure();
            return ReceiveWith(Built());
        }
        finally
        {
            _building = outer;
        }
    }

    private MessageHandlers Built()
    {
        var handlers = Building;
        _building = null;
        return handlers;
    }

    private static Receive ReceiveWith(MessageHandlers handlers) => handlers.Build();
}
