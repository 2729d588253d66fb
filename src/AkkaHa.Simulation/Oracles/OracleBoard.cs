using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.StateLog;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Simulation.Devices;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Oracles;

/// <summary>Sees what happens in the world and asks the oracles about it. The first violation ends the run.</summary>
internal sealed class OracleBoard
{
    private readonly SimulatedWorld _world;
    private readonly WriterOracle _writers;
    private readonly QuorumOracle _quorum;
    private readonly LogOracle _log;

    public OracleBoard(SimulatedWorld world)
    {
        _world = world;
        _writers = new WriterOracle(this, world);
        _quorum = new QuorumOracle(this, world);
        _log = new LogOracle(this);
        Outages = new OutageRecord(world);
    }

    public Violation? Violation { get; private set; }

    /// <summary>How many times a rule was looked at.</summary>
    public long Checks { get; private set; }

    public LogOracle Log => _log;

    public OutageRecord Outages { get; }

    /// <summary>Told of every entry as soon as a majority of the voters has it on disk.</summary>
    public Action<LogEntry>? OnCommitted { get; set; }

    public void Checked() => Checks++;

    public void Violated(string rule, string text)
    {
        if (Violation is not null)
            return;
        Violation = new Violation(rule, _world.Elapsed.TotalSeconds, text);
        _world.Trace.Add("ORACLE", $"{rule} is violated: {text}");
    }

    public void GuestRuns(Machine machine, Guest guest)
    {
        _writers.Runs(machine, guest);
        Outages.Runs(guest.Id);
    }

    public void GuestEnds(Machine machine, Guest guest)
    {
        if (guest.State == RunState.Running)
            Outages.Ends(guest.Id, machine.IsOn);
    }

    public void StartBegins(Machine machine, VmDefinition definition, Token token)
    {
        _quorum.Starts(machine, definition.Id);
        _log.Starts(machine, definition.Id, token);
    }

    public void FenceBegins(Machine user, NodeName target)
    {
        _world.Trace.Add(user.Name.Value, $"switches {target} off");
        _quorum.Fences(user, target);
        _log.Fences(user, target);
    }

    public void Thawed(NodeName node) => _quorum.Thawed(node);

    public void TopologyChanged() => _quorum.TopologyChanged();

    public void Durable(Machine machine, object journalled)
    {
        if (journalled is JournalEvent one)
            _log.Durable(machine.Name, one);
    }

    public void Acknowledged(LogCommand command, long index) => _log.Acknowledged(command, index);

    public void Committed(LogEntry entry)
    {
        OnCommitted?.Invoke(entry);
        switch (entry.Command)
        {
            case Core.Failures.ProveBoot proven:
                _writers.Proven(proven.Proof);
                break;
            case PlaceStart placed:
                _world.Trace.Add("log", $"{entry.Index}: {placed.Id} is placed on {placed.Session.Node}");
                break;
            case Core.Failures.LoseNode or Core.Failures.StartFence or Core.Failures.AdmitBoot or ParkResource or AddResource or SetRequested or RemoveResource or MoveResource or HandOver or AbortMigration or AdoptGuest:
                _world.Trace.Add("log", $"{entry.Index}: {Short(entry.Command)}");
                break;
        }
    }

    private static string Short(LogCommand command) => command switch
    {
        Core.Failures.LoseNode c => $"{c.Boot} is lost: {c.Reason}",
        Core.Failures.StartFence c => $"{c.Boot} is being fenced",
        Core.Failures.AdmitBoot c => $"{c.Report.Session} is admitted with {string.Join(", ", c.Report.Guests.Values.Select(g => $"{g.Id} {g.State}"))}",
        ParkResource c => $"{c.Id} is in error: {c.Reason}",
        AddResource c => $"{c.Definition.Id} is added, {c.Requested}",
        MoveResource c => $"{c.Id} shall {c.Kind} to {c.Target}",
        HandOver c => $"{c.Id} is to be handed over",
        AbortMigration c => $"the migration of {c.Id} is given up: {c.Reason}",
        AdoptGuest c => $"{c.Id} is adopted on {c.Session.Node}",
        SetRequested c => $"{c.Id} is requested {c.Requested}",
        RemoveResource c => $"{c.Id} is removed",
        _ => command.Describe(),
    };
}
