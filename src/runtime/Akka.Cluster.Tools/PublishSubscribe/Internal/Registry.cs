using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Tools.PublishSubscribe.Internal;

/// <summary>
/// What is registered on each node, as far as this node knows. Only its owner changes a bucket; each change has the next
/// version, so the changes that another node lacks are those above the version it knows.
/// </summary>
internal sealed class Registry(UniqueAddress self, TimeProvider time)
{
    // A mediator that was restarted begins above every version that it has given away before; nothing is measured with this.
    private readonly Dictionary<UniqueAddress, Bucket> _buckets = new() { [self] = new Bucket { Version = time.GetUtcNow().ToUnixTimeMilliseconds() } };

    private Bucket Own => _buckets[self];

    public ImmutableDictionary<UniqueAddress, long> Versions => _buckets.ToImmutableDictionary(b => b.Key, b => b.Value.Version);

    /// <summary>All topics that have subscribers.</summary>
    public IEnumerable<string> Topics => _buckets.Values.SelectMany(b => b.Present).Where(e => e.Key.Kind != ServiceKind.Path).Select(e => e.Key.Name).Distinct();

    public void Register(ServiceKey key, IActorRef actor)
    {
        if (!actor.Equals(Own.Find(key))) Own.Set(new RegistryEntry(key, Own.Version + 1, actor), time.GetTimestamp());
    }

    public void Unregister(ServiceKey key)
    {
        if (Own.Find(key) is not null) Own.Set(new RegistryEntry(key, Own.Version + 1, null), time.GetTimestamp());
    }

    public IActorRef? FindOwn(ServiceKey key) => Own.Find(key);

    /// <summary>Who is registered with a key on which node; this node comes first.</summary>
    public IReadOnlyList<(UniqueAddress Owner, IActorRef Ref)> Find(ServiceKey key) =>
        [.. _buckets.OrderByDescending(b => b.Key == self).ThenBy(b => b.Key).Select(b => (b.Key, b.Value.Find(key))).Where(found => found.Item2 is not null).Select(found => (found.Key, found.Item2!))];

    /// <summary>The groups that have subscribers of a topic.</summary>
    public IEnumerable<string> GroupsOf(string topic) =>
        _buckets.Values.SelectMany(b => b.Present).Where(e => e.Key.Kind == ServiceKind.Group && e.Key.Name == topic).Select(e => e.Key.Group).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Whether somebody who knows these versions knows something that is not known here.</summary>
    public bool Lacks(ImmutableDictionary<UniqueAddress, long> versions) =>
        versions.Any(v => v.Key != self && v.Value > (_buckets.TryGetValue(v.Key, out var bucket) ? bucket.Version : 0));

    /// <summary>What somebody who knows these versions lacks, the oldest changes first, as much as fits.</summary>
    public ImmutableList<BucketDelta> ChangesSince(ImmutableDictionary<UniqueAddress, long> versions, int maxEntries)
    {
        var deltas = ImmutableList.CreateBuilder<BucketDelta>();
        var room = maxEntries;
        foreach (var (owner, bucket) in _buckets.OrderBy(b => b.Key))
        {
            var known = versions.GetValueOrDefault(owner);
            if (bucket.Version <= known || room <= 0) continue;
            var changes = bucket.All.Where(e => e.Version > known).OrderBy(e => e.Version).ToList();
            var part = changes.Take(room).ToImmutableList();
            room -= part.Count;
            // Changes that were overtaken or forgotten leave gaps, so what is complete is known up to the newest version.
            deltas.Add(new BucketDelta(owner, part.Count == changes.Count ? bucket.Version : part[^1].Version, part));
        }

        return deltas.ToImmutable();
    }

    /// <summary>Takes over what another node knows of a third one's bucket (or of its own).</summary>
    public void Apply(BucketDelta delta)
    {
        if (delta.Owner == self) return;
        if (!_buckets.TryGetValue(delta.Owner, out var bucket)) _buckets.Add(delta.Owner, bucket = new Bucket());
        if (delta.Version <= bucket.Version) return;
        var now = time.GetTimestamp();
        foreach (var entry in delta.Entries.Where(e => e.Version > bucket.Version).OrderBy(e => e.Version)) bucket.Set(entry, now);
        bucket.Version = delta.Version;
    }

    /// <summary>Forgets the nodes that are none of these.</summary>
    public void Keep(IReadOnlySet<UniqueAddress> nodes)
    {
        foreach (var gone in _buckets.Keys.Where(owner => owner != self && !nodes.Contains(owner)).ToList()) _buckets.Remove(gone);
    }

    /// <summary>Forgets removals that everybody should have heard of by now.</summary>
    public void ForgetRemovalsOlderThan(TimeSpan age)
    {
        var now = time.GetTimestamp();
        foreach (var bucket in _buckets.Values) bucket.ForgetRemovals(learnedAt => time.GetElapsedTime(learnedAt, now) > age);
    }

    private sealed class Bucket
    {
        private readonly Dictionary<ServiceKey, (RegistryEntry Entry, long LearnedAt)> _entries = [];

        public long Version { get; set; }

        public IEnumerable<RegistryEntry> All => _entries.Values.Select(e => e.Entry);

        public IEnumerable<RegistryEntry> Present => All.Where(e => e.Ref is not null);

        public IActorRef? Find(ServiceKey key) => _entries.TryGetValue(key, out var found) ? found.Entry.Ref : null;

        public void Set(RegistryEntry entry, long now)
        {
            _entries[entry.Key] = (entry, now);
            Version = entry.Version;
        }

        public void ForgetRemovals(Predicate<long> isOld)
        {
            foreach (var (key, _) in _entries.Where(e => e.Value.Entry.Ref is null && isOld(e.Value.LearnedAt)).ToList()) _entries.Remove(key);
        }
    }
}
