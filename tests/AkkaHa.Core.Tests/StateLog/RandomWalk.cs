using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Tests.StateLog;

/// <summary>Which misfortunes a walk has besides loss, duplication, reordering, crashes and restarts.</summary>
[Flags]
public enum Misfortunes
{
    None = 0,
    Wiped = 1,
    VoterChanges = 2,
    Snapshots = 4,
    All = 7,

    /// <summary>Many candidates, one node after the other cut off, and one entry per message, instead of what the others do.</summary>
    Contention = 8,
}

/// <summary>
/// One seeded walk through a <see cref="LogWorld"/>: any message may be lost, doubled or late, any machine may stop between a write and its
/// answer, several candidates compete. <see cref="LogSafety"/> looks after every step; at the end everything heals and a leader must commit.
/// </summary>
public sealed class RandomWalk
{
    private readonly LogSettings _settings;
    private readonly (int Weight, Action<LogNode> Act)[] _weights;
    private readonly Chance _chance;
    private readonly LogWorld _world;
    private readonly Misfortunes _misfortunes;
    private readonly ImmutableSortedSet<NodeName> _configured;
    private HashSet<NodeName> _cutOff = [];
    private int _puts;
    private long _campaigns;

    public RandomWalk(ulong seed, int voters, Misfortunes misfortunes)
    {
        _chance = new Chance(seed);
        _misfortunes = misfortunes;
        var names = Enumerable.Range(1, voters + (misfortunes.HasFlag(Misfortunes.VoterChanges) ? 1 : 0)).Select(i => $"n{i}").ToArray();
        var contention = misfortunes == Misfortunes.Contention;
        _settings = LogSettings.Default with { MaxEntriesPerMessage = contention ? 1 : 1 + _chance.Below(3), MaxUncommittedEntries = 12, MaxOpenRounds = 6, MaxFetchAttempts = 2 };
        _world = new LogWorld(_settings, condenses: true, names);
        // Every walk draws how often each thing happens: calm ones get far, wild ones find what takes three misfortunes in a row.
        _weights =
        [
            (700, _ => DeliverOne()),
            (Draw(120), n => _world.Sync(n, 1 + _chance.Below(3))),
            (Draw(60), _ => Propose()),
            (Draw(40), _ => Wait(_chance.Below(300))),
            (Draw(contention ? 30 : 12), Campaign),
            (Draw(6), Crash),
            (Draw(20), Restart),
            (Draw(contention ? 40 : 6), _ => CutLinks()),
            (Draw(5), Wipe),
            (Draw(15), _ => ChangeVoters()),
            (Draw(20), Snapshot),
        ];
        _configured = [.. names.Take(voters).Select(n => new NodeName(n))];
        foreach (var node in _world.Nodes.Values)
            _world.StartReplica(node);
        // Genesis needs every voter at once, which rarely happens by chance: most walks begin after it.
        if (!_chance.OneIn(6))
        {
            Campaign(_world.Nodes.Values.First());
            Settle();
        }

        int Draw(int weight) => 1 + _chance.Below(weight * 2);
    }

    public LogWorld World => _world;

    public void Run(int steps)
    {
        for (var i = 0; i < steps; i++)
            Act();
    }

    private void Act()
    {
        var node = _chance.Of([.. _world.Nodes.Values]);
        var drawn = _chance.Below(_weights.Sum(w => w.Weight));
        foreach (var (weight, act) in _weights)
        {
            drawn -= weight;
            if (drawn >= 0)
                continue;
            act(node);
            return;
        }
    }

    private void DeliverOne()
    {
        if (_world.Wire.Count == 0)
            return;
        var at = _chance.OneIn(2) ? 0 : _chance.Below(_world.Wire.Count);
        var envelope = _world.Wire[at];
        if (!_chance.OneIn(12))
            _world.Wire.RemoveAt(at);
        if (_chance.OneIn(15) || (_cutOff.Contains(envelope.From) != _cutOff.Contains(envelope.To)))
            return;
        _world.Deliver(envelope);
        while (_world.Wire.Count > 150)
            _world.Wire.RemoveAt(_chance.Below(_world.Wire.Count));
    }

    private void CutLinks() => _cutOff = _chance.OneIn(2) ? [] : _misfortunes == Misfortunes.Contention ? [_chance.Of([.. _world.Nodes.Keys])] : [.. _world.Nodes.Keys.Where(_ => _chance.OneIn(3))];

    private LogNode? SomeLeader()
    {
        var leading = _world.Nodes.Values.Where(n => n.Leader is { Phase: LeaderPhase.Leading }).ToArray();
        return leading.Length == 0 ? null : _chance.Of(leading);
    }

    private void Propose()
    {
        if (SomeLeader() is { } node)
            _world.Input(node, new Propose([.. Enumerable.Range(0, 1 + _chance.Below(4)).Select(_ => new Put($"p{++_puts}"))]));
    }

    private void Wait(int milliseconds)
    {
        _world.Now += TimeSpan.FromMilliseconds(milliseconds);
        foreach (var node in _world.Nodes.Values.Where(n => n.Leader is not null))
            _world.Input(node, Tick.Instance);
    }

    private void Campaign(LogNode node)
    {
        if (node.Replica is null || (node.Leader is { Phase: not LeaderPhase.Deposed } && !_chance.OneIn(4)))
            return;
        // Numbers rise by what the node itself knows, so that candidates come late and collide, as they do in life; the uid keeps them apart.
        var number = Math.Max(node.Replica.PromisedEpoch.Number, (node.Leader?.Deposed as DeposedReason.HigherEpoch)?.Promised.Number ?? 0) + 1;
        _world.Campaign(node, new Epoch(number, node.Name, ++_campaigns), _configured);
    }

    private void Crash(LogNode node)
    {
        var unsynced = node.Unsynced.Sum(s => s.Persist.Length);
        _world.Crash(node, _chance.Below(unsynced + 1));
    }

    private void Restart(LogNode node)
    {
        if (node.Replica is null)
            _world.StartReplica(node);
    }

    private void Wipe(LogNode node)
    {
        if (!_misfortunes.HasFlag(Misfortunes.Wiped))
            return;
        // The protocol promises nothing once a majority of the voters has lost its disks, under whichever configuration may come to count.
        // Before genesis there is nothing to lose.
        var current = ConfigurationsThatMayCount().ToArray();
        if (current.Length == 0 || current.Any(c => Majorities.Of(c.Length) > c.Count(v => HasItsDisk(v) && v.Node != node.Name)))
            return;
        _world.Crash(node, 0);
        node.Durable.Clear();
    }

    private IEnumerable<Voter[]> ConfigurationsThatMayCount()
    {
        var logs = _world.Nodes.Values.Select(n => (n.Leader?.Log, n.Leader?.CommitIndex ?? -1))
            .Concat(_world.Nodes.Values.Select(n => (n.Replica?.Log, n.Replica?.CommitIndex ?? -1)))
            .Concat(_world.Nodes.Values.Select(n => Replica.Recover(n.Name, _settings, n.Durable)).Select(r => ((EntryLog?)r.Log, r.CommitIndex)));
        var inLogs = logs.SelectMany(l => l.Item1 is { } log ? log.Configurations.Where(c => c.Index > l.Item2).Append(log.ConfigurationAt(l.Item2)) : []);
        var onTheWire = _world.Wire.Select(e => e.Request).OfType<Append>().SelectMany(a => a.Entries).Select(e => e.Command).OfType<SetConfiguration>();
        return inLogs.Append(NewestCommitted()).OfType<Configuration>().Select(c => c.Voters).Concat(onTheWire.Select(c => c.Voters)).Select(v => v.Values.ToArray());
    }

    private Configuration? NewestCommitted() => _world.Safety.Committed.Aggregate((Configuration?)null, (c, e) => e.Command switch
    {
        Genesis g => new Configuration(1, e.Index, g.Voters) { ClusterId = g.ClusterId },
        SetConfiguration s => new Configuration(s.Generation, e.Index, s.Voters) { ClusterId = c!.ClusterId },
        _ => c,
    });

    private bool HasItsDisk(Voter voter) => _world.Nodes[voter.Node].Durable.OfType<ReplicaCreated>().LastOrDefault()?.Replica == voter.Replica;

    // What a CRM does: a voter that turned out to be a learner is replaced; else, now and then, one comes or goes.
    private void ChangeVoters()
    {
        if (SomeLeader() is not { } node)
            return;
        var current = node.Leader!.Log.Configuration!;
        var learner = node.Leader.Voters.Values.FirstOrDefault(v => v.Learner is not null)?.Learner;
        if (learner is not null && learner.Reason == LearnerReason.OtherReplica && current.VoterOn(learner.Node)!.Replica != learner.Replica)
        {
            var voter = new Voter(learner.Node, learner.Replica, learner.StartCounter);
            _world.Input(node, new Propose([new SetConfiguration(current.Generation, ConfigurationChange.Replace(current, voter))]));
        }
        else if (_misfortunes.HasFlag(Misfortunes.VoterChanges) && ConfigurationsThatMayCount().All(c => c.All(HasItsDisk)))
        {
            // No set of voters survives a disk that is lost unnoticed in the very moment in which another voter leaves.
            var other = _chance.Of([.. _world.Nodes.Values]);
            if (current.VoterOn(other.Name) is not null && current.Voters.Count > 2)
                _world.Input(node, new Propose([new SetConfiguration(current.Generation, ConfigurationChange.Remove(current, other.Name))]));
            else if (current.VoterOn(other.Name) is null && other.Replica is { } replica)
                _world.Input(node, new Propose([new SetConfiguration(current.Generation, ConfigurationChange.Add(current, new Voter(other.Name, replica.Id, replica.StartCounter)))]));
        }
    }

    private void Snapshot(LogNode node)
    {
        if (!_misfortunes.HasFlag(Misfortunes.Snapshots))
            return;
        if (node.Leader is { CommitIndex: > 0 } && node.Applied >= node.Leader.Log.FirstIndex)
            _world.Input(node, new Compact(node.Applied, node.State));
        else if (node.Replica is { CommitIndex: > 0 } replica && replica.CommitIndex >= replica.Log.FirstIndex)
            _world.TakeReplicaStep(node, replica.TakeSnapshot(replica.CommitIndex, new History([.. _world.Safety.Committed.Take((int)replica.CommitIndex + 1)])));
    }

    /// <summary>Everything heals; one candidate after another, with ticks and all messages delivered, must soon lead and commit.</summary>
    public void HealAndCommit()
    {
        _cutOff = [];
        foreach (var node in _world.Nodes.Values)
            Restart(node);
        var newest = NewestCommitted();
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var highest = _world.Nodes.Values.Max(n => n.Replica!.PromisedEpoch.Number);
            var node = _world.Nodes.Values.First(n => newest is null ? _configured.Contains(n.Name) : newest.VoterOn(n.Name) is { } voter && HasItsDisk(voter));
            foreach (var other in _world.Nodes.Values)
                other.Leader = null;
            _world.Campaign(node, new Epoch(highest + 1, node.Name, ++_campaigns), _configured);
            for (var round = 0; round < 60 && node.Leader!.Phase != LeaderPhase.Deposed; round++)
            {
                Settle();
                if (node.Leader.Phase == LeaderPhase.Leading && Commits(node))
                    return;
                Wait(100);
            }
        }
        Assert.Fail("nobody led after healing:\n" + string.Join("\n", _world.Nodes.Values.Select(n => $"{n.Leader?.Describe()}\n{n.Replica?.Describe()}")));
    }

    private bool Commits(LogNode node)
    {
        _world.Input(node, new Propose([new Put($"after healing {++_puts}")]));
        var index = node.Leader!.Log.LastIndex;
        for (var round = 0; round < 60 && node.Leader.CommitIndex < index; round++)
        {
            Settle();
            Wait(100);
        }
        return node.Leader.CommitIndex >= index && _world.Safety.Committed.Count > index;
    }

    private void Settle()
    {
        for (var i = 0; i < 5000; i++)
        {
            foreach (var node in _world.Nodes.Values)
                _world.Sync(node);
            if (_world.Wire.Count == 0)
                return;
            var envelope = _world.Wire[0];
            _world.Wire.RemoveAt(0);
            _world.Deliver(envelope);
        }
        Assert.Fail("the wire never falls silent");
    }
}
