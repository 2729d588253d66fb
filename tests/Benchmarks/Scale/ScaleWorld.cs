using System.Collections.Immutable;
using System.Diagnostics;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.Rules;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Benchmarks.Scale;

/// <summary>
/// A cluster as its CRM knows it, and nothing around it: what the manager decides is applied at once, and the nodes report that they have done it. The
/// time of the decisions and the time of applying them are counted, that of the reports is not.
/// </summary>
internal sealed class ScaleWorld
{
    private const int NodesOfAGroup = 8;
    private const int MemoryMib = 2048;

    private readonly Epoch _epoch;
    private ClusterState _state;
    private Observations _seen;
    private ManagerSettings _settings = ManagerSettings.Default;

    private ScaleWorld(ClusterState state, Observations seen, Epoch epoch) => (_state, _seen, _epoch) = (state, seen, epoch);

    /// <summary>Time in <see cref="Manager.Decide"/>.</summary>
    public TimeSpan Deciding { get; private set; }

    /// <summary>Time in applying what was decided.</summary>
    public TimeSpan Applying { get; private set; }

    public ClusterState State => _state;

    /// <summary>A cluster in which everything runs, resource i on node i mod the number of nodes.</summary>
    /// <param name="nodes">How many nodes.</param>
    /// <param name="resources">How many resources.</param>
    /// <param name="isRuled">Whether each resource is restricted to a group of its own, and three each are kept apart.</param>
    public static ScaleWorld Running(int nodes, int resources, bool isRuled = false)
    {
        var world = Empty(nodes, resources);
        var records = ImmutableSortedDictionary.CreateBuilder<ResourceId, ResourceRecord>();
        for (var i = 0; i < resources; i++)
        {
            var session = SessionOf(i % nodes);
            var definition = DefinitionOf(i) with { Group = isRuled ? GroupOf(i) : null };
            records.Add(definition.Id, new ResourceRecord(definition, RequestedState.Started, ActualState.Started)
            {
                Owner = session,
                MayRun = [session.Boot],
                LastNode = session.Node,
                Token = new Token(world._epoch, 1),
            });
        }

        world._state = world._state with
        {
            Resources = records.ToImmutable(),
            Groups = isRuled ? Groups(nodes, resources) : world._state.Groups,
            Affinity = isRuled ? RuleBook.Of(ApartInThrees(resources)) : RuleBook.Empty,
        };
        world.ReportAll();
        return world;
    }

    /// <summary>A cluster to which the resources were just added by the operator; the nodes have answered since.</summary>
    /// <param name="nodes">How many nodes.</param>
    /// <param name="resources">How many resources.</param>
    /// <param name="areRunning">Whether they run already, found by the nodes; else none runs.</param>
    public static ScaleWorld Added(int nodes, int resources, bool areRunning)
    {
        var world = Empty(nodes, resources);
        for (var i = 0; i < resources; i++)
            world.Apply(new Core.Lifecycle.AddResource(DefinitionOf(i), RequestedState.Started));
        var found = Enumerable.Range(0, resources).ToLookup(i => i % nodes, i => ResourceId.Vm(i + 1));
        world._seen = world._seen with
        {
            Reports = world._seen.Reports.ToImmutableSortedDictionary(r => r.Key, r => r.Value with
            {
                AsOf = world._state.AppliedIndex,
                Guests = areRunning
                    ? found[IndexOf(r.Key)].ToImmutableSortedDictionary(id => id, id => new GuestReport(id, UuidOf(id), GuestState.Running, Token.None))
                    : ImmutableSortedDictionary<ResourceId, GuestReport>.Empty,
            }),
        };
        world.Applying = TimeSpan.Zero;
        return world;
    }

    /// <summary>The same cluster, its clocks at zero.</summary>
    public ScaleWorld Copy() => new(_state, _seen, _epoch) { _settings = _settings };

    /// <summary>The same cluster, in which any number of guests may be started on a node at once.</summary>
    public ScaleWorld Unthrottled() => new(_state, _seen, _epoch) { _settings = _settings with { Placement = _settings.Placement with { StartsPerNode = int.MaxValue } } };

    /// <summary>A node was downed. Ends when it is lost, fenced, proven off, and all that it ran is ordered elsewhere.</summary>
    public void Recover(int node)
    {
        var name = NameOf(node);
        _seen = _seen with { Members = _seen.Members.Remove(name), Reports = _seen.Reports.Remove(name), Absences = _seen.Absences.Add(name, new Absence(TimeSpan.Zero, Downed: true)) };
        DecideUntilQuiet();
        var lost = _state.Nodes[name];
        _seen = _seen with { Proofs = [new Proof(lost.Admitted!.Value, ProofKind.Device, "bmc", lost.DenialIndex!.Value)] };
        DecideUntilQuiet();
        Demand(ActualState.Recovery, isWanted: false);
    }

    /// <summary>Ends when everything is started and its node has said so.</summary>
    public void StartAll()
    {
        DecideUntilQuiet();
        while (_state.Resources.Values.Any(r => r.Actual == ActualState.Starting))
        {
            ReportAll();
            DecideUntilQuiet();
        }

        foreach (var resource in _state.Resources.Values)
        {
            if (resource.Actual != ActualState.Started)
                throw new InvalidOperationException($"{resource.Id} is {resource.Actual} and should be started.");
        }
    }

    private static ScaleWorld Empty(int nodes, int resources)
    {
        var voters = Enumerable.Range(0, 3).Select(i => new Voter(NameOf(i), Guid.NewGuid(), 1)).ToImmutableSortedDictionary(v => v.Node, v => v);
        var world = new ScaleWorld(ClusterState.Empty, new Observations { Now = TimeSpan.FromHours(1), LeadingSince = TimeSpan.Zero, Clock = DateTimeOffset.UtcNow }, new Epoch(1, NameOf(0), 1));
        world.Apply(new Genesis(Guid.NewGuid(), voters));
        var reports = ImmutableSortedDictionary.CreateBuilder<NodeName, NodeReport>();
        for (var i = 0; i < nodes; i++)
        {
            // Room for twice what the cluster carries.
            var report = new NodeReport(SessionOf(i), $"machine-{i}", 1, 2 * MemoryMib * (resources / nodes + 1), ImmutableSortedDictionary<ResourceId, GuestReport>.Empty);
            world.Apply(new Core.Failures.AdmitBoot(report));
            reports.Add(NameOf(i), report);
        }

        world._seen = world._seen with { Reports = reports.ToImmutable(), Members = [.. reports.Keys] };
        world.Applying = TimeSpan.Zero;
        return world;
    }

    private void DecideUntilQuiet()
    {
        while (true)
        {
            var start = Stopwatch.GetTimestamp();
            var decided = Manager.Decide(_state, _seen, _settings);
            Deciding += Stopwatch.GetElapsedTime(start);
            if (decided.IsEmpty)
                return;
            foreach (var command in decided)
                Apply(command);
        }
    }

    private void Apply(LogCommand command)
    {
        var start = Stopwatch.GetTimestamp();
        var applied = ClusterStateMachine.Apply(_state, new LogEntry(_state.AppliedIndex + 1, _epoch, command));
        Applying += Stopwatch.GetElapsedTime(start);
        if (applied.Refusal is { } refusal)
            throw new InvalidOperationException(refusal);
        _state = applied.State;
    }

    /// <summary>Every node reports that it runs what it was ordered to.</summary>
    private void ReportAll()
    {
        var running = _state.Resources.Values.Where(r => r.Owner is not null).ToLookup(r => r.Owner!.Value.Node);
        _seen = _seen with
        {
            Reports = _seen.Reports.ToImmutableSortedDictionary(r => r.Key, r => r.Value with
            {
                Guests = running[r.Key].ToImmutableSortedDictionary(g => g.Id, g => new GuestReport(g.Id, g.Definition.Uuid, GuestState.Running, g.Token)),
            }),
        };
    }

    private void Demand(ActualState state, bool isWanted)
    {
        var found = _state.Resources.Values.Count(r => r.Actual == state);
        if (found > 0 != isWanted)
            throw new InvalidOperationException($"{found} resources are in {state}.");
    }

    private static ResourceDefinition DefinitionOf(int i)
    {
        var id = ResourceId.Vm(i + 1);
        return new ResourceDefinition(id, UuidOf(id), $"guest-{i}", MemoryMib, 2, [new DiskDefinition("shared-storage", $"/shared/images/{i}/disk-0.qcow2")]);
    }

    private static Guid UuidOf(ResourceId id) => new(id.Number, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8);

    private static NodeName NameOf(int node) => new(FormattableString.Invariant($"n{node:d3}"));

    private static int IndexOf(NodeName name) => int.Parse(name.Value.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);

    private static Session SessionOf(int node) => new(new Boot(NameOf(node), new BootId(FormattableString.Invariant($"boot-of-{node}"))), 1);

    private static GroupName GroupOf(int i) => new(FormattableString.Invariant($"group-{i}"));

    private static ImmutableSortedDictionary<GroupName, ResourceGroup> Groups(int nodes, int resources)
    {
        // The same on every run, and spread so that a lost node's resources do not all go to the same few.
        var chance = new Random(1);
        return Enumerable.Range(0, resources).Select(i => new ResourceGroup(
            GroupOf(i),
            Enumerable.Range(0, NodesOfAGroup - 1).Select(_ => chance.Next(nodes)).Append(i % nodes).Distinct().ToImmutableSortedDictionary(NameOf, _ => 1))
        {
            Restricted = true,
        }).ToImmutableSortedDictionary(g => g.Name, g => g);
    }

    private static IEnumerable<AffinityRule> ApartInThrees(int resources) => Enumerable.Range(0, resources).Chunk(3).Where(three => three.Length == 3).Select(three =>
        new AffinityRule(new RuleName(FormattableString.Invariant($"apart-{three[0]}")), AffinityKind.Apart, Strict: true, [.. three.Select(i => ResourceId.Vm(i + 1))]));
}
