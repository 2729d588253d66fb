using Akka.Actor;

namespace Akka.Persistence;

/// <summary>
/// A persistent actor whose constructor declares handlers: <c>Command</c> for commands, <c>Recover</c> for what is replayed.
/// The first declared handler that takes a message handles it.
/// </summary>
public abstract class ReceivePersistentActor : UntypedPersistentActor
{
    private readonly HandlerTable _recovers = new();
    private HandlerTable _commands = new();

    /// <summary>Replaces the handlers of commands. Those of what is replayed stay.</summary>
    /// <param name="configure">Declares the new ones with <c>Command</c>.</param>
    protected void Become(Action configure) => Context.Become(Declare(configure));

    /// <summary>Puts handlers of commands above the present ones; <see cref="ActorBase.UnbecomeStacked"/> takes them off.</summary>
    /// <param name="configure">Declares the new ones with <c>Command</c>.</param>
    protected void BecomeStacked(Action configure) => Context.BecomeStacked(Declare(configure));

    /// <summary>Handles commands of a type.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="shouldHandle">Takes only those for which this holds.</param>
    protected void Command<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => _commands.Add(handler, shouldHandle);

    /// <summary>Handles commands of a type for which a condition holds.</summary>
    /// <param name="shouldHandle">The condition.</param>
    /// <param name="handler">The handler.</param>
    protected void Command<T>(Predicate<T> shouldHandle, Action<T> handler) => _commands.Add(handler, shouldHandle);

    /// <summary>Handles commands of a type.</summary>
    /// <param name="messageType">The type.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="shouldHandle">Takes only those for which this holds.</param>
    protected void Command(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        _commands.Add(messageType, handler, shouldHandle);

    /// <summary>Handles commands of a type for which a condition holds.</summary>
    /// <param name="messageType">The type.</param>
    /// <param name="shouldHandle">The condition.</param>
    /// <param name="handler">The handler.</param>
    protected void Command(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => _commands.Add(messageType, handler, shouldHandle);

    /// <summary>Handles commands of a type.</summary>
    /// <param name="handler">The handler; says whether it took the command.</param>
    protected void Command<T>(Func<T, bool> handler) => _commands.Add(handler);

    /// <summary>Handles commands of a type.</summary>
    /// <param name="messageType">The type.</param>
    /// <param name="handler">The handler; says whether it took the command.</param>
    protected void Command(Type messageType, Func<object, bool> handler) => _commands.Add(messageType, handler);

    /// <summary>Handles every command.</summary>
    /// <param name="handler">The handler.</param>
    protected void Command(Action<object> handler) => _commands.Add(handler, null);

    /// <summary>Handles every command that no handler before took. Must be the last.</summary>
    /// <param name="handler">The handler.</param>
    protected void CommandAny(Action<object> handler) => _commands.Add(handler, null);

    /// <summary>Handles every command that no handler before took, asynchronously. Must be the last.</summary>
    /// <param name="handler">The handler; no other message is handled until its task has ended.</param>
    protected void CommandAnyAsync(Func<object, Task> handler) => _commands.Add(Async(handler), null);

    /// <summary>Handles commands of a type asynchronously.</summary>
    /// <param name="handler">The handler; no other message is handled until its task has ended.</param>
    /// <param name="shouldHandle">Takes only those for which this holds.</param>
    protected void CommandAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) => _commands.Add(Async(handler), shouldHandle);

    /// <summary>Handles commands of a type for which a condition holds, asynchronously.</summary>
    /// <param name="shouldHandle">The condition.</param>
    /// <param name="handler">The handler; no other message is handled until its task has ended.</param>
    protected void CommandAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => _commands.Add(Async(handler), shouldHandle);

    /// <summary>Handles commands of a type asynchronously.</summary>
    /// <param name="messageType">The type.</param>
    /// <param name="handler">The handler; no other message is handled until its task has ended.</param>
    /// <param name="shouldHandle">Takes only those for which this holds.</param>
    protected void CommandAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        _commands.Add(messageType, Async(handler), shouldHandle);

    /// <summary>Handles commands of a type for which a condition holds, asynchronously.</summary>
    /// <param name="messageType">The type.</param>
    /// <param name="shouldHandle">The condition.</param>
    /// <param name="handler">The handler; no other message is handled until its task has ended.</param>
    protected void CommandAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        _commands.Add(messageType, Async(handler), shouldHandle);

    /// <summary>Handles replayed events of a type, or <see cref="SnapshotOffer"/> or <see cref="RecoveryCompleted"/>.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="shouldHandle">Takes only those for which this holds.</param>
    protected void Recover<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => _recovers.Add(handler, shouldHandle);

    /// <summary>Handles replayed events of a type for which a condition holds.</summary>
    /// <param name="shouldHandle">The condition.</param>
    /// <param name="handler">The handler.</param>
    protected void Recover<T>(Predicate<T> shouldHandle, Action<T> handler) => _recovers.Add(handler, shouldHandle);

    /// <summary>Handles replayed events of a type.</summary>
    /// <param name="messageType">The type.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="shouldHandle">Takes only those for which this holds.</param>
    protected void Recover(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        _recovers.Add(messageType, handler, shouldHandle);

    /// <summary>Handles replayed events of a type for which a condition holds.</summary>
    /// <param name="messageType">The type.</param>
    /// <param name="shouldHandle">The condition.</param>
    /// <param name="handler">The handler.</param>
    protected void Recover(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => _recovers.Add(messageType, handler, shouldHandle);

    /// <summary>Handles replayed events of a type.</summary>
    /// <param name="handler">The handler; says whether it took the event.</param>
    protected void Recover<T>(Func<T, bool> handler) => _recovers.Add(handler);

    /// <summary>Handles replayed events of a type.</summary>
    /// <param name="messageType">The type.</param>
    /// <param name="handler">The handler; says whether it took the event.</param>
    protected void Recover(Type messageType, Func<object, bool> handler) => _recovers.Add(messageType, handler);

    /// <summary>Handles everything replayed that no handler before took. Must be the last.</summary>
    /// <param name="handler">The handler.</param>
    protected void RecoverAny(Action<object> handler) => _recovers.Add(handler, null);

    /// <inheritdoc/>
    protected sealed override void OnCommand(object message) => Handle(_commands, message);

    /// <inheritdoc/>
    protected sealed override void OnRecover(object message) => Handle(_recovers, message);

    private UntypedReceive Declare(Action configure)
    {
        var present = _commands;
        var declared = new HandlerTable();
        _commands = declared;
        try
        {
            configure();
        }
        finally
        {
            _commands = present;
        }

        return message => Handle(declared, message);
    }

    private void Handle(HandlerTable handlers, object message)
    {
        if (!handlers.TryHandle(message)) Unhandled(message);
    }

    private Action<T> Async<T>(Func<T, Task> handler) => message => RunTask(() => handler(message));
}
