namespace Akka.Remote.Associations;

/// <summary>What went wrong how often. Read by tests and by whoever looks into a running system.</summary>
internal sealed class RemotingCounters
{
    private long _malformed;
    private long _unknownMessages;
    private long _staleFrames;
    private long _droppedQueueFull;
    private long _droppedNoConnection;
    private long _unserializable;
    private long _refusedConnections;

    /// <summary>Connections closed because of what they brought.</summary>
    public long Malformed => Interlocked.Read(ref _malformed);

    /// <summary>Messages dropped because their serializer id or manifest is not registered here, or their bytes cannot be read.</summary>
    public long UnknownMessages => Interlocked.Read(ref _unknownMessages);

    /// <summary>Envelopes dropped because they came on a connection that had been replaced.</summary>
    public long StaleFrames => Interlocked.Read(ref _staleFrames);

    /// <summary>Messages dropped because too much waits for their receiver.</summary>
    public long DroppedQueueFull => Interlocked.Read(ref _droppedQueueFull);

    /// <summary>Messages dropped because there is no connection to their receiver.</summary>
    public long DroppedNoConnection => Interlocked.Read(ref _droppedNoConnection);

    /// <summary>Messages dropped because they cannot be serialized, or are too large.</summary>
    public long Unserializable => Interlocked.Read(ref _unserializable);

    /// <summary>Connections refused before anything was exchanged.</summary>
    public long RefusedConnections => Interlocked.Read(ref _refusedConnections);

    public void CountMalformed() => Interlocked.Increment(ref _malformed);

    public void CountUnknownMessage() => Interlocked.Increment(ref _unknownMessages);

    public void CountStaleFrame() => Interlocked.Increment(ref _staleFrames);

    public void CountDroppedQueueFull() => Interlocked.Increment(ref _droppedQueueFull);

    public void CountDroppedNoConnection() => Interlocked.Increment(ref _droppedNoConnection);

    public void CountUnserializable() => Interlocked.Increment(ref _unserializable);

    public void CountRefusedConnection() => Interlocked.Increment(ref _refusedConnections);
}
