using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.StateLog;

/// <summary>A log as a value: maybe a snapshot, then entries without gaps, and the configurations that stand in it.</summary>
public sealed class EntryLog
{
    private readonly ImmutableList<LogEntry> _entries;

    private EntryLog(LogSnapshot? snapshot, ImmutableList<LogEntry> entries, ImmutableList<Configuration> configurations)
    {
        Snapshot = snapshot;
        _entries = entries;
        Configurations = configurations;
    }

    /// <summary>The log of a replica that never got an entry.</summary>
    public static EntryLog Empty { get; } = new(null, [], []);

    /// <summary>What stands for the entries before <see cref="FirstIndex"/>, if the log was cut.</summary>
    public LogSnapshot? Snapshot { get; }

    /// <summary>The configurations that can still matter, oldest first: the snapshot's, and all set by entries.</summary>
    public ImmutableList<Configuration> Configurations { get; }

    /// <summary>The newest configuration, committed or not; null while the log is empty.</summary>
    public Configuration? Configuration => Configurations.IsEmpty ? null : Configurations[^1];

    /// <summary>The index of the first entry that is still there.</summary>
    public long FirstIndex => (Snapshot?.Index ?? -1) + 1;

    /// <summary>The index of the last entry; -1 if there never was one.</summary>
    public long LastIndex => FirstIndex + _entries.Count - 1;

    /// <summary>The last entry's epoch; none if there never was an entry.</summary>
    public Epoch LastEpoch => _entries.IsEmpty ? Snapshot?.Epoch ?? Epoch.None : _entries[^1].Epoch;

    /// <summary>Whether there never was an entry.</summary>
    public bool IsEmpty => LastIndex < 0;

    /// <summary>The entry at an index that is still there.</summary>
    public LogEntry this[long index] => _entries[checked((int)(index - FirstIndex))];

    /// <summary>The epoch of the entry at an index, if that is known: it is not beyond the end, nor before the snapshot's last entry. None at -1.</summary>
    public Epoch? EpochAt(long index)
    {
        if (index == -1)
            return Epoch.None;
        if (index == Snapshot?.Index)
            return Snapshot.Epoch;
        return index >= FirstIndex && index <= LastIndex ? this[index].Epoch : null;
    }

    /// <summary>At most so many entries from an index on, which is not before the first.</summary>
    public ImmutableArray<LogEntry> Slice(long from, long max)
    {
        var count = (int)Math.Min(max, LastIndex - from + 1);
        return count <= 0 ? [] : [.. _entries.GetRange(checked((int)(from - FirstIndex)), count)];
    }

    /// <summary>All entries that are still there.</summary>
    public IEnumerable<LogEntry> Entries => _entries;

    /// <summary>The log with entries behind its end.</summary>
    /// <exception cref="InvariantViolation">They leave a gap, an epoch falls, or a genesis stands elsewhere than first.</exception>
    public EntryLog Append(ImmutableArray<LogEntry> entries)
    {
        var (index, epoch, configurations) = (LastIndex, LastEpoch, Configurations);
        foreach (var entry in entries)
        {
            if (entry.Index != index + 1)
                throw new InvariantViolation(FormattableString.Invariant($"The log ends with entry {index}, and entry {entry.Index} was to follow: there would be a gap."));
            if (entry.Epoch < epoch)
                throw new InvariantViolation(FormattableString.Invariant($"Entry {entry.Index} of epoch {entry.Epoch} was to follow an entry of the later epoch {epoch}."));
            if (entry.Index == 0 != entry.Command is Genesis)
                throw new InvariantViolation(FormattableString.Invariant($"Entry {entry.Index} is {entry.Command.Describe()}, but genesis is entry 0 and no other."));
            (index, epoch) = (entry.Index, entry.Epoch);
            if (ConfigurationOf(entry, configurations) is { } configuration)
                configurations = configurations.Add(configuration);
        }
        return new EntryLog(Snapshot, _entries.AddRange(entries), configurations);
    }

    /// <summary>The log without the entries from an index on.</summary>
    public EntryLog TruncateFrom(long index)
    {
        if (index < FirstIndex)
            throw new InvariantViolation(FormattableString.Invariant($"The log was to be truncated from entry {index} on, but all before entry {FirstIndex} is in a snapshot and committed."));
        if (index > LastIndex)
            return this;
        var keep = checked((int)(index - FirstIndex));
        return new EntryLog(Snapshot, _entries.RemoveRange(keep, _entries.Count - keep), Configurations.RemoveAll(c => c.Index >= index));
    }

    /// <summary>The log cut at a snapshot: entries that follow it are kept if they follow this very entry, else they go too.</summary>
    public EntryLog CutAt(LogSnapshot snapshot)
    {
        if (snapshot.Index < FirstIndex)
            return this;
        if (EpochAt(snapshot.Index) != snapshot.Epoch)
            return new EntryLog(snapshot, [], [snapshot.Configuration]);
        return new EntryLog(
            snapshot,
            _entries.RemoveRange(0, checked((int)(snapshot.Index - FirstIndex + 1))),
            [snapshot.Configuration, .. Configurations.Where(c => c.Index > snapshot.Index)]);
    }

    /// <summary>The newest configuration at an index that is not before the snapshot.</summary>
    public Configuration? ConfigurationAt(long index) => Configurations.FindLast(c => c.Index <= index);

    /// <summary>All configurations but the newest, oldest first, that were not followed by another one up to the commit index.</summary>
    public ImmutableArray<Configuration> EarlierConfigurations(long commitIndex)
    {
        var committed = Configurations.FindLastIndex(c => c.Index <= commitIndex);
        return [.. Configurations.Skip(Math.Max(committed, 0)).SkipLast(1)];
    }

    private static Configuration? ConfigurationOf(LogEntry entry, ImmutableList<Configuration> earlier) => entry.Command switch
    {
        Genesis g => new Configuration(1, entry.Index, g.Voters) { ClusterId = g.ClusterId },
        SetConfiguration s => new Configuration(s.Generation, entry.Index, s.Voters) { ClusterId = earlier[^1].ClusterId },
        _ => null,
    };
}
