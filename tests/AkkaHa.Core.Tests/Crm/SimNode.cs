using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Tests.Crm;

/// <summary>A node of the model world: an LRM that obeys the rules of orders, and guests that outlive its daemon but not its power.</summary>
internal sealed class SimNode(NodeName name)
{
    private readonly Dictionary<ResourceId, GuestReport> _known = [];
    private long _sessions;
    private long _sequence;

    public NodeName Name { get; } = name;

    public bool HasPower { get; private set; }

    public bool DaemonRuns { get; private set; }

    /// <summary>Cut off from all others: orders and reports are lost, guests go on.</summary>
    public bool IsCutOff { get; set; }

    public int BootNumber { get; private set; }

    public HashSet<ResourceId> Running { get; } = [];

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
        _known.Clear();
        foreach (var id in Running)
            _known[id] = new GuestReport(id, World.UuidOf(id), GuestState.Running, Token.None);
    }

    /// <summary>An order arrives, maybe late, maybe twice; the start it asks for may fail.</summary>
    public void Receive(Order order, bool startFails)
    {
        if (!IsMember || order.Session != Session)
            return;
        if (_known.TryGetValue(order.Id, out var known) && order.Token <= known.Token)
            return;
        var uuid = World.UuidOf(order.Id);
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

    /// <summary>A guest dies by itself.</summary>
    public void Crash(ResourceId id)
    {
        if (Running.Remove(id) && _known.TryGetValue(id, out var known))
            _known[id] = known with { State = GuestState.Stopped, Reason = "it crashed" };
    }

    public NodeReport Report() => new(
        Session, "identity-" + Name, ++_sequence, 1_000_000, _known.ToImmutableSortedDictionary());
}
