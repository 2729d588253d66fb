using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.Placement;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.Rules;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Tests.Crm;

/// <summary>
/// A whole cluster as a model: the pure manager over a perfect log, nodes that obey orders, and a network that delays, repeats and loses.
/// After every step it checks that no resource runs twice (S1), and with every decision that it is taken by a majority (S2), that nothing is
/// started that shall not run (S6), and that nothing is proposed that would be refused.
/// </summary>
internal sealed partial class World
{
    private readonly Random _chance;
    private readonly List<Order> _orders = [];
    private readonly List<NodeReport> _reports = [];
    private readonly List<(NodeName Node, long AsOf)> _questions = [];
    private readonly List<LogEntry> _uncommitted = [];
    private readonly Dictionary<NodeName, NodeReport> _seenReports = [];
    private readonly Dictionary<NodeName, Absence> _absences = [];
    private readonly HashSet<NodeName> _members = [];
    private readonly List<Proof> _proofs = [];
    private long _epoch = 1;
    private TimeSpan _now = TimeSpan.FromHours(1);
    private TimeSpan _leadingSince = TimeSpan.FromHours(1);

    private readonly int _resources;
    private readonly bool _hasRules;

    public World(int seed, int nodes, int resources, bool hasRules = false)
    {
        _resources = resources;
        _hasRules = hasRules;
        _chance = new Random(seed);
        for (var i = 1; i <= nodes; i++)
            Nodes.Add(new SimNode(new NodeName($"pve{i}"), hasRules ? 64 * (1 + (resources / Math.Max(1, nodes - 1))) : 1_000_000));
        var voters = Nodes.ToImmutableSortedDictionary(n => n.Name, n => new Voter(n.Name, Guid.NewGuid(), 1));
        Append(new Genesis(Guid.NewGuid(), voters));
        for (var i = 0; i < resources; i++)
        {
            var id = ResourceId.Vm(100 + i);
            Append(new AddResource(DefinitionOf(id), RequestedState.Started));
        }

        Commit(int.MaxValue);
        foreach (var node in Nodes)
        {
            node.Peers = Nodes;
            node.PowerOn();
        }
    }

    /// <summary>Operators migrate all the time, and faults are rare enough for many of these migrations to come to their end.</summary>
    public bool IsBusyMoving { get; set; }

    public List<SimNode> Nodes { get; } = [];

    public ClusterState Committed { get; private set; } = ClusterState.Empty;

    public ClusterState Projected { get; private set; } = ClusterState.Empty;

    public List<string> History { get; } = [];

    /// <summary>How many migrations came to each phase: a world in which none does proves nothing about them.</summary>
    public Dictionary<MigrationPhase, int> Phases { get; } = [];

    public static ResourceDefinition DefinitionOf(ResourceId id) => new(id, UuidOf(id), "", 64, 1, []) { MaxRestart = 3, MaxRelocate = 5 };

    public static Guid UuidOf(ResourceId id) => new(id.Number, 0, 0, new byte[8]);

    /// <summary>One random step of the world.</summary>
    public void Step(bool faults)
    {
        _now += TimeSpan.FromMilliseconds(_chance.Next(1, 500));
        var dice = _chance.Next(100);
        if (IsBusyMoving && dice < 8)
            Submit(new MoveResource(AnyResource(), Nodes[_chance.Next(Nodes.Count)].Name, MoveKind.Migrate, "an operator asked"));
        else if (faults && dice < (IsBusyMoving ? 9 : 12))
            Break();
        else if (dice < 30)
            Membership();
        else if (dice < 45)
            DeliverReport();
        else if (dice < 60)
            DeliverOrder(faults);
        else if (dice < 72)
            Commit(_chance.Next(1, 4));
        else if (dice < 80)
            Fence(faults);
        else
            Manage(faults);
        Check();
    }

    /// <summary>Everything is repaired, and the world runs without faults; says after how many rounds all runs, or -1.</summary>
    public int Settle(int maxRounds)
    {
        foreach (var node in Nodes)
        {
            node.IsCutOff = false;
            node.PowerOn();
            node.StartDaemon();
            Submit(new SetMaintenance(node.Name, false));
            Submit(new CancelLeave(node.Name));
            Submit(new ReleaseNode(node.Name));
            Submit(new SetArmed(true, ""));
            foreach (var id in node.Stuck.ToList())
                node.Crash(id);
        }

        for (var round = 0; round < maxRounds; round++)
        {
            for (var i = 0; i < 60; i++)
                Step(faults: false);
            foreach (var node in Nodes.Where(n => !n.HasPower))
                node.PowerOn();
            if (Committed.Resources.Values.All(IsSatisfied))
                return round;
            foreach (var resource in Committed.Resources.Values.Where(r => r.Actual == ActualState.Error))
                Append(new ClearError(resource.Id));
        }

        return -1;
    }

    private bool IsSatisfied(ResourceRecord resource) => resource.Requested switch
    {
        RequestedState.Started => (resource.Actual == ActualState.Started && Nodes.Count(n => n.Running.Contains(resource.Id)) == 1
                && Nodes.Sum(n => n.Copies.Count(id => id == resource.Id)) == 1)
            || (_hasRules && resource.Actual == ActualState.Recovery && !Nodes.Any(n => Constraints.CouldRun(Committed, resource, n.Name))),
        RequestedState.Stopped => Nodes.All(n => !n.Copies.Contains(resource.Id)) && resource.MayRun.IsEmpty,
        _ => resource.Actual is ActualState.Started or ActualState.Stopped or ActualState.Error
            && Nodes.Count(n => n.Running.Contains(resource.Id)) == resource.MayRun.Count,
    };

    private void Break()
    {
        var node = Nodes[_chance.Next(Nodes.Count)];
        switch (_chance.Next(_hasRules ? 21 : 16))
        {
            case 0:
                Tell($"power cut of {node.Name}");
                node.PowerOff();
                break;
            case 1:
                Tell($"power on of {node.Name}");
                node.PowerOn();
                break;
            case 2:
                Tell($"{node.Name} is cut off");
                node.IsCutOff = true;
                break;
            case 3:
                Tell($"{node.Name} is heard again");
                node.IsCutOff = false;
                break;
            case 4:
                Tell($"daemon of {node.Name} dies");
                node.StopDaemon();
                break;
            case 5:
                Tell($"daemon of {node.Name} starts");
                node.StartDaemon();
                break;
            case 6 when node.Running.Count > 0:
                var victim = node.Running.ElementAt(_chance.Next(node.Running.Count));
                Tell($"{victim} crashes on {node.Name}");
                node.Crash(victim);
                break;
            case 7:
                Tell("another CRM takes over");
                TakeOver();
                break;
            case 8:
                var requested = _chance.Next(2) == 0 ? RequestedState.Started : (RequestedState)_chance.Next(4);
                Submit(new SetRequested(AnyResource(), requested));
                break;
            case 9:
                Submit(new RemoveResource(AnyResource()) { Purge = _chance.Next(2) == 0 });
                break;
            case >= 16:
                Submit(AnyRuleCommand());
                break;
            case 11:
                StartByHand(node, AnyResource());
                break;
            case 10:
                Submit(_chance.Next(2) == 0 ? new AddResource(DefinitionOf(AnyResource()), RequestedState.Started) : new ClearError(AnyResource()));
                break;
            case 12:
                Submit(Maintain(node.Name));
                break;
            case > 12:
                var moved = AnyResource();
                if (_hasRules && (!Projected.Resources.ContainsKey(moved) || !Projected.Nodes.ContainsKey(node.Name)
                    || Constraints.BrokenBy(Projected, moved, node.Name, _ => true) is not null))
                    break;
                Submit(new MoveResource(moved, node.Name, _chance.Next(4) == 0 ? MoveKind.Relocate : MoveKind.Migrate, "an operator asked"));
                break;
        }
    }

    /// <summary>An operator prepares nodes for going away, changes his mind, and disarms for a moment.</summary>
    private LogCommand Maintain(NodeName node) => _chance.Next(8) switch
    {
        0 or 1 => new SetMaintenance(node, true),
        2 => new SetMaintenance(node, false),
        3 => new BeginLeave(node, (LeaveKind)_chance.Next(2)),
        4 => new CancelLeave(node),
        5 => new SetShutdownPolicy((ShutdownPolicy)_chance.Next(4)),
        6 => new SetArmed(_chance.Next(3) != 0, "a switch is replaced"),
        _ => new ReleaseNode(node),
    };

    private ResourceId AnyResource() => ResourceId.Vm(100 + _chance.Next(_resources));

    private LogCommand AnyRuleCommand()
    {
        var name = FormattableString.Invariant($"r{_chance.Next(3)}");
        var group = new ResourceGroup(
            new GroupName(name), Nodes.Where(_ => _chance.Next(2) == 0).ToImmutableSortedDictionary(n => n.Name, _ => _chance.Next(3)))
        { Restricted = _chance.Next(2) == 0 };
        switch (_chance.Next(6))
        {
            case 0:
                return new PutGroup(group) { AllowOffline = _chance.Next(2) == 0 };
            case 1:
                return new RemoveGroup(group.Name);
            case 2:
                return new RemoveAffinity(new RuleName(name));
            case 3 or 4:
                var kind = _chance.Next(2) == 0 ? AffinityKind.Apart : AffinityKind.Together;
                return new PutAffinity(new AffinityRule(new RuleName(name), kind, _chance.Next(3) > 0, [AnyResource(), AnyResource(), AnyResource()]));
            default:
                return new SetResource(DefinitionOf(AnyResource()) with
                {
                    Group = _chance.Next(3) == 0 ? null : group.Name,
                    BootOrder = _chance.Next(3) == 0 ? _chance.Next(3) : null,
                    After = _chance.Next(4) == 0 ? [AnyResource()] : [],
                    StartDelay = TimeSpan.FromSeconds(_chance.Next(3)),
                    ReadinessTimeout = TimeSpan.FromSeconds(20),
                });
        }
    }

    /// <summary>Only what HA does not care for, and what runs nowhere else: the person is careful.</summary>
    private void StartByHand(SimNode node, ResourceId id)
    {
        var isFree = !Projected.Resources.ContainsKey(id) && !Committed.Resources.ContainsKey(id);
        if (!isFree || !node.IsMember || Projected.Nodes.GetValueOrDefault(node.Name)?.Session != node.Session || Nodes.Any(n => n.Running.Contains(id)))
            return;
        Tell($"{id} is started by hand on {node.Name}");
        node.StartByHand(id);
    }

    /// <summary>An operator's command: taken in only if it would be applied.</summary>
    private void Submit(LogCommand command)
    {
        Tell($"an operator gives {command}");
        if (Manager.IsApplicable(Projected, command))
            Append(command);
    }

    /// <summary>A new CRM knows the committed log and, of the tail, what the majority it asked happened to have.</summary>
    private void TakeOver()
    {
        _epoch++;
        var kept = _chance.Next(_uncommitted.Count + 1);
        var tail = _uncommitted.Take(kept).ToList();
        _uncommitted.Clear();
        Projected = Committed;
        foreach (var entry in tail)
            AppendEntry(entry);
        Append(new NoOp());
        Commit(int.MaxValue);
        _seenReports.Clear();
        _proofs.Clear();
        _leadingSince = _now;
    }

    private void Membership()
    {
        var node = Nodes[_chance.Next(Nodes.Count)];
        if (node.IsMember && _members.Add(node.Name))
        {
            _absences.Remove(node.Name);
        }
        else if (!node.IsMember && _members.Remove(node.Name))
        {
            _seenReports.Remove(node.Name);
            _absences[node.Name] = new Absence(_now, _chance.Next(2) == 0);
        }

        if (node.IsMember)
            _reports.Add(node.Report());
    }

    private void DeliverReport()
    {
        if (_reports.Count == 0)
            return;
        var report = TakeOne(_reports);
        var name = report.Session.Node;
        if (!_members.Contains(name))
            return;
        if (_seenReports.TryGetValue(name, out var known)
            && (known.Session.IsNewerThan(report.Session) || (known.Session == report.Session && known.Sequence >= report.Sequence)))
            return;
        _seenReports[name] = report;
    }

    private void DeliverOrder(bool faults)
    {
        if (_questions.Count > 0)
        {
            var (node, asOf) = TakeOne(_questions);
            Nodes.Single(n => n.Name == node).Ask(asOf);
        }

        if (_orders.Count == 0)
            return;
        var order = TakeOne(_orders);
        Nodes.Single(n => n.Name == order.Session.Node).Receive(order, faults && _chance.Next(4) == 0, faults && _chance.Next(12) == 0);
    }

    private void Fence(bool faults)
    {
        var open = Orders.OpenFences(Committed);
        if (open.IsEmpty || (faults && _chance.Next(3) == 0))
            return;
        var order = open[_chance.Next(open.Count)];
        var target = Nodes.Single(n => n.Name == order.Attempt.Boot.Node);
        Tell($"{target.Name} is switched off by its device");
        target.PowerOff();
        _proofs.Add(new Proof(order.Attempt.Boot, ProofKind.Device, "bmc", order.DenialIndex));
    }

    private void Manage(bool faults)
    {
        var seen = Seen();
        if (faults && _chance.Next(20) == 0)
            seen = seen with { Members = [Nodes[_chance.Next(Nodes.Count)].Name], Now = _now + TimeSpan.FromMinutes(1) };
        var before = Projected;
        foreach (var command in Manager.Decide(before, seen, ManagerSettings.Default))
        {
            if (Manager.Refusal(before, command) is { } refusal)
                Violated($"{command} is proposed and would be refused: {refusal}");
            if (!Committed.Configuration!.IsMajority(seen.Members))
                Violated($"S2: {command} is proposed by a CRM that hears only {string.Join(", ", seen.Members)}");
            if (command is PlaceStart start
                && Constraints.BrokenBy(Projected, start.Id, start.Session.Node, n => IsUsable(n, seen)) is { } broken)
                Violated($"S6: {start.Id} is placed on {start.Session.Node}: {broken}\n{Why(start.Id, seen)}");
            Append(command);
        }

        foreach (var order in Orders.Outstanding(Committed, Seen()))
        {
            if (order is Order.Start && Committed.Resources[order.Id] is not { Requested: RequestedState.Started, Removed: false })
                Violated($"S6: {order.Id} is ordered to start");
            if (!_orders.Contains(order))
                _orders.Add(order);
        }

        _questions.AddRange(Orders.ToBeAsked(Committed, Seen()).Select(n => (n, Committed.AppliedIndex)));
        if (_questions.Count > 50)
            _questions.RemoveRange(0, 25);
        if (_orders.Count > 200)
            _orders.RemoveRange(0, 100);
        if (_reports.Count > 200)
            _reports.RemoveRange(0, 100);
    }

    /// <summary>Guests that tests have started by hand: HA has not run them twice.</summary>
    public HashSet<ResourceId> ByHand { get; } = [];

    private Observations Seen()
    {
        var seen = Looked();
        return seen with { Unexpected = Audit.Copies.Unexpected(Committed, seen), Duplicated = ByHand.Count > 0 ? Audit.Copies.Twice(Committed, seen) : [] };
    }

    private Observations Looked() => new()
    {
        Now = _now,
        Clock = DateTimeOffset.UnixEpoch + _now,
        LeadingSince = _leadingSince,
        Members = [.. _members],
        Reports = _seenReports.ToImmutableSortedDictionary(),
        Absences = _absences.ToImmutableSortedDictionary(),
        Proofs = [.. _proofs],
    };

    private void Append(LogCommand command) =>
        AppendEntry(new LogEntry(Projected.AppliedIndex + 1, new Epoch(_epoch, Nodes[0].Name, 1), command));

    private void AppendEntry(LogEntry entry)
    {
        _uncommitted.Add(entry);
        Projected = ClusterStateMachine.Apply(Projected, entry).State;
    }

    private void Commit(int count)
    {
        foreach (var entry in _uncommitted.Take(count).ToList())
        {
            _uncommitted.RemoveAt(0);
            var applied = ClusterStateMachine.Apply(Committed, entry);
            Count(Committed, applied.State);
            Committed = applied.State;
            Tell($"{entry.Describe()}{(applied.Refusal is null ? "" : $" REFUSED: {applied.Refusal}")}");
        }
    }

    private void Count(ClusterState before, ClusterState after)
    {
        foreach (var resource in after.Resources.Values)
        {
            if (resource.Migration is { } migration && before.Resources.GetValueOrDefault(resource.Id)?.Migration?.Phase != migration.Phase)
                Phases[migration.Phase] = Phases.GetValueOrDefault(migration.Phase) + 1;
        }
    }

    /// <summary>Messages arrive in any order, and sometimes again.</summary>
    private T TakeOne<T>(List<T> messages)
    {
        var at = _chance.Next(messages.Count);
        var message = messages[at];
        if (_chance.Next(5) != 0)
            messages.RemoveAt(at);
        return message;
    }

    private void Check()
    {
        foreach (var id in Nodes.SelectMany(n => n.Running).Distinct())
        {
            var on = Nodes.Where(n => n.Running.Contains(id)).ToList();
            if (on.Count > 1 && !ByHand.Contains(id))
                Violated($"S1: {id} runs on {string.Join(" and ", on.Select(n => n.Name))}");
        }

        foreach (var node in Nodes)
        {
            var boot = new Boot(node.Name, new BootId(FormattableString.Invariant($"boot-{node.BootNumber}")));
            foreach (var id in node.Copies)
            {
                if (Committed.Resources.GetValueOrDefault(id) is { } known && !known.MayRun.Contains(boot) && !ByHand.Contains(id))
                    Violated($"{id} lives on {boot}, which is not in its may-run");
            }
        }
    }

    private bool IsUsable(NodeName name, Observations seen) =>
        Projected.Nodes[name] is { IsEvacuated: false, Leaving: null, IsQuarantined: false } node && seen.ReportOf(node) is not null;

    private string Why(ResourceId id, Observations seen) => string.Join('\n',
        Plan.All(Projected, seen, PlacementSettings.Default).Where(d => d.Resource == id).SelectMany(d => d.Candidates).Select(c => c.ToString())
            .Concat(Projected.Resources.Values.Select(r => $"{r.Id} {r.Actual} {r.Owner} may run on {string.Join(' ', r.MayRun)} unheard {string.Join(' ', r.Unheard)} failed {string.Join(' ', r.FailedNodes)} {r.Definition.Group}"))
            .Concat(Projected.Affinity.Select(r => $"{r.Name} {r.Describe()}")));

    private void Violated(string what) => throw new Xunit.Sdk.XunitException(what + "\n" + string.Join('\n', History.TakeLast(60)));

    private void Tell(string what) => History.Add(what);
}
