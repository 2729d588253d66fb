using AkkaHa.Core.Leases;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Protocol.Wire;

/// <summary>Leases and the self-fence bound between the core and the wire.</summary>
internal static class LeaseMapping
{
    public static IReadOnlyList<Codec> Codecs { get; } =
    [
        Codec.Of<LeaseRequest, LeaseRequestPb>(
            "lease.ask", m => new LeaseRequestPb { Boot = m.Boot.ToWire(), Number = m.Number }, LeaseRequestPb.Parser, w => new LeaseRequest(w.Boot.FromWire(), w.Number)),
        Codec.Of<LeaseAnswer, LeaseAnswerPb>("lease.answer", ToWire, LeaseAnswerPb.Parser, FromWire),
        Codec.Of<BoundQuestion, BoundQuestionPb>("bound.ask", ToWire, BoundQuestionPb.Parser, FromWire),
        Codec.Of<BoundAnswer, BoundAnswerPb>("bound.answer", ToWire, BoundAnswerPb.Parser, FromWire),
    ];

    public static LeaseTermsPb ToWire(this LeaseTerms terms) =>
        new() { NodeTtlTicks = terms.NodeTtl.Ticks, WatchdogTimeoutTicks = terms.WatchdogTimeout.Ticks, Armed = terms.IsArmed };

    public static LeaseTerms FromWire(this LeaseTermsPb? wire) => wire is null
        ? LeaseTerms.None
        : new LeaseTerms(TimeSpan.FromTicks(wire.NodeTtlTicks), TimeSpan.FromTicks(wire.WatchdogTimeoutTicks), wire.Armed);

    private static LeaseAnswerPb ToWire(LeaseAnswer m) => new()
    {
        From = m.From.ToWire(),
        Boot = m.Boot.ToWire(),
        Number = m.Number,
        Refusal = (int)m.Refusal,
        Configuration = m.Configuration?.ToWire(),
        Promised = m.Promised.ToWire(),
    };

    private static LeaseAnswer FromWire(LeaseAnswerPb w) => new(
        w.From.FromWire(), w.Boot.FromWire(), w.Number, ModelMapping.Enum<LeaseRefusal>(w.Refusal), w.Configuration?.FromWire(), w.Promised.FromWire());

    private static BoundQuestionPb ToWire(BoundQuestion m) => new()
    {
        Boot = m.Boot.ToWire(),
        DenialIndex = m.DenialIndex,
        Configuration = new ConfigurationVersionPb { Generation = m.Configuration.Generation, Index = m.Configuration.Index },
        Epoch = m.Epoch.ToWire(),
    };

    private static BoundQuestion FromWire(BoundQuestionPb? w) => w?.Configuration is null
        ? throw ModelMapping.Missing("question")
        : new BoundQuestion(w.Boot.FromWire(), w.DenialIndex, new ConfigurationVersion(w.Configuration.Generation, w.Configuration.Index), w.Epoch.FromWire());

    private static BoundAnswerPb ToWire(BoundAnswer m)
    {
        var wire = new BoundAnswerPb { From = m.From.ToWire(), Question = ToWire(m.Question) };
        if (m.Remaining is { } remaining)
            wire.RemainingTicks = remaining.Ticks;
        if (m.Reason is not null)
            wire.Reason = m.Reason;
        return wire;
    }

    private static BoundAnswer FromWire(BoundAnswerPb w) => new(
        w.From.FromWire(), FromWire(w.Question), TimeMapping.Duration(w.HasRemainingTicks, w.RemainingTicks), w.HasReason ? w.Reason : null);

    private static VoterIdentityPb ToWire(this VoterIdentity voter) =>
        new() { Node = voter.Node.Value, Replica = voter.Replica.ToWire(), StartCounter = voter.StartCounter };

    private static VoterIdentity FromWire(this VoterIdentityPb? wire) => wire is null
        ? throw ModelMapping.Missing("voter")
        : new VoterIdentity(ModelMapping.Node(wire.Node), ModelMapping.Uuid(wire.Replica), wire.StartCounter);
}
