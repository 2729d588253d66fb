using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Tests.StateLog;

/// <summary>A message on the wire: a request to a replica, or an answer to the leaders of a node.</summary>
public sealed record Envelope(NodeName From, NodeName To, ReplicaRequest? Request, ReplicaReply? Reply);

/// <summary>One machine: a disk, maybe a running replica, maybe a candidate or leader.</summary>
public sealed class LogNode(NodeName name)
{
    public NodeName Name { get; } = name;

    /// <summary>What would be found on the disk after a power cut.</summary>
    public List<JournalEvent> Durable { get; } = [];

    /// <summary>Steps whose events are not on the disk yet, so whose answers must wait.</summary>
    public Queue<ReplicaStep> Unsynced { get; } = [];

    public Replica? Replica { get; set; }

    public Leader? Leader { get; set; }

    public History State { get; set; } = History.Empty;

    /// <summary>The state machine of the node's leader has got all entries up to here.</summary>
    public long Applied => State.Entries.Count - 1;
}

/// <summary>
/// Machines, disks and a wire for replicas and leaders, driven step by step. Whoever drives it decides what is delivered, synced, lost;
/// the world carries it out, tells a recorder what happened, and checks with <see cref="LogSafety"/> after every step.
/// </summary>
public sealed class LogWorld
{
    private readonly bool _condenses;
    private int _replicas;

    public LogWorld(LogSettings settings, params string[] nodes)
        : this(settings, condenses: false, nodes)
    {
    }

    /// <param name="settings">The bounds of the protocol.</param>
    /// <param name="condenses">Whether a journal is found condensed after some of the crashes.</param>
    /// <param name="nodes">The machines.</param>
    public LogWorld(LogSettings settings, bool condenses, params string[] nodes)
    {
        _condenses = condenses;
        Settings = settings;
        Safety = new LogSafety(this);
        foreach (var name in nodes)
            Nodes.Add(new NodeName(name), new LogNode(new NodeName(name)));
    }

    public LogSettings Settings { get; }

    public SortedDictionary<NodeName, LogNode> Nodes { get; } = [];

    public List<Envelope> Wire { get; } = [];

    public TimeSpan Now { get; set; }

    public LogSafety Safety { get; }

    /// <summary>Told every visible thing, as one line.</summary>
    public Action<string> Record { get; set; } = _ => { };

    /// <summary>Test-only faults of the machines around the protocol.</summary>
    public bool SendsBeforeSync { get; set; }

    public LogNode this[string name] => Nodes[new NodeName(name)];

    public static Guid ReplicaId(int n) => new(n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public void StartReplica(LogNode node)
    {
        var step = Replica.Recover(node.Name, Settings, node.Durable).Start(ReplicaId(_replicas + 1));
        if (step.Persist[0] is ReplicaCreated)
            _replicas++;
        Take(node, step);
        // A start is counted before the replica is asked anything.
        Sync(node);
    }

    /// <summary>Writes the oldest unsynced steps to the disk and lets their answers go.</summary>
    public void Sync(LogNode node, int steps = int.MaxValue)
    {
        while (steps-- > 0 && node.Unsynced.TryDequeue(out var step))
        {
            node.Durable.AddRange(step.Persist);
            if (!SendsBeforeSync)
                Answer(node, step);
        }
    }

    /// <summary>Power goes: of what was not synced, so many events happen to be on the disk, and no answer is sent.</summary>
    public void Crash(LogNode node, int unsyncedEventsKept)
    {
        node.Durable.AddRange(node.Unsynced.SelectMany(s => s.Persist).Take(unsyncedEventsKept));
        node.Unsynced.Clear();
        // Now and then the journal was condensed before: it must make no difference.
        if (_condenses && node.Durable.Count % 3 == 0 && Replica.Recover(node.Name, Settings, node.Durable) is { StartCounter: > 0 } recovered)
        {
            node.Durable.Clear();
            node.Durable.AddRange(recovered.Condense());
            Assert.Equal(recovered.Describe(), Replica.Recover(node.Name, Settings, node.Durable).Describe());
        }
        node.Replica = null;
        node.Leader = null;
    }

    public void Campaign(LogNode node, Epoch epoch, ImmutableSortedSet<NodeName> configured, ForcedGeneration? forced = null)
    {
        node.State = History.Empty;
        var options = new CandidateOptions(epoch, configured, ReplicaId(1000 + (int)epoch.Number), Settings, forced);
        TakeLeader(node, Leader.Start(options, node.Replica?.Configuration, Now));
    }

    public void Input(LogNode node, LeaderInput input) => TakeLeader(node, node.Leader!.Step(input, Now));

    public void Deliver(Envelope envelope)
    {
        var node = Nodes[envelope.To];
        if (envelope.Request is { } request && node.Replica is { } replica)
            Take(node, replica.Step(request));
        else if (envelope.Reply is { } reply && node.Leader is not null)
            Input(node, new Received(reply));
    }

    public void TakeReplicaStep(LogNode node, ReplicaStep step) => Take(node, step);

    private void Take(LogNode node, ReplicaStep step)
    {
        node.Replica = step.Next;
        foreach (var e in step.Persist)
            Record($"{node.Name} persists {MessageText.Of(e)}");
        node.Unsynced.Enqueue(step);
        if (SendsBeforeSync)
            Answer(node, step);
        Safety.AfterReplicaStep(node, step);
    }

    private void Answer(LogNode node, ReplicaStep step)
    {
        foreach (var answer in step.ThenSend)
        {
            Record($"{node.Name} -> {answer.To} {MessageText.Of(answer.Reply)}");
            Wire.Add(new Envelope(node.Name, answer.To, null, answer.Reply));
        }
    }

    private void TakeLeader(LogNode node, LeaderStep step)
    {
        node.Leader = step.Next;
        foreach (var outcome in step.Outcomes)
        {
            Record($"{node.Name} {MessageText.Of(outcome)}");
            if (outcome is StateRestored restored)
                node.State = (History)restored.Snapshot.State;
            else if (outcome is EntriesCommitted committed)
                node.State = new History(node.State.Entries.AddRange(committed.Entries));
        }
        foreach (var message in step.Send)
        {
            Record($"{node.Name} -> {message.To} {MessageText.Of(message.Request)}");
            Wire.Add(new Envelope(node.Name, message.To, message.Request, null));
        }
        Safety.AfterLeaderStep(node, step);
    }
}
