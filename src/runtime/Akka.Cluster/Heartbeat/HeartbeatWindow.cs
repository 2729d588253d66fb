namespace Akka.Cluster;

/// <summary>
/// Which answers to heartbeats count as a sign of life. A node that was stopped and continues answers a whole backlog at once:
/// only answers to later rounds than the last one count, and only while they are recent, since an old one
/// proves that the node lived then.
/// </summary>
internal sealed class HeartbeatWindow(TimeProvider time, TimeSpan? maxAge)
{
    private readonly Dictionary<UniqueAddress, long> _lastAnswered = [];

    public bool Accepts(HeartbeatRsp answer)
    {
        if (_lastAnswered.TryGetValue(answer.From, out var last) && answer.SequenceNr <= last) return false;
        if (maxAge is { } limit && time.GetElapsedTime(answer.CreationTime) > limit) return false;
        _lastAnswered[answer.From] = answer.SequenceNr;
        return true;
    }

    public void Forget(UniqueAddress node) => _lastAnswered.Remove(node);
}
