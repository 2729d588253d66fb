using System.Collections.Immutable;
using Akka.Persistence;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Persistence;

/// <summary>How a node's disk behaves now.</summary>
internal enum DiskHealth
{
    Sound,

    /// <summary>Every write takes seconds.</summary>
    Slow,

    /// <summary>Writes fail: no space left.</summary>
    Full,

    /// <summary>Writes and reads fail.</summary>
    Broken,
}

/// <summary>
/// What a node's journal and snapshots are written to. It outlives power cuts; what was not yet synced then is lost, or is there though nobody
/// was told, or is there in part, by chance.
/// </summary>
internal sealed class SimulatedDisk(string node, Chance chance, Trace trace)
{
    private readonly Dictionary<string, List<IPersistentRepresentation>> _journals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _highest = new(StringComparer.Ordinal);
    private readonly List<PendingWrite> _underWay = [];

    public DiskHealth Health { get; set; }

    /// <summary>Told of every event that is durable from now on.</summary>
    public Action<object>? Durable { get; set; }

    public List<(SnapshotMetadata Metadata, object Snapshot)> Snapshots { get; } = [];

    public TimeSpan WriteTime() => Health == DiskHealth.Slow
        ? chance.Span(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(4))
        : chance.Span(TimeSpan.FromMilliseconds(0.3), TimeSpan.FromMilliseconds(4));

    public PendingWrite Begin(ImmutableArray<IPersistentRepresentation> events)
    {
        var write = new PendingWrite(events);
        _underWay.Add(write);
        return write;
    }

    /// <summary>The write is synced.</summary>
    /// <exception cref="IOException">The disk does not take it; nothing of it is there.</exception>
    public void Finish(PendingWrite write)
    {
        _underWay.Remove(write);
        if (Health == DiskHealth.Full)
            throw new IOException($"{node}: no space left on device");
        if (Health == DiskHealth.Broken)
            throw new IOException($"{node}: input/output error");
        Keep(write.Events);
    }

    /// <summary>Whoever wrote is gone; with the power goes what was in the caches, too.</summary>
    public void Interrupt()
    {
        foreach (var write in _underWay)
        {
            var kept = chance.Below(3) switch { 0 => 0, 1 => write.Events.Length, _ => chance.Between(0, write.Events.Length) };
            trace.Add(node, FormattableString.Invariant($"disk: of {write.Events.Length} events under way {kept} are there"));
            Keep(write.Events[..kept]);
        }

        _underWay.Clear();
    }

    public long Highest(string persistenceId)
    {
        ThrowIfBroken();
        return _highest.GetValueOrDefault(persistenceId);
    }

    public IReadOnlyList<IPersistentRepresentation> Read(string persistenceId)
    {
        ThrowIfBroken();
        return _journals.GetValueOrDefault(persistenceId) is { } journal ? [.. journal] : [];
    }

    public void DeleteTo(string persistenceId, long sequenceNr) =>
        _journals.GetValueOrDefault(persistenceId)?.RemoveAll(e => e.SequenceNr <= sequenceNr);

    /// <summary>A new, empty disk is put in.</summary>
    public void Wipe()
    {
        _journals.Clear();
        _highest.Clear();
        Snapshots.Clear();
    }

    private void Keep(ImmutableArray<IPersistentRepresentation> events)
    {
        foreach (var one in events)
        {
            if (!_journals.TryGetValue(one.PersistenceId, out var journal))
                _journals[one.PersistenceId] = journal = [];
            journal.Add(one);
            _highest[one.PersistenceId] = Math.Max(_highest.GetValueOrDefault(one.PersistenceId), one.SequenceNr);
            Durable?.Invoke(one.Payload);
        }
    }

    private void ThrowIfBroken()
    {
        if (Health == DiskHealth.Broken)
            throw new IOException($"{node}: input/output error");
    }
}

/// <summary>Events on their way to the disk.</summary>
internal sealed record PendingWrite(ImmutableArray<IPersistentRepresentation> Events);
