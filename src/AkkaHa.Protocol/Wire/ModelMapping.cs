using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using Google.Protobuf;

namespace AkkaHa.Protocol.Wire;

/// <summary>Ids and values between the core and the wire. What does not parse throws <see cref="FormatException"/> and the message is dropped.</summary>
internal static class ModelMapping
{
    public static BootPb ToWire(this Boot boot) => new() { Node = boot.Node.Value, Id = boot.Id.Value };

    public static Boot FromWire(this BootPb? wire) => wire is null ? throw Missing("boot") : new Boot(Node(wire.Node), new BootId(wire.Id));

    public static SessionPb ToWire(this Session session) => new() { Boot = session.Boot.ToWire(), StartedAtNanos = session.StartedAtNanos };

    public static Session FromWire(this SessionPb? wire) =>
        wire is null ? throw Missing("session") : new Session(wire.Boot.FromWire(), wire.StartedAtNanos);

    public static EpochPb ToWire(this Epoch epoch) => new() { Number = epoch.Number, Node = epoch.Node.Value, ProcessUid = epoch.ProcessUid };

    public static Epoch FromWire(this EpochPb? wire) =>
        wire is null ? throw Missing("epoch")
        : wire.Node.Length == 0 ? Epoch.None
        : new Epoch(wire.Number, Node(wire.Node), wire.ProcessUid);

    public static TokenPb ToWire(this Token token) => new() { Epoch = token.Epoch.ToWire(), Index = token.Index };

    public static Token FromWire(this TokenPb? wire) => wire is null ? throw Missing("token") : new Token(wire.Epoch.FromWire(), wire.Index);

    public static VoterPb ToWire(this Voter voter) =>
        new() { Node = voter.Node.Value, Replica = voter.Replica.ToWire(), StartCounter = voter.StartCounter };

    public static Voter FromWire(this VoterPb wire) => new(Node(wire.Node), Uuid(wire.Replica), wire.StartCounter);

    public static ConfigurationPb ToWire(this Configuration configuration)
    {
        var wire = new ConfigurationPb
        {
            Generation = configuration.Generation,
            Index = configuration.Index,
            ClusterId = configuration.ClusterId.ToWire(),
        };
        wire.Voters.AddRange(configuration.Voters.Values.Select(ToWire));
        return wire;
    }

    public static Configuration FromWire(this ConfigurationPb? wire) =>
        wire is null
            ? throw Missing("configuration")
            : new Configuration(wire.Generation, wire.Index, wire.Voters.FromWire()) { ClusterId = Uuid(wire.ClusterId) };

    public static ImmutableSortedDictionary<NodeName, Voter> FromWire(this IEnumerable<VoterPb> wire) =>
        wire.Select(FromWire).ToImmutableSortedDictionary(v => v.Node, v => v);

    public static ResourceDefinitionPb ToWire(this ResourceDefinition definition)
    {
        var wire = new ResourceDefinitionPb
        {
            Id = definition.Id.ToString(),
            Uuid = definition.Uuid.ToWire(),
            Name = definition.Name,
            MemoryMib = definition.MemoryMib,
            Cpus = definition.Cpus,
            MaxRestart = definition.MaxRestart,
            MaxRelocate = definition.MaxRelocate,
            Group = definition.Group?.Value ?? "",
            StartDelayTicks = definition.StartDelay.Ticks,
            ReadinessTimeoutTicks = definition.ReadinessTimeout.Ticks,
            OnStopFailure = (int)definition.OnStopFailure,
            OnStorageFailure = (int)definition.OnStorageFailure,
            Health = definition.Health.ToWire(),
        };
        if (definition.Failback is { } failback)
            wire.Failback = failback;
        if (definition.BootOrder is { } order)
            wire.BootOrder = order;
        if (definition.Rto is { } rto)
            wire.RtoTicks = rto.Ticks;
        wire.After.AddRange(definition.After.Select(a => a.ToString()));
        wire.Disks.AddRange(definition.Disks.Select(d => d.ToWire()));
        wire.Hardware = definition.Hardware.ToWire();
        return wire;
    }

    public static ResourceDefinition FromWire(this ResourceDefinitionPb? wire) =>
        wire is null
            ? throw Missing("resource definition")
            : new ResourceDefinition(ResourceId.Parse(wire.Id), Uuid(wire.Uuid), wire.Name, wire.MemoryMib, wire.Cpus,
                [.. wire.Disks.Select(d => d.FromWire())])
            {
                MaxRestart = wire.MaxRestart,
                MaxRelocate = wire.MaxRelocate,
                Group = wire.Group.Length == 0 ? null : new GroupName(wire.Group),
                Failback = wire.HasFailback ? wire.Failback : null,
                BootOrder = wire.HasBootOrder ? wire.BootOrder : null,
                StartDelay = TimeSpan.FromTicks(wire.StartDelayTicks),
                After = [.. wire.After.Select(ResourceId.Parse)],
                ReadinessTimeout = wire.HasReadinessTimeoutTicks ? TimeSpan.FromTicks(wire.ReadinessTimeoutTicks) : TimeSpan.FromMinutes(5),
                Rto = TimeMapping.Duration(wire.HasRtoTicks, wire.RtoTicks),
                OnStopFailure = Enum<StopFailurePolicy>(wire.OnStopFailure),
                Hardware = wire.Hardware.FromWire(),
                OnStorageFailure = Enum<StorageFailurePolicy>(wire.OnStorageFailure),
                Health = wire.Health.FromWire(),
            };

    public static NodeReportPb ToWire(this NodeReport report)
    {
        var wire = new NodeReportPb
        {
            Session = report.Session.ToWire(),
            Identity = report.Identity,
            Sequence = report.Sequence,
            MemoryMib = report.MemoryMib,
            AsOf = report.AsOf,
            Cpus = report.Cpus,
            Terms = report.Terms.ToWire(),
            Leaving = report.IsLeaving,
            Foreign = new ForeignLoadPb { Guests = report.Foreign.Guests, MemoryMib = report.Foreign.MemoryMib, Cpus = report.Foreign.Cpus },
            MigratesLive = report.MigratesLive,
            ArmedAt = report.ArmedAt,
        };
        if (report.LeaseFreeSince is { } disarmed)
            wire.LeaseFreeSince = disarmed;
        wire.Storages.AddRange(report.Storages.Select(s => new StorageReportPb { Name = s.Key, Up = s.Value.IsUp, Local = !s.Value.IsShared, Failed = s.Value.HasFailed }));
        foreach (var guest in report.Guests.Values)
        {
            var entry = new GuestReportPb
            {
                Id = guest.Id.ToString(),
                Uuid = guest.Uuid.ToWire(),
                State = (int)guest.State,
                Token = guest.Token.ToWire(),
                Cause = (int)guest.Cause,
                StartingUp = guest.IsStartingUp,
            };
            if (guest.Reason is not null)
                entry.Reason = guest.Reason;
            if (guest.Address is not null)
                entry.Address = guest.Address;
            wire.Guests.Add(entry);
        }

        return wire;
    }

    public static NodeReport FromWire(this NodeReportPb? wire) =>
        wire is null
            ? throw Missing("report")
            : new NodeReport(wire.Session.FromWire(), wire.Identity, wire.Sequence, wire.MemoryMib,
                wire.Guests.Select(FromWire).ToImmutableSortedDictionary(g => g.Id, g => g))
            {
                AsOf = wire.AsOf,
                Cpus = wire.Cpus,
                Terms = wire.Terms.FromWire(),
                IsLeaving = wire.Leaving,
                Storages = wire.Storages.ToImmutableSortedDictionary(s => s.Name, s => new StorageSight(s.Up, !s.Local, s.Failed), StringComparer.Ordinal),
                Foreign = wire.Foreign is { } foreign ? new ForeignLoad(foreign.Guests, foreign.MemoryMib, foreign.Cpus) : ForeignLoad.None,
                MigratesLive = wire.MigratesLive,
                LeaseFreeSince = wire.HasLeaseFreeSince ? wire.LeaseFreeSince : null,
                ArmedAt = wire.ArmedAt,
            };

    public static ByteString ToWire(this Guid uuid) => ByteString.CopyFrom(uuid.ToByteArray(bigEndian: true));

    public static Guid Uuid(ByteString bytes) =>
        bytes.Length == 16 ? new Guid(bytes.Span, bigEndian: true) : throw new FormatException("a UUID of 16 bytes was expected");

    public static NodeName Node(string text) => new(text);

    public static NodeName? NodeOrNull(string text) => text.Length == 0 ? null : new NodeName(text);

    /// <summary>Reads an enum by number; an unknown number is a message of a newer version and is refused.</summary>
    public static T Enum<T>(int value)
        where T : struct, Enum
    {
        var typed = (T)System.Enum.ToObject(typeof(T), value);
        return System.Enum.IsDefined(typed) ? typed : throw new FormatException($"{value} is no {typeof(T).Name}");
    }

    public static FormatException Missing(string what) => new($"the message lacks its {what}");

    private static GuestReport FromWire(GuestReportPb wire) => new(
        ResourceId.Parse(wire.Id), Uuid(wire.Uuid), Enum<GuestState>(wire.State), wire.Token.FromWire(), wire.HasReason ? wire.Reason : null)
    {
        Cause = Enum<FailureCause>(wire.Cause),
        IsStartingUp = wire.StartingUp,
        Address = wire.HasAddress ? wire.Address : null,
    };
}
