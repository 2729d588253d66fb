using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Protocol.Formation;

namespace AkkaHa.Protocol.Wire;

/// <summary>Orders, reports and the forming of a cluster between the core and the wire.</summary>
internal static class NodeMapping
{
    public static OrderPb ToWire(this Order order)
    {
        var wire = new OrderPb { Session = order.Session.ToWire(), Token = order.Token.ToWire(), Id = order.Id.ToString(), Epoch = order.Epoch.ToWire() };
        if (order is Order.Start start)
            wire.Start = start.Definition.ToWire();
        if (order is Order.Stop { Within: { } within })
            wire.StopWithinTicks = within.Ticks;
        return wire;
    }

    public static Order FromWire(this OrderPb wire) => OrderOf(wire) with { Epoch = wire.Epoch.FromWire() };

    private static Order OrderOf(OrderPb wire) => wire.Start is { } start
        ? new Order.Start(wire.Session.FromWire(), start.FromWire(), wire.Token.FromWire())
        : new Order.Stop(wire.Session.FromWire(), ResourceId.Parse(wire.Id), wire.Token.FromWire())
        {
            Within = TimeMapping.Duration(wire.HasStopWithinTicks, wire.StopWithinTicks),
        };

    public static FormationQuestionPb ToWire(this FormationQuestion m) =>
        new() { Node = m.Node.Value, Incarnation = m.Incarnation, Electorate = m.Electorate?.ToWire() };

    public static FormationQuestion FromWire(this FormationQuestionPb m) =>
        new(ModelMapping.Node(m.Node), m.Incarnation) { Electorate = m.Electorate?.FromWire() };

    public static FormationAnswerPb ToWire(this FormationAnswer m)
    {
        var wire = new FormationAnswerPb
        {
            Node = m.Node.Value,
            Incarnation = m.Incarnation,
            Standing = (int)m.Standing,
            Generation = m.Generation,
            Electorate = m.Electorate?.ToWire(),
        };
        foreach (var (key, value) in m.Agreement.Values)
            wire.Settings.Add(key, value);
        return wire;
    }

    public static FormationAnswer FromWire(this FormationAnswerPb m) =>
        new(ModelMapping.Node(m.Node), m.Incarnation, ModelMapping.Enum<FormationStanding>(m.Standing), m.Generation)
        {
            Electorate = m.Electorate?.FromWire(),
            Agreement = new Agreement(m.Settings.ToImmutableSortedDictionary(StringComparer.Ordinal)),
        };

    public static PromiseRequestPb ToWire(this PromiseRequest m) => new()
    {
        Node = m.Node.Value,
        Incarnation = m.Incarnation,
        Round = m.Round,
        Generation = m.Version.Generation,
        Index = m.Version.Index,
    };

    public static PromiseRequest FromWire(this PromiseRequestPb m) =>
        new(ModelMapping.Node(m.Node), m.Incarnation, m.Round, new ConfigurationVersion(m.Generation, m.Index));

    public static PromiseAnswerPb ToWire(this PromiseAnswer m) => new() { Node = m.Node.Value, Round = m.Round, Granted = m.Granted };

    public static PromiseAnswer FromWire(this PromiseAnswerPb m) => new(ModelMapping.Node(m.Node), m.Round, m.Granted);
}
