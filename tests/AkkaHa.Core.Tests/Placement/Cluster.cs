using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.Placement;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Tests.Placement;

/// <summary>
/// A cluster whose nodes obey at once: for tests of what the manager decides. Commands are refused loudly, and every decision is carried out
/// until nothing is left to do.
/// </summary>
internal sealed class Cluster
{
    private readonly Dictionary<NodeName, long> _sequences = [];
    private readonly Dictionary<NodeName, Dictionary<ResourceId, GuestReport>> _guests = [];
    private readonly Dictionary<NodeName, int> _boots = [];
    private readonly Dictionary<NodeName, long> _asOf = [];
    private readonly Dictionary<NodeName, ImmutableSortedDictionary<string, StorageSight>> _storages = [];
    private static readonly ImmutableSortedDictionary<string, StorageSight> NoStorages = ImmutableSortedDictionary.Create<string, StorageSight>(StringComparer.Ordinal);

    private readonly HashSet<NodeName> _members = [];
    private readonly List<Proof> _proofs = [];

    public Cluster(int nodes, int memoryMib = 65_536, int cpus = 0)
    {
        MemoryMib = memoryMib;
        Cpus = cpus;
        var names = Enumerable.Range(1, nodes).Select(Node).ToList();
        Give(new Genesis(Guid.Empty, names.Take(7).ToImmutableSortedDictionary(n => n, n => new Voter(n, Guid.Empty, 1))));
        foreach (var name in names)
            PowerOn(name);
        Run();
    }

    public int MemoryMib { get; }

    public int Cpus { get; }

    public ClusterState State { get; private set; } = ClusterState.Empty;

    public DateTimeOffset Clock { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public PlacementSettings Settings { get; set; } = PlacementSettings.Default with { StartsPerNode = 1000 };

    /// <summary>Says whether a start fails, and why.</summary>
    public Func<ResourceId, NodeName, FailureCause?> Fails { get; set; } = (_, _) => null;

    /// <summary>Guests that do not end when they are stopped.</summary>
    public HashSet<ResourceId> StopsFail { get; } = [];

    /// <summary>Whether the nodes migrate live.</summary>
    public bool MigratesLive { get; set; }

    /// <summary>Guests whose health check has not passed.</summary>
    public HashSet<ResourceId> StartingUp { get; } = [];

    /// <summary>The starts in the order in which they were placed.</summary>
    public List<(ResourceId Id, NodeName Node)> Starts { get; } = [];

    public static NodeName Node(int number) => new(FormattableString.Invariant($"pve{number}"));

    public static ResourceId Vm(int number) => ResourceId.Vm(number);

    public static ResourceDefinition Definition(int number, int memoryMib = 64) =>
        new(Vm(number), new Guid(number, 0, 0, new byte[8]), "", memoryMib, 1, [new DiskDefinition("nfs", $"/{number}")]);

    public static ResourceGroup Group(string name, params (int Node, int Priority)[] nodes) =>
        new(new GroupName(name), nodes.ToImmutableSortedDictionary(n => Node(n.Node), n => n.Priority));

    public static AffinityRule Rule(string name, AffinityKind kind, bool strict, params int[] vms) =>
        new(new RuleName(name), kind, strict, [.. vms.Select(Vm)]);

    public ResourceRecord this[int vm] => State.Resources[Vm(vm)];

    public string? Where(int vm) => this[vm].Actual == ActualState.Started ? this[vm].Owner!.Value.Node.Value : null;

    /// <summary>Gives a command that must be applied.</summary>
    public void Give(LogCommand command)
    {
        if (TryGive(command) is { } refusal)
            throw new Xunit.Sdk.XunitException($"{command} was refused: {refusal}");
    }

    /// <summary>Gives a command; says why it is refused.</summary>
    public string? TryGive(LogCommand command)
    {
        var applied = ClusterStateMachine.Apply(State, new LogEntry(State.AppliedIndex + 1, new Epoch(1, Node(1), 1), command));
        State = applied.State;
        return applied.Refusal;
    }

    /// <summary>Changes the state past all commands.</summary>
    public void Change(Func<ClusterState, ClusterState> change) => State = change(State);

    public Cluster Add(int number, ResourceDefinition? definition = null, RequestedState requested = RequestedState.Started, int? on = null)
    {
        Give(new AddResource(definition ?? Definition(number), requested) { Node = on is { } node ? Node(node) : null });
        return this;
    }

    public void PowerOn(NodeName name)
    {
        _boots[name] = _boots.GetValueOrDefault(name) + 1;
        _guests[name] = [];
        _asOf[name] = State.AppliedIndex;
        _members.Add(name);
    }

    /// <summary>The node ends and is proven dead at once.</summary>
    public void Kill(int number)
    {
        var name = Node(number);
        var boot = State.Nodes[name].Admitted!.Value;
        _members.Remove(name);
        _guests[name] = [];
        Give(new LoseNode(boot, "it is dead"));
        Give(new ProveBoot(new Proof(boot, ProofKind.Device, "bmc", State.Nodes[name].DenialIndex!.Value)));
    }

    /// <summary>The node is cut off: lost, and not proven dead.</summary>
    public void Lose(int number)
    {
        _members.Remove(Node(number));
        Give(new LoseNode(State.Nodes[Node(number)].Admitted!.Value, "it is not heard"));
    }

    public void RunByHand(int vm, int node) =>
        _guests[Node(node)][Vm(vm)] = new GuestReport(Vm(vm), Guid.Empty, GuestState.Running, Token.None);

    public void Die(int vm, int node, FailureCause cause = FailureCause.Guest) =>
        _guests[Node(node)][Vm(vm)] = _guests[Node(node)][Vm(vm)] with { State = GuestState.Stopped, Reason = "it crashed", Cause = cause };

    public void Hang(int vm, int node) =>
        _guests[Node(node)][Vm(vm)] = _guests[Node(node)][Vm(vm)] with { State = GuestState.Failed, Cause = FailureCause.Hung, Reason = "it hung" };

    public void Storages(int node, params (string Name, bool IsUp)[] storages) =>
        _storages[Node(node)] = storages.ToImmutableSortedDictionary(s => s.Name, s => new StorageSight(s.IsUp), StringComparer.Ordinal);

    public void See(int node, string storage, StorageSight sight) =>
        _storages[Node(node)] = _storages.GetValueOrDefault(Node(node), NoStorages).SetItem(storage, sight);

    public Observations Seen() => new()
    {
        Now = TimeSpan.FromHours(1),
        LeadingSince = TimeSpan.Zero,
        Clock = Clock,
        Members = [.. _members],
        Reports = _members.ToImmutableSortedDictionary(n => n, Report),
        Absences = State.Nodes.Keys.Where(n => !_members.Contains(n)).ToImmutableSortedDictionary(n => n, _ => new Absence(TimeSpan.FromHours(1), false)),
        Proofs = [.. _proofs],
    };

    /// <summary>Decides, commits and obeys until nothing is left to do.</summary>
    public Cluster Run(int maxRounds = 200)
    {
        for (var round = 0; round < maxRounds; round++)
        {
            foreach (var name in Orders.ToBeAsked(State, Seen()))
                _asOf[name] = State.AppliedIndex;
            var decided = Manager.Decide(State, Seen(), ManagerSettings.Default with { Placement = Settings });
            foreach (var command in decided)
            {
                if (command is PlaceStart start)
                    Starts.Add((start.Id, start.Session.Node));
                Give(command);
            }

            var orders = Orders.Outstanding(State, Seen());
            foreach (var order in orders)
                Obey(order);
            if (decided.IsEmpty && orders.IsEmpty && Orders.ToBeAsked(State, Seen()).IsEmpty)
                return this;
        }

        throw new Xunit.Sdk.XunitException("The manager goes on deciding: " + string.Join(", ", Manager.Decide(State, Seen(), ManagerSettings.Default)));
    }

    private void Obey(Order order)
    {
        var guests = _guests[order.Session.Node];
        guests[order.Id] = order switch
        {
            Order.Stop when StopsFail.Contains(order.Id) => new GuestReport(order.Id, Guid.Empty, GuestState.StopFailed, order.Token, "it does not die"),
            Order.Stop => new GuestReport(order.Id, Guid.Empty, GuestState.Stopped, order.Token),
            _ when Fails(order.Id, order.Session.Node) is { } cause =>
                new GuestReport(order.Id, Guid.Empty, GuestState.Failed, order.Token, "it would not start") { Cause = cause },
            _ => new GuestReport(order.Id, Guid.Empty, GuestState.Running, order.Token),
        };
    }

    private NodeReport Report(NodeName name)
    {
        _sequences[name] = _sequences.GetValueOrDefault(name) + 1;
        var boot = new Boot(name, new BootId(FormattableString.Invariant($"boot-{_boots[name]}")));
        var guests = _guests[name].ToImmutableSortedDictionary(
            g => g.Key, g => g.Value with { IsStartingUp = StartingUp.Contains(g.Key) });
        return new NodeReport(new Session(boot, 1), "machine-" + name, _sequences[name], MemoryMib, guests)
        {
            AsOf = _asOf[name],
            Cpus = Cpus,
            MigratesLive = MigratesLive,
            Storages = _storages.GetValueOrDefault(name, NoStorages),
        };
    }
}
