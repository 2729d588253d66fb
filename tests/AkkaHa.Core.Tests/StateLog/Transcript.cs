using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Tests.StateLog;

/// <summary>
/// Runs the commands of one transcript file and writes down what every node did and sent. A file is a sequence of: comment lines (<c>#</c>),
/// command lines, <c>----</c>, the lines that came of them, an empty line. README.md beside the files lists the commands.
/// </summary>
public sealed class Transcript
{
    private readonly StringBuilder _lines = new();
    private readonly HashSet<NodeName> _cutOff = [];
    private readonly Dictionary<NodeName, long> _uids = [];
    private LogWorld _world = new(LogSettings.Default);
    private ImmutableSortedSet<NodeName> _configured = [];

    /// <summary>The whole file anew, with what the commands did now.</summary>
    public static string Replay(string text)
    {
        var transcript = new Transcript();
        var result = new StringBuilder();
        foreach (var block in text.Split("\n\n").Select(b => b.Trim('\n')).Where(b => b.Length > 0))
        {
            var input = block.Split('\n').TakeWhile(l => l != "----").ToArray();
            result.Append(string.Join('\n', input)).Append('\n');
            var commands = input.Where(l => !l.StartsWith('#')).ToArray();
            if (commands.Length > 0)
                result.Append("----\n").Append(transcript.RunAll(commands));
            result.Append('\n');
        }
        return result.ToString().TrimEnd('\n') + "\n";
    }

    private string RunAll(string[] commands)
    {
        _lines.Clear();
        foreach (var command in commands)
            Run(command.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return _lines.Length == 0 ? "ok\n" : _lines.ToString();
    }

    private void Run(string[] words)
    {
        var rest = words[1..];
        switch (words[0])
        {
            case "nodes":
                Nodes(rest);
                break;
            case "campaign":
                Campaign(rest);
                break;
            case "init":
                _world.Input(Node(rest[0]), new ForceGenesis());
                break;
            case "propose":
                _world.Input(Node(rest[0]), new Propose([.. rest[1..].Select(n => new Put(n))]));
                break;
            case "voters":
                ProposeVoters(Node(rest[0]), rest[1], Node(rest[2]));
                break;
            case "confirm":
                _world.Input(Node(rest[0]), new ConfirmRound(long.Parse(rest[1], CultureInfo.InvariantCulture)));
                break;
            case "tick":
                Tick(rest);
                break;
            case "deliver":
                Deliver(rest);
                break;
            case "drop":
                Line($"{_world.Wire.RemoveAll(e => Matches(e, rest))} messages lost");
                break;
            case "stabilize":
                Stabilize();
                break;
            case "cut":
                _cutOff.UnionWith(rest.Select(n => new NodeName(n)));
                break;
            case "heal":
                _cutOff.Clear();
                break;
            case "stop":
                _world.Crash(Node(rest[0]), 0);
                _world.Wire.RemoveAll(e => e.From == Node(rest[0]).Name);
                break;
            case "start":
                _world.StartReplica(Node(rest[0]));
                break;
            case "wipe":
                Node(rest[0]).Durable.Clear();
                break;
            case "rollback":
                RollBack(Node(rest[0]), int.Parse(rest[1], CultureInfo.InvariantCulture));
                break;
            case "reset":
                _world.TakeReplicaStep(Node(rest[0]), Node(rest[0]).Replica!.Reset(LogWorld.ReplicaId(100)));
                _world.Sync(Node(rest[0]));
                break;
            case "snapshot":
                Snapshot(Node(rest[0]));
                break;
            case "compact":
                _world.Input(Node(rest[0]), new Compact(Node(rest[0]).Applied, Node(rest[0]).State));
                break;
            case "overrule":
                _world.Safety.IsOn = false;
                break;
            case "replica":
                Show(rest, n => n.Replica?.Describe());
                break;
            case "leader":
                Show(rest, n => n.Leader?.Describe());
                break;
            case "authority":
                Line($"{rest[0]} has {(Node(rest[0]).Leader!.HasAuthority(_world.Now, TimeSpan.FromSeconds(2)) ? "" : "no ")}authority at {MessageText.Seconds(_world.Now)}");
                break;
            default:
                throw new FormatException($"'{words[0]}' is no command of a transcript.");
        }
    }

    private void Nodes(string[] words)
    {
        var names = words.Where(w => !w.Contains('=')).ToArray();
        var batch = Option(words, "batch", LogSettings.Default.MaxEntriesPerMessage);
        _world = new LogWorld(LogSettings.Default with { MaxEntriesPerMessage = batch }, names) { Record = Line };
        _configured = [.. names.Take(Option(words, "voters", names.Length)).Select(n => new NodeName(n))];
        foreach (var node in _world.Nodes.Values)
            _world.StartReplica(node);
        _lines.Clear();
    }

    private void Campaign(string[] words)
    {
        var node = Node(words[0]);
        var number = Option(words, "number", (int)(node.Replica?.PromisedEpoch.Number ?? 0) + 1);
        _uids[node.Name] = _uids.GetValueOrDefault(node.Name) + 1;
        var survivors = words.FirstOrDefault(w => w.StartsWith("survivors=", StringComparison.Ordinal))?[10..].Split(',');
        var forced = survivors is null ? null : new ForcedGeneration(2, [.. survivors.Select(n => new NodeName(n))]);
        _world.Campaign(node, new Epoch(number, node.Name, _uids[node.Name]), _configured, forced);
    }

    private void ProposeVoters(LogNode leader, string change, LogNode node)
    {
        var current = leader.Leader!.Log.Configuration!;
        var voter = new Voter(node.Name, node.Replica?.Id ?? Guid.Empty, node.Replica?.StartCounter ?? 0);
        var next = change switch
        {
            "add" => ConfigurationChange.Add(current, voter),
            "remove" => ConfigurationChange.Remove(current, node.Name),
            "replace" => ConfigurationChange.Replace(current, voter),
            _ => throw new FormatException($"'{change}' is no change of the voters."),
        };
        _world.Input(leader, new Propose([new SetConfiguration(current.Generation, next)]));
    }

    private void Tick(string[] words)
    {
        _world.Now += TimeSpan.FromMilliseconds(int.Parse(words[^1], CultureInfo.InvariantCulture));
        foreach (var node in _world.Nodes.Values.Where(n => n.Leader is not null && (words.Length == 1 || n.Name.Value == words[0])))
            _world.Input(node, AkkaHa.Core.StateLog.Tick.Instance);
    }

    private void Deliver(string[] link)
    {
        var due = _world.Wire.Where(e => Matches(e, link)).ToArray();
        foreach (var envelope in due)
            Deliver(envelope);
    }

    private void Stabilize()
    {
        for (var i = 0; _world.Wire.Count > 0; i++)
        {
            Assert.True(i < 1000, "the wire never falls silent");
            Deliver(_world.Wire[0]);
        }
    }

    private void Deliver(Envelope envelope)
    {
        _world.Wire.Remove(envelope);
        if (_cutOff.Contains(envelope.From) != _cutOff.Contains(envelope.To))
            return;
        _world.Deliver(envelope);
        _world.Sync(_world.Nodes[envelope.To]);
    }

    // The disk gives back the state it had so many events ago, as after a restored machine image.
    private void RollBack(LogNode node, int events)
    {
        node.Durable.RemoveRange(node.Durable.Count - events, events);
        Line($"the disk of {node.Name} ends with {MessageText.Of(node.Durable[^1])}");
    }

    private void Snapshot(LogNode node)
    {
        var index = node.Replica!.CommitIndex;
        _world.TakeReplicaStep(node, node.Replica.TakeSnapshot(index, new History([.. _world.Safety.Committed.Take((int)index + 1)])));
        _world.Sync(node);
    }

    private void Show(string[] names, Func<LogNode, string?> describe)
    {
        foreach (var node in names.Length == 0 ? _world.Nodes.Values.AsEnumerable() : names.Select(Node))
            Line(describe(node) ?? $"{node.Name} is off");
    }

    private static bool Matches(Envelope envelope, string[] link) =>
        link.Length == 0 || (link[0] is "*" || envelope.From.Value == link[0]) && (link[1] is "*" || envelope.To.Value == link[1]);

    private static int Option(string[] words, string name, int otherwise) =>
        words.FirstOrDefault(w => w.StartsWith(name + "=", StringComparison.Ordinal)) is { } word ? int.Parse(word[(name.Length + 1)..], CultureInfo.InvariantCulture) : otherwise;

    private LogNode Node(string name) => _world[name];

    private void Line(string line) => _lines.Append(line).Append('\n');
}
