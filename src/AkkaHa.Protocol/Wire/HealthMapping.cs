using AkkaHa.Core.Health;
using AkkaHa.Core.Model;
using AkkaHa.Protocol.Lrm;

namespace AkkaHa.Protocol.Wire;

/// <summary>Health checks of guests, between the core and the wire.</summary>
internal static class HealthMapping
{
    public static IReadOnlyList<Codec> Codecs { get; } =
    [
        Codec.Of<GuestChecks, GuestChecksPb>("lrm.checks", ToWire, GuestChecksPb.Parser, w => new GuestChecks(
            w.Session.FromWire(), System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(
                w.Checks.Select(c => KeyValuePair.Create(ResourceId.Parse(c.Id), c.Check.FromWire() ?? throw ModelMapping.Missing("health check")))))),
    ];

    public static HealthCheckPb? ToWire(this HealthCheck? check) => check is null ? null : new HealthCheckPb
    {
        Kind = (int)check.Kind,
        Target = check.Target,
        IntervalTicks = check.Interval.Ticks,
        TimeoutTicks = check.Timeout.Ticks,
        GraceTicks = check.Grace.Ticks,
        Failures = check.Failures,
        Resets = check.Resets,
        WindowTicks = check.Window.Ticks,
    };

    public static HealthCheck? FromWire(this HealthCheckPb? wire) => wire is null ? null : new HealthCheck(ModelMapping.Enum<HealthKind>(wire.Kind), wire.Target)
    {
        Interval = TimeSpan.FromTicks(wire.IntervalTicks),
        Timeout = TimeSpan.FromTicks(wire.TimeoutTicks),
        Grace = TimeSpan.FromTicks(wire.GraceTicks),
        Failures = wire.Failures,
        Resets = wire.Resets,
        Window = TimeSpan.FromTicks(wire.WindowTicks),
    };

    private static GuestChecksPb ToWire(GuestChecks checks) => new()
    {
        Session = checks.Session.ToWire(),
        Checks = { checks.Checks.Select(c => new GuestCheckPb { Id = c.Key.ToString(), Check = c.Value.ToWire() }) },
    };
}
