using System.Collections.Immutable;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.Rules;
using AkkaHa.Core.StateLog;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Oracles;

/// <summary>
/// Reads the journals of all voters as they are written and knows from them alone what is committed. S4: what is committed stays, and what
/// was acknowledged is committed. S5: the epochs of committed entries only grow. Every start and every fence follows a commit.
/// </summary>
internal sealed class LogOracle(OracleBoard board)
{
    private readonly Dictionary<NodeName, Mirror> _voters = [];
    private readonly List<LogEntry> _committed = [];
    private readonly SortedDictionary<ResourceId, RequestedState> _requested = [];
    private readonly SortedDictionary<GroupName, ResourceGroup> _groups = [];
    private readonly SortedDictionary<ResourceId, GroupName?> _groupOf = [];
    private readonly HashSet<NodeName> _fenced = [];
    private readonly HashSet<Epoch> _epochs = [];

    /// <summary>What operators want, by the committed commands alone.</summary>
    public IReadOnlyDictionary<ResourceId, RequestedState> Requested => _requested;

    /// <summary>The groups, by the committed commands alone.</summary>
    public IReadOnlyDictionary<GroupName, ResourceGroup> Groups => _groups;

    /// <summary>Nodes that had to be proven dead.</summary>
    public IReadOnlySet<NodeName> Fenced => _fenced;

    public IReadOnlyList<LogEntry> CommittedEntries => _committed;

    public int Proofs { get; private set; }

    public int Epochs => _epochs.Count;

    public void Durable(NodeName voter, JournalEvent one)
    {
        if (!_voters.TryGetValue(voter, out var mirror))
            _voters[voter] = mirror = new Mirror();
        switch (one)
        {
            case ReplicaCreated:
                mirror.Clear();
                break;
            case EntriesAppended appended:
                mirror.Append(appended.Entries);
                LookForCommits(mirror, appended.Epoch);
                CheckClaim(voter, mirror, appended.CommitIndex);
                break;
            case LogTruncated truncated:
                mirror.Truncate(truncated.FromIndex);
                break;
            case SnapshotInstalled installed:
                mirror.Install(installed.Snapshot);
                break;
        }
    }

    /// <summary>Whether the rules let the resource run there (S6).</summary>
    public bool MayRunOn(ResourceId id, NodeName node) =>
        _groupOf.GetValueOrDefault(id) is not { } name || !_groups.TryGetValue(name, out var group) || !group.Restricted || group.Nodes.ContainsKey(node);

    public void Acknowledged(LogCommand command, long index)
    {
        board.Checked();
        if (index >= _committed.Count)
            board.Violated("S4", FormattableString.Invariant($"{command.Describe()} was acknowledged as entry {index}, which no majority of the voters has on disk."));
        else if (_committed[(int)index].Command.GetType() != command.GetType())
            board.Violated("S4", FormattableString.Invariant($"{command.Describe()} was acknowledged as entry {index}, but that is {_committed[(int)index].Describe()}."));
    }

    public void Starts(Machine machine, ResourceId id, Token token)
    {
        board.Checked();
        if (token.Index >= _committed.Count || _committed[(int)token.Index] is var entry && entry.Epoch != token.Epoch)
        {
            board.Violated("S5", $"{machine.Name} starts {id} by the token {token}, which belongs to no committed entry.");
            return;
        }

        if (entry.Command is PlaceStart placed && (placed.Id != id || placed.Session.Node != machine.Name))
            board.Violated("S5", $"{machine.Name} starts {id} by the token {token}, which places {placed.Id} on {placed.Session.Node}.");
    }

    public void Fences(Machine user, NodeName target)
    {
        board.Checked();
        if (!_committed.Any(e => (e.Command is StartFence fence && fence.Boot.Node == target) || (e.Command is LoseNode { Fences: true } given && given.Boot.Node == target)))
            board.Violated("S2", $"{user.Name} switches {target} off, and no fence attempt against it was ever committed.");
    }

    private void LookForCommits(Mirror mirror, Epoch epoch)
    {
        var voters = mirror.Voters;
        if (voters.IsEmpty)
            return;
        for (var index = mirror.LastIndex; index >= _committed.Count; index--)
        {
            if (mirror[index] is not { } entry || entry.Epoch != epoch)
                return;
            if (voters.Count(v => _voters.TryGetValue(v, out var m) && m.Has(index, epoch)) < Majorities.Of(voters.Count))
                continue;
            for (var next = _committed.Count; next <= index; next++)
                Commit(mirror[next] ?? throw new InvalidOperationException(FormattableString.Invariant($"the journal of a voter has a gap at {next}")));
            return;
        }
    }

    private void CheckClaim(NodeName voter, Mirror mirror, long claimed)
    {
        board.Checked();
        if (claimed >= _committed.Count)
            board.Violated("S4", FormattableString.Invariant($"a CRM told {voter} that entry {claimed} is committed, but no majority of the voters has it on disk."));
        else if (claimed >= 0 && mirror[claimed] is { } entry && entry.Epoch != _committed[(int)claimed].Epoch)
            board.Violated("S4", $"{voter} holds {entry.Describe()} for committed, but {_committed[(int)claimed].Describe()} was committed there.");
    }

    private void Commit(LogEntry entry)
    {
        board.Checked();
        if (_committed.Count > 0 && entry.Epoch < _committed[^1].Epoch)
            board.Violated("S5", $"{entry.Describe()} was committed after {_committed[^1].Describe()}, which is of a later epoch.");
        _committed.Add(entry);
        _epochs.Add(entry.Epoch);
        switch (entry.Command)
        {
            case AddResource c when !_requested.ContainsKey(c.Definition.Id):
                _requested[c.Definition.Id] = c.Requested;
                _groupOf[c.Definition.Id] = c.Definition.Group;
                break;
            case PutGroup c:
                _groups[c.Group.Name] = c.Group;
                break;
            case SetRequested c when _requested.ContainsKey(c.Id):
                _requested[c.Id] = c.Requested;
                break;
            case RemoveResource c:
                _requested.Remove(c.Id);
                break;
            case PlaceStart c when _requested.GetValueOrDefault(c.Id, RequestedState.Ignored) != RequestedState.Started:
                // A refused entry changes nothing; only a start that follows from it would break the rule.
                break;
            case StartFence c:
                _fenced.Add(c.Boot.Node);
                break;
            case LoseNode { Fences: true } c:
                _fenced.Add(c.Boot.Node);
                break;
            case ProveBoot:
                Proofs++;
                break;
        }

        board.Committed(entry);
    }

    /// <summary>One voter's log as its journal has it.</summary>
    private sealed class Mirror
    {
        private readonly List<LogEntry?> _entries = [];
        private int _installed = -1;

        public long LastIndex => _entries.Count - 1;

        public ImmutableList<NodeName> Voters { get; private set; } = [];

        public LogEntry? this[long index] => index >= 0 && index < _entries.Count ? _entries[(int)index] : null;

        public bool Has(long index, Epoch epoch) => index <= _installed || this[index]?.Epoch == epoch;

        public void Append(ImmutableArray<LogEntry> entries)
        {
            foreach (var entry in entries)
            {
                if (entry.Index < _entries.Count)
                    _entries.RemoveRange((int)entry.Index, _entries.Count - (int)entry.Index);
                _entries.Add(entry);
                Configure(entry);
            }
        }

        public void Truncate(long from)
        {
            if (from < _entries.Count)
                _entries.RemoveRange((int)from, _entries.Count - (int)from);
            foreach (var entry in _entries)
                Configure(entry);
        }

        public void Install(LogSnapshot snapshot)
        {
            _installed = (int)snapshot.Index;
            _entries.Clear();
            for (var i = 0; i <= snapshot.Index; i++)
                _entries.Add(null);
            Voters = [.. snapshot.Configuration.Voters.Keys];
        }

        public void Clear()
        {
            _entries.Clear();
            _installed = -1;
            Voters = [];
        }

        private void Configure(LogEntry? entry) => Voters = entry?.Command switch
        {
            Genesis g => [.. g.Voters.Keys],
            SetConfiguration c => [.. c.Voters.Keys],
            _ => Voters,
        };
    }
}
