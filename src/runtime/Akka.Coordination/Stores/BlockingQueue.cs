namespace Akka.Coordination.Stores;

/// <summary>
/// Runs blocking operations one after the other, in a place made for it, which exists only while there are any. An operation that
/// is called off before its turn is left out.
/// </summary>
internal sealed class BlockingQueue(LeasePlace place, string name)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Action> _waiting = new();
    private bool _isRunning;

    /// <summary>Has an operation run when those before it have.</summary>
    /// <returns>Calls it off; true if it has not begun.</returns>
    public Func<bool> Add(Action operation)
    {
        LinkedListNode<Action> node;
        bool mustStart;
        lock (_lock)
        {
            node = _waiting.AddLast(operation);
            mustStart = !_isRunning;
            _isRunning = true;
        }

        if (mustStart) place.RunBlocking(name, RunAll);
        return () => CallOff(node);
    }

    private bool CallOff(LinkedListNode<Action> node)
    {
        lock (_lock)
        {
            if (node.List is null) return false;
            _waiting.Remove(node);
            return true;
        }
    }

    private void RunAll()
    {
        while (true)
        {
            Action next;
            lock (_lock)
            {
                if (_waiting.First is not { } first)
                {
                    _isRunning = false;
                    return;
                }

                next = first.Value;
                _waiting.RemoveFirst();
            }

            next();
        }
    }
}
