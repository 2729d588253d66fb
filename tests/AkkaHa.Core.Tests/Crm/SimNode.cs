using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Tests.Crm;

/// <summary>A node of the model world: an LRM that obeys the rules of orders, and guests that outlive its daemon but not its power.</summary>
internal sealed partial class SimNode(NodeName name, int memoryMib = 1_000_000)
{
    private readonly Dictionary<ResourceId, GuestReport> _known = [];
    private long _sessions;
    private long _sequence;
    private long _asOf = -1;

    public NodeName Name { get; } = name;

    public bool HasPower { get; private set; }

    public bool DaemonRuns { get; private set; }

    /// <summary>Cut off from all others: orders and reports are lost, guests go on.</summary>
    public bool IsCutOff { get; set; }

    public int BootNumber { get; private set; }

    public HashSet<ResourceId> Running { get; } = [];

    /// <summary>Processes that no kill ends, for a storage holds them: they may still write.</summary>
    public HashSet<ResourceId> Stuck { get; } = [];

    public Session Session { get; private set; }

    public bool IsMember => HasPower && DaemonRuns && !IsCutOff;

    public void PowerOn()
    {
        if (HasPower)
            return;
        HasPower = true;
        BootNumber++;
        StartDaemon();
    }

    public void PowerOff()
    {
        HasPower = DaemonRuns = false;
        Running.Clear();
        Stuck.Clear();
        ForgetMoves();
        _known.Clear();
    }

    public void StopDaemon() => DaemonRuns = false;

    public void StartDaemon()
    {
        if (!HasPower || DaemonRuns)
            return;
        DaemonRuns = true;
        Session = new Session(new Boot(Name, new BootId(FormattableString.Invariant($"boot-{BootNumber}"))), ++_sessions);
        _sequence = 0;
        _asOf = -1;
        _known.Clear();
        foreach (var id in Running)
            _known[id] = new GuestReport(id, World.UuidOf(id), GuestState.Running, Token.None);
        FindMoves();
    }

    /// <summary>An order arrives, maybe late, maybe twice; the start it asks for may fail, and may leave a process behind.</summary>
    public void Receive(Order order, bool startFails, bool leavesProcess)
    {
        if (!IsMember || order.Session != Session)
            return;
        if (order.Token <= (_known.TryGetValue(order.Id, out var known) ? known.Token : Token.None))
            return;
        var uuid = World.UuidOf(order.Id);
        if (order is not (Order.Start or Order.Stop))
        {
            Move(order, startFails);
            return;
        }

        EndMoves(order);
        if (Stuck.Contains(order.Id) || (order is Order.Start && !Running.Contains(order.Id) && leavesProcess))
        {
            Running.Add(order.Id);
            Stuck.Add(order.Id);
            _known[order.Id] = new GuestReport(order.Id, uuid, GuestState.StopFailed, order.Token, "its process hangs");
            return;
        }

        if (order is Order.Start)
        {
            if (!Running.Contains(order.Id) && startFails)
            {
                _known[order.Id] = new GuestReport(order.Id, uuid, GuestState.Failed, order.Token, "it would not start");
                return;
            }

            Running.Add(order.Id);
            _known[order.Id] = new GuestReport(order.Id, uuid, GuestState.Running, order.Token);
        }
        else
        {
            Running.Remove(order.Id);
            _known[order.Id] = new GuestReport(order.Id, uuid, GuestState.Stopped, order.Token);
        }
    }

    /// <summary>An operator starts it by hand; the daemon sees it.</summary>
    public void StartInSight(ResourceId id)
    {
        Running.Add(id);
        _known[id] = new GuestReport(id, World.UuidOf(id), GuestState.Running, _known.TryGetValue(id, out var known) ? known.Token : Token.None);
    }

    /// <summary>A guest dies by itself.</summary>
    public void Crash(ResourceId id)
    {
        Stuck.Remove(id);
        if ((Running.Remove(id) | AtSwitchOver.Remove(id) | Incoming.Remove(id)) && _known.TryGetValue(id, out var known) && !known.IsReleased)
            _known[id] = known with { State = GuestState.Stopped, Reason = "it crashed" };
    }

    public NodeReport Report() => new(
        Session, "identity-" + Name, ++_sequence, memoryMib, _known.ToImmutableSortedDictionary())
    { AsOf = _asOf, MigratesLive = true };

    /// <summary>A CRM's question arrives, maybe late: the node looks at what runs, whoever started it.</summary>
    public void Ask(long asOf)
    {
        if (!IsMember || asOf <= _asOf)
            return;
        _asOf = asOf;
        foreach (var id in Running.Where(id => !_known.TryGetValue(id, out var known) || known.IsReleased))
            _known[id] = new GuestReport(id, World.UuidOf(id), GuestState.Running, _known.TryGetValue(id, out var known) ? known.Token : Token.None);
    }

    /// <summary>A person starts a guest behind HA's back; nothing is reported before somebody asks.</summary>
    public void StartByHand(ResourceId id) => Running.Add(id);
}
