namespace Akka.Actor.Internal;

/// <summary>Called when an actor's constructors are through.</summary>
public interface IInitializableActor
{
    /// <summary>Finishes what the constructors began.</summary>
    void Init();
}

/// <summary>A handler that says whether a message was for it.</summary>
internal abstract class MessageHandler
{
    public abstract bool TryHandle(object message);

    /// <summary>True when no message goes past it.</summary>
    public virtual bool TakesAll => false;
}

internal sealed class MessageHandler<T>(Action<T> handler, Predicate<T>? shouldHandle) : MessageHandler
{
    public override bool TakesAll => typeof(T) == typeof(object) && shouldHandle is null;

    public override bool TryHandle(object message)
    {
        if (message is not T typed || (shouldHandle is not null && !shouldHandle(typed)))
            return false;
        handler(typed);
        return true;
    }
}

internal sealed class DecidingMessageHandler<T>(Func<T, bool> handler) : MessageHandler
{
    public override bool TryHandle(object message) => message is T typed && handler(typed);
}

internal sealed class TypedMessageHandler(Type type, Action<object> handler, Predicate<object>? shouldHandle) : MessageHandler
{
    public override bool TakesAll => type == typeof(object) && shouldHandle is null;

    public override bool TryHandle(object message)
    {
        if (!type.IsInstanceOfType(message) || (shouldHandle is not null && !shouldHandle(message)))
            return false;
        handler(message);
        return true;
    }
}

/// <summary>Collects the handlers of one behaviour, in the order in which they are asked.</summary>
internal sealed class MessageHandlers
{
    private readonly List<MessageHandler> _handlers = [];

    public void Add(MessageHandler handler)
    {
        if (_handlers is [.., { TakesAll: true }])
            throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
        _handlers.Add(handler);
    }

    public Receive Build()
    {
        var handlers = _handlers.ToArray();
        return message =>
        {
            foreach (var handler in handlers)
            {
                if (handler.TryHandle(message))
                    return true;
            }

            return false;
        };
    }
}
