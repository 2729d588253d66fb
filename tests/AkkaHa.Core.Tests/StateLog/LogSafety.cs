using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Tests.StateLog;

/// <summary>What must hold after every step of a <see cref="LogWorld"/>, seen from outside by one who sees all machines at once.</summary>
public sealed class LogSafety(LogWorld world)
{
    private readonly Dictionary<(long Index, Epoch Epoch), (LogEntry Entry, Epoch Before)> _written = [];
    private readonly Dictionary<Epoch, NodeName> _leaders = [];
    private readonly List<Epoch> _committedBy = [];
    private readonly Dictionary<NodeName, long> _checkedReplicaTo = [];

    /// <summary>Off once an operator's word has overruled the majorities: no protocol keeps what was committed then.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Every entry that was ever known as committed, by anyone.</summary>
    public List<LogEntry> Committed { get; } = [];

    public void AfterReplicaStep(LogNode node, ReplicaStep step)
    {
        if (!IsOn)
            return;
        foreach (var e in step.Persist.OfType<EntriesAppended>())
            CheckLogMatching(node.Replica!.Log, e.Entries.Length);
        for (var i = _checkedReplicaTo.GetValueOrDefault(node.Name, -1) + 1; i <= step.Next.CommitIndex; i++)
        {
            if (i >= step.Next.Log.FirstIndex)
                CheckCommitted(step.Next.Log[i], node.Name, Epoch.None);
        }
        // A replica that recovered may know less of the commit index than before; what it learns again is compared again.
        _checkedReplicaTo[node.Name] = step.Next.CommitIndex;
        if (step.Next.Log.Snapshot is { } snapshot)
            CheckHistory((History)snapshot.State, node.Name);
    }

    public void AfterLeaderStep(LogNode node, LeaderStep step)
    {
        if (!IsOn)
            return;
        var leader = step.Next;
        if (step.Outcomes.OfType<PhaseChanged>().Any(p => p.Phase == LeaderPhase.Confirming))
        {
            Assert.True(_leaders.TryAdd(leader.Epoch, node.Name), $"two leaders of epoch {leader.Epoch}");
            // Leader completeness: whatever an earlier epoch committed is in the log of every later leader (S4). A late leader of an
            // older epoch may lack what a newer one committed; it will commit nothing.
            foreach (var entry in Committed.Where(c => c.Index >= leader.Log.FirstIndex && _committedBy[(int)c.Index] < leader.Epoch))
                Assert.True(entry.Index <= leader.Log.LastIndex && leader.Log[entry.Index] == entry, $"leader {leader.Epoch} lacks the committed {entry.Describe()}");
            CheckLogMatching(leader.Log, (int)(leader.Log.LastIndex - leader.Log.FirstIndex + 1));
        }
        if (step.Outcomes.OfType<ProposalAppended>().FirstOrDefault() is { } appended)
            CheckLogMatching(leader.Log, (int)(appended.LastIndex - appended.FirstIndex + 1));
        foreach (var entry in step.Committed)
            CheckCommitted(entry, node.Name, leader.Epoch);
        foreach (var outcome in step.Outcomes.OfType<EntriesCommitted>())
        {
            Assert.Equal(leader.CommitIndex, outcome.Entries[^1].Index);
            CheckOnMajority(leader, outcome.Entries[^1]);
        }
        CheckHistory(node.State, node.Name);
    }

    // (index, epoch) names one entry and one predecessor, so by induction one whole prefix.
    private void CheckLogMatching(EntryLog log, int last)
    {
        for (var i = Math.Max(log.FirstIndex, log.LastIndex - last + 1); i <= log.LastIndex; i++)
        {
            var entry = log[i];
            if (log.EpochAt(i - 1) is not { } before)
                continue;
            if (!_written.TryAdd((i, entry.Epoch), (entry, before)))
                Assert.Equal(_written[(i, entry.Epoch)], (entry, before));
        }
    }

    private void CheckCommitted(LogEntry entry, NodeName who, Epoch by)
    {
        if (entry.Index == Committed.Count && by != Epoch.None)
        {
            Committed.Add(entry);
            _committedBy.Add(by);
        }
        Assert.True(entry.Index < Committed.Count, $"{who} knows {entry.Describe()} as committed, and nobody the one before");
        Assert.True(Committed[(int)entry.Index] == entry, $"{who} knows {entry.Describe()} as committed, others {Committed[(int)entry.Index].Describe()}");
    }

    // A leader's own count is not believed: the disks are looked at. A disk that was wiped since has given what it had to nobody.
    private void CheckOnMajority(Leader leader, LogEntry entry)
    {
        if (leader.Phase is not (LeaderPhase.Leading or LeaderPhase.Confirming) || leader.NoOpIndex < 0 || entry.Epoch != leader.Epoch)
            return;
        var configuration = leader.Log.ConfigurationAt(leader.Log.LastIndex)!;
        var holding = configuration.Voters.Values.Count(v => !IsNamed(v) || HasOnDisk(world.Nodes[v.Node], entry));
        Assert.True(holding >= configuration.Majority, $"{entry.Describe()} is committed and on {holding} disks only");

        bool IsNamed(Voter voter) => world.Nodes[voter.Node].Durable.OfType<ReplicaCreated>().LastOrDefault()?.Replica == voter.Replica;
    }

    private bool HasOnDisk(LogNode node, LogEntry entry)
    {
        var log = Replica.Recover(node.Name, world.Settings, node.Durable).Log;
        return log.FirstIndex > entry.Index || (log.LastIndex >= entry.Index && log[entry.Index] == entry);
    }

    private void CheckHistory(History history, NodeName who)
    {
        Assert.True(history.Entries.Count <= Committed.Count, $"{who} has applied what nobody committed");
        // The newest entry stands for all before it: (index, epoch) names the whole prefix.
        if (history.Entries.Count > 0)
            Assert.Equal(Committed[history.Entries.Count - 1], history.Entries[^1]);
    }
}
