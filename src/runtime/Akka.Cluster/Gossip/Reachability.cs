using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>One finding of a failure detector: this observer does not reach that subject, since this version of its findings.</summary>
internal readonly record struct ReachabilityRecord(UniqueAddress Observer, UniqueAddress Subject, long Version);

/// <summary>
/// Who finds whom unreachable. Each observer owns one row and counts its own changes in it, so that of two copies of a row
/// the one with the higher version is the later, and merging needs no other rule. What is not in a row is reachable.
/// </summary>
internal sealed class Reachability
{
    private static readonly ImmutableSortedDictionary<UniqueAddress, long> NoFindings = ImmutableSortedDictionary<UniqueAddress, long>.Empty;

    private readonly ImmutableSortedDictionary<UniqueAddress, Row> _rows;
    private ImmutableHashSet<UniqueAddress>? _unreachable;

    private Reachability(ImmutableSortedDictionary<UniqueAddress, Row> rows) => _rows = rows;

    /// <summary>Nobody has found anybody unreachable yet.</summary>
    public static Reachability Empty { get; } = new(ImmutableSortedDictionary<UniqueAddress, Row>.Empty);

    /// <summary>All findings of unreachability, by observer and subject.</summary>
    public IEnumerable<ReachabilityRecord> Records
    {
        get
        {
            foreach (var (observer, row) in _rows)
                foreach (var (subject, version) in row.Unreachable)
                    yield return new ReachabilityRecord(observer, subject, version);
        }
    }

    /// <summary>How often each observer has changed its findings.</summary>
    public IEnumerable<KeyValuePair<UniqueAddress, long>> Versions => _rows.Select(r => KeyValuePair.Create(r.Key, r.Value.Version));

    /// <summary>Every subject that at least one observer finds unreachable.</summary>
    public ImmutableHashSet<UniqueAddress> AllUnreachable =>
        _unreachable ??= _rows.Values.SelectMany(r => r.Unreachable.Keys).ToImmutableHashSet();

    /// <summary>Every observer that finds at least one subject unreachable.</summary>
    public ImmutableHashSet<UniqueAddress> AllObservers =>
        _rows.Where(r => !r.Value.Unreachable.IsEmpty).Select(r => r.Key).ToImmutableHashSet();

    public bool IsAllReachable => AllUnreachable.IsEmpty;

    public static Reachability Create(IEnumerable<KeyValuePair<UniqueAddress, long>> versions, IEnumerable<ReachabilityRecord> records)
    {
        var findings = records.GroupBy(r => r.Observer).ToDictionary(g => g.Key, g => g.ToImmutableSortedDictionary(r => r.Subject, r => r.Version));
        return new Reachability(versions.ToImmutableSortedDictionary(v => v.Key, v => new Row(v.Value, findings.GetValueOrDefault(v.Key, NoFindings))));
    }

    public bool IsReachable(UniqueAddress subject) => !AllUnreachable.Contains(subject);

    public bool IsReachable(UniqueAddress observer, UniqueAddress subject) => !RowOf(observer).Unreachable.ContainsKey(subject);

    public IEnumerable<UniqueAddress> UnreachableBy(UniqueAddress observer) => RowOf(observer).Unreachable.Keys;

    public IEnumerable<UniqueAddress> ObserversOf(UniqueAddress subject) =>
        _rows.Where(r => r.Value.Unreachable.ContainsKey(subject)).Select(r => r.Key);

    /// <summary>After the observer has found the subject unreachable.</summary>
    public Reachability Unreachable(UniqueAddress observer, UniqueAddress subject)
    {
        var row = RowOf(observer);
        if (row.Unreachable.ContainsKey(subject)) return this;
        var version = row.Version + 1;
        return With(observer, new Row(version, row.Unreachable.Add(subject, version)));
    }

    /// <summary>After the observer has found the subject reachable again.</summary>
    public Reachability Reachable(UniqueAddress observer, UniqueAddress subject)
    {
        var row = RowOf(observer);
        return row.Unreachable.ContainsKey(subject) ? With(observer, new Row(row.Version + 1, row.Unreachable.Remove(subject))) : this;
    }

    /// <summary>Both sets of findings, the later row of each observer; only what concerns the given members is kept.</summary>
    public Reachability Merge(Reachability other, IReadOnlySet<UniqueAddress> members)
    {
        var merged = ImmutableSortedDictionary.CreateBuilder<UniqueAddress, Row>();
        foreach (var observer in _rows.Keys.Union(other._rows.Keys))
        {
            if (!members.Contains(observer)) continue;
            var (mine, theirs) = (RowOf(observer), other.RowOf(observer));
            merged[observer] = (mine.Version >= theirs.Version ? mine : theirs).About(members);
        }

        return new Reachability(merged.ToImmutable());
    }

    /// <summary>Only what members have found of members.</summary>
    public Reachability Among(IReadOnlySet<UniqueAddress> members) => Merge(Empty, members);

    /// <summary>What is left when the findings of some observers count for nothing.</summary>
    public Reachability WithoutObservers(IReadOnlySet<UniqueAddress> observers) =>
        observers.Count == 0 ? this : new Reachability(_rows.RemoveRange(observers));

    public override bool Equals(object? obj) =>
        obj is Reachability other && (ReferenceEquals(this, other) || (_rows.Count == other._rows.Count && _rows.All(r => other._rows.TryGetValue(r.Key, out var row) && row.IsSameAs(r.Value))));

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (observer, row) in _rows)
        {
            hash.Add(observer);
            hash.Add(row.Version);
        }

        return hash.ToHashCode();
    }

    public override string ToString() =>
        $"Reachability({string.Join(", ", Records.Select(r => $"{r.Observer.Address} -> {r.Subject.Address}: Unreachable ({r.Version})"))})";

    private Row RowOf(UniqueAddress observer) => _rows.GetValueOrDefault(observer, Row.Empty);

    private Reachability With(UniqueAddress observer, Row row) => new(_rows.SetItem(observer, row));

    private sealed class Row(long version, ImmutableSortedDictionary<UniqueAddress, long> unreachable)
    {
        public static readonly Row Empty = new(0, NoFindings);

        public long Version { get; } = version;

        public ImmutableSortedDictionary<UniqueAddress, long> Unreachable { get; } = unreachable;

        public Row About(IReadOnlySet<UniqueAddress> subjects)
        {
            var gone = Unreachable.Keys.Where(s => !subjects.Contains(s)).ToList();
            return gone.Count == 0 ? this : new Row(Version, Unreachable.RemoveRange(gone));
        }

        public bool IsSameAs(Row other) => Version == other.Version && Unreachable.Count == other.Unreachable.Count
            && Unreachable.All(u => other.Unreachable.TryGetValue(u.Key, out var version) && version == u.Value);
    }
}
