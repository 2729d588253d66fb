namespace Akka.Persistence.Sql.Db;

/// <summary>Does work in the order it is posted, as many at a time as a handler takes. It never blocks who posts.</summary>
internal abstract class WorkLoop(int maxWeight, Action<IReadOnlyList<Work>> handle, Action closed)
{
    private readonly Queue<Work> _queue = new();
    private bool _isClosing;

    protected object Gate { get; } = new();

    protected bool HasWork => _queue.Count > 0;

    protected bool IsClosing => _isClosing;

    /// <summary>Ends when the loop is closed and everything it held is released.</summary>
    public abstract Task Ended { get; }

    /// <summary>Queues work; false if as many wait as are allowed.</summary>
    public bool TryPost(Work work, int capacity)
    {
        lock (Gate)
        {
            if (_isClosing || _queue.Count >= capacity) return false;
            _queue.Enqueue(work);
            Wake();
            return true;
        }
    }

    /// <summary>Ends the loop after what it is doing. What still waits fails.</summary>
    public void Close()
    {
        lock (Gate)
        {
            if (_isClosing) return;
            _isClosing = true;
            Wake();
        }
    }

    /// <summary>Makes the loop look at its queue; called with the gate held.</summary>
    protected abstract void Wake();

    /// <summary>Does what waits, up to the greatest weight; called without the gate.</summary>
    protected void DoNext()
    {
        var batch = new List<Work>();
        lock (Gate)
        {
            var weight = 0;
            while (_queue.TryPeek(out var next) && (batch.Count == 0 || weight + next.Weight <= maxWeight))
            {
                weight += next.Weight;
                batch.Add(_queue.Dequeue());
            }
        }

        if (batch.Count > 0) handle(batch);
    }

    protected void End()
    {
        Work[] left;
        lock (Gate)
        {
            left = [.. _queue];
            _queue.Clear();
        }

        foreach (var work in left) work.Fail(new StorageException("The actor system ended before this was written or read.", null));
        closed();
    }
}
