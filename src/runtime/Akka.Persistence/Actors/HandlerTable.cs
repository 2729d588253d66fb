namespace Akka.Persistence;

/// <summary>Handlers in the order they were declared; the first that takes a message handles it.</summary>
internal sealed class HandlerTable
{
    private readonly List<Func<object, bool>> _handlers = [];
    private bool _takesAny;

    public void Add<T>(Func<T, bool> handler)
    {
        if (_takesAny)
            throw new InvalidOperationException($"A handler for {typeof(T)} comes after one that takes every message, and would never be called.");
        _handlers.Add(message => message is T typed && handler(typed));
    }

    public void Add<T>(Action<T> handler, Predicate<T>? shouldHandle)
    {
        Add<T>(message =>
        {
            if (shouldHandle is not null && !shouldHandle(message)) return false;
            handler(message);
            return true;
        });
        _takesAny = shouldHandle is null && typeof(T) == typeof(object);
    }

    public void Add(Type type, Func<object, bool> handler) => Add<object>(message => type.IsInstanceOfType(message) && handler(message));

    public void Add(Type type, Action<object> handler, Predicate<object>? shouldHandle) =>
        Add(type, message =>
        {
            if (shouldHandle is not null && !shouldHandle(message)) return false;
            handler(message);
            return true;
        });

    public bool TryHandle(object message)
    {
        foreach (var handler in _handlers)
        {
            if (handler(message)) return true;
        }

        return false;
    }
}
