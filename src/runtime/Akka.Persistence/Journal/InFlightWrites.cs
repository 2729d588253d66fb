namespace Akka.Persistence.Journal;

/// <summary>
/// The writes of each persistence id that are not over. A recovery waits for those of its persistence id: a former incarnation's write may still
/// reach the disk, also one whose circuit breaker has given it up.
/// </summary>
internal sealed class InFlightWrites
{
    private readonly Dictionary<string, Task> _last = new();

    public void Add(IEnumerable<string> persistenceIds, Task write)
    {
        foreach (var persistenceId in persistenceIds)
        {
            _last[persistenceId] = _last.TryGetValue(persistenceId, out var earlier) && !earlier.IsCompleted ? Task.WhenAll(earlier, write) : write;
        }

        if (_last.Count > PruneAbove) Prune();
    }

    /// <summary>Ends when the writes of a persistence id are over, whether or not they succeeded.</summary>
    public Task Of(string persistenceId) => _last.TryGetValue(persistenceId, out var write) ? write : Task.CompletedTask;

    // Looking at all of them is cheap against the writes that led here, and bounds the table by what is under way.
    private const int PruneAbove = 1_000;

    private void Prune()
    {
        foreach (var (persistenceId, write) in _last.ToArray())
        {
            if (write.IsCompleted) _last.Remove(persistenceId);
        }
    }
}
