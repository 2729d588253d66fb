using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;

namespace AkkaHa.Protocol.Wire;

/// <summary>Migrations and the orders to their two nodes, between the core and the wire.</summary>
internal static class MoveMapping
{
    public static IReadOnlyList<Codec> Orders { get; } =
    [
        Order<Order.Receive>("lrm.receive", m => m.Definition, null, w => new Order.Receive(w.Session.FromWire(), w.Definition.FromWire(), w.Token.FromWire())),
        Order<Order.Send>("lrm.send", null, m => m.Address, w => new Order.Send(w.Session.FromWire(), ResourceId.Parse(w.Id), w.Token.FromWire(), w.Address)),
        Order<Order.Complete>("lrm.complete", null, null, w => new Order.Complete(w.Session.FromWire(), ResourceId.Parse(w.Id), w.Token.FromWire())),
        Order<Order.Continue>("lrm.continue", m => m.Definition, null, w => new Order.Continue(w.Session.FromWire(), w.Definition.FromWire(), w.Token.FromWire())),
        Order<Order.Resume>("lrm.resume", null, null, w => new Order.Resume(w.Session.FromWire(), ResourceId.Parse(w.Id), w.Token.FromWire())),
        Order<Order.Attest>("lrm.attest", null, null, w => new Order.Attest(w.Session.FromWire(), ResourceId.Parse(w.Id), w.Token.FromWire())),
    ];

    public static MigrationPb ToWire(this Migration migration) => new()
    {
        Source = migration.Source.ToWire(),
        Target = migration.Target.ToWire(),
        Phase = (int)migration.Phase,
        Why = migration.Why,
    };

    public static Migration FromWire(this MigrationPb wire) =>
        new(wire.Source.FromWire(), wire.Target.FromWire(), ModelMapping.Enum<MigrationPhase>(wire.Phase), wire.Why);

    private static Codec Order<T>(string manifest, Func<T, ResourceDefinition>? definition, Func<T, string>? address, Func<MoveOrderPb, T> read)
        where T : Order => Codec.Of(
            manifest,
            (T m) => new MoveOrderPb
            {
                Session = m.Session.ToWire(),
                Token = m.Token.ToWire(),
                Id = m.Id.ToString(),
                Definition = definition?.Invoke(m).ToWire(),
                Address = address?.Invoke(m) ?? "",
                Epoch = m.Epoch.ToWire(),
            },
            MoveOrderPb.Parser,
            w => read(w) with { Epoch = w.Epoch.FromWire() });
}
