using System.Collections.Immutable;
using Akka.Cluster.Serialization.Wire;
using Akka.Util;

namespace Akka.Cluster.Serialization;

/// <summary>Gossip to and from its form on the wire. What comes off the wire is checked: an index out of range is an error, not a guess.</summary>
internal static class GossipWire
{
    public static GossipData ToWire(Gossip gossip)
    {
        var data = new GossipData { Version = ToWire(gossip.Version) };
        var nodes = new Index<UniqueAddress>();
        var roles = new Index<string>();
        var appVersions = new Index<string>();
        foreach (var member in gossip.Members)
        {
            var entry = new MemberData
            {
                Node = nodes.Of(member.UniqueAddress),
                Status = (StatusData)(int)member.Status,
                UpNumber = member.UpNumber,
                AppVersion = appVersions.Of(member.AppVersion.Version),
            };
            entry.Roles.AddRange(member.Roles.Order(StringComparer.Ordinal).Select(roles.Of));
            data.Members.Add(entry);
        }

        data.Seen.AddRange(gossip.Seen.Order().Select(nodes.Of));
        data.Tombstones.AddRange(gossip.Tombstones.Order().Select(nodes.Of));
        var findings = gossip.Reachability.Records.ToLookup(r => r.Observer);
        foreach (var (observer, version) in gossip.Reachability.Versions)
        {
            var row = new ObserverData { Observer = nodes.Of(observer), Version = version };
            row.Unreachable.AddRange(findings[observer].Select(r => new SubjectData { Subject = nodes.Of(r.Subject), Version = r.Version }));
            data.Observers.Add(row);
        }

        data.Nodes.AddRange(nodes.All.Select(AddressWire.ToWire));
        data.Roles.AddRange(roles.All);
        data.AppVersions.AddRange(appVersions.All);
        return data;
    }

    public static Gossip FromWire(GossipData data)
    {
        var nodes = data.Nodes.Select(AddressWire.FromWire).ToList();
        var appVersions = data.AppVersions.Select(AppVersion.Create).ToList();
        var members = data.Members.Select(m => new Member(
            nodes[(int)m.Node],
            m.UpNumber,
            StatusOf(m.Status),
            m.Roles.Select(r => data.Roles[(int)r]).ToImmutableHashSet(),
            appVersions[(int)m.AppVersion]));
        var reachability = Reachability.Create(
            data.Observers.Select(o => KeyValuePair.Create(nodes[(int)o.Observer], o.Version)),
            data.Observers.SelectMany(o => o.Unreachable.Select(u => new ReachabilityRecord(nodes[(int)o.Observer], nodes[(int)u.Subject], u.Version))));
        return Gossip.Create(
            members.ToList(),
            reachability,
            data.Seen.Select(s => nodes[(int)s]),
            data.Tombstones.Select(t => nodes[(int)t]).ToImmutableHashSet(),
            FromWire(data.Version));
    }

    public static VectorClockData ToWire(VectorClock clock)
    {
        var data = new VectorClockData();
        foreach (var (node, count) in clock.Versions)
        {
            data.Nodes.Add(node.ToString());
            data.Counts.Add(count);
        }

        return data;
    }

    public static VectorClock FromWire(VectorClockData data)
    {
        if (data.Nodes.Count != data.Counts.Count)
            throw new ArgumentException($"A vector clock names {data.Nodes.Count} nodes but has {data.Counts.Count} counts.", nameof(data));
        return VectorClock.Create(data.Nodes.Zip(data.Counts)
            .ToImmutableSortedDictionary(v => VectorClock.Node.FromHash(v.First), v => v.Second));
    }

    private static MemberStatus StatusOf(StatusData status) => status is >= StatusData.Joining and <= StatusData.WeaklyUp
        ? (MemberStatus)(int)status
        : throw new ArgumentException($"A member has the status {(int)status}, which this version does not know.", nameof(status));

    /// <summary>Numbers values in the order in which they first occur.</summary>
    private sealed class Index<T>
        where T : notnull
    {
        private readonly Dictionary<T, uint> _numbers = [];

        public IEnumerable<T> All => _numbers.OrderBy(n => n.Value).Select(n => n.Key);

        public uint Of(T value)
        {
            if (_numbers.TryGetValue(value, out var number)) return number;
            number = (uint)_numbers.Count;
            _numbers.Add(value, number);
            return number;
        }
    }
}
