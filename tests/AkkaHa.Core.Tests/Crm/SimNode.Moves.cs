using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Tests.Crm;

/// <summary>
/// Migrations in the model world, as QEMU does them: a destination runs nothing before it is continued; a source stands still at the
/// switch-over, and when the hand-over fails it runs on by itself.
/// </summary>
internal sealed partial class SimNode
{
    private readonly Dictionary<ResourceId, string> _sentTo = [];
    private readonly HashSet<ResourceId> _departed = [];
    private long _addresses;

    /// <summary>Copies that wait for a guest, by the address that it is to be sent to.</summary>
    public Dictionary<ResourceId, string> Incoming { get; } = [];

    /// <summary>Those of them that have all of the guest.</summary>
    public HashSet<ResourceId> Arrived { get; } = [];

    /// <summary>Guests that stand still; they may run on at any moment after they were told to hand over.</summary>
    public HashSet<ResourceId> AtSwitchOver { get; } = [];

    /// <summary>Every other node of the world.</summary>
    public IReadOnlyList<SimNode> Peers { get; set; } = [];

    /// <summary>Whatever of a guest lives here, running or not.</summary>
    public IEnumerable<ResourceId> Copies => Running.Concat(AtSwitchOver).Concat(Incoming.Keys);

    private void ForgetMoves()
    {
        Incoming.Clear();
        Arrived.Clear();
        AtSwitchOver.Clear();
        _departed.Clear();
    }

    /// <summary>A new daemon finds what an earlier one left in the middle of a migration.</summary>
    private void FindMoves()
    {
        foreach (var id in Incoming.Keys)
            _known[id] = new GuestReport(id, World.UuidOf(id), GuestState.Incoming, Token.None);
        foreach (var id in AtSwitchOver)
            _known[id] = new GuestReport(id, World.UuidOf(id), GuestState.AtSwitchOver, Token.None);
        foreach (var id in _departed)
            _known[id] = new GuestReport(id, World.UuidOf(id), GuestState.Departed, Token.None);
        _departed.Clear();
    }

    /// <summary>Before a start or a stop: a copy that waits is ended, one that stands still runs on.</summary>
    private void EndMoves(Order order)
    {
        _departed.Remove(order.Id);
        Incoming.Remove(order.Id);
        Arrived.Remove(order.Id);
        if (AtSwitchOver.Remove(order.Id))
            Running.Add(order.Id);
    }

    private void Move(Order order, bool fails)
    {
        var (id, token) = (order.Id, order.Token);
        var (state, reason) = order switch
        {
            Order.Receive => Receive(id, fails),
            Order.Send send => Send(id, send.Address, fails),
            Order.Complete => Complete(id, fails),
            Order.Continue => Continue(id, fails),
            Order.Resume => Resume(id),
            Order.Attest => (Stand(id), null),
            _ => throw new InvalidOperationException($"the model does not know {order}"),
        };
        _known[id] = new GuestReport(id, World.UuidOf(id), state, token, reason) { Address = Incoming.GetValueOrDefault(id) };
    }

    private (GuestState, string?) Receive(ResourceId id, bool fails)
    {
        if (Running.Contains(id) || AtSwitchOver.Contains(id))
            return (Stand(id), "it runs here");
        _departed.Remove(id);
        Arrived.Remove(id);
        Incoming.Remove(id);
        if (fails)
            return (GuestState.Failed, "it cannot be received");
        Incoming[id] = FormattableString.Invariant($"{Name}#{++_addresses}");
        return (GuestState.Incoming, null);
    }

    private (GuestState, string?) Send(ResourceId id, string address, bool fails)
    {
        if (!Running.Contains(id))
            return (Stand(id), null);
        if (fails || Stuck.Contains(id) || Destination(id, address) is null)
            return (GuestState.Running, "the copy failed");
        Running.Remove(id);
        AtSwitchOver.Add(id);
        _sentTo[id] = address;
        return (GuestState.AtSwitchOver, null);
    }

    private (GuestState, string?) Complete(ResourceId id, bool fails)
    {
        if (!AtSwitchOver.Remove(id))
            return (Stand(id), null);
        if (fails || Destination(id, _sentTo[id]) is not { } destination)
        {
            Running.Add(id);
            return (GuestState.Running, "the hand-over failed");
        }

        destination.Arrived.Add(id);
        _departed.Add(id);
        return (GuestState.Departed, null);
    }

    private (GuestState, string?) Continue(ResourceId id, bool fails)
    {
        if (!Incoming.Remove(id))
            return (Stand(id), null);
        if (!Arrived.Remove(id) || fails)
            return (GuestState.Failed, "it did not arrive whole");
        Running.Add(id);
        return (GuestState.Running, null);
    }

    private (GuestState, string?) Resume(ResourceId id)
    {
        if (AtSwitchOver.Remove(id))
            Running.Add(id);
        return (Stand(id), null);
    }

    private GuestState Stand(ResourceId id) =>
        Running.Contains(id) ? GuestState.Running
        : AtSwitchOver.Contains(id) ? GuestState.AtSwitchOver
        : Incoming.ContainsKey(id) ? GuestState.Incoming
        : _departed.Contains(id) ? GuestState.Departed
        : GuestState.Stopped;

    private SimNode? Destination(ResourceId id, string address) =>
        IsMember ? Peers.FirstOrDefault(n => n.HasPower && !n.IsCutOff && n.Incoming.TryGetValue(id, out var at) && at == address) : null;
}
