using System.Collections.Immutable;
using AkkaHa.Core.Downing;
using AkkaHa.Core.Quorum;
using AkkaHa.Protocol.Downing;

namespace AkkaHa.Protocol.Wire;

/// <summary>The messages of the split-brain resolver between the core and the wire. Names stand in tables: they repeat with every report.</summary>
internal static class DowningMapping
{
    public static MemberReportsPb ToWire(this MemberReports m)
    {
        var members = m.Reports.SelectMany(r => r.Report.Hears.Add(r.Report.From)).ToImmutableSortedSet();
        var electorates = m.Reports.Select(r => r.Report.Electorate).Distinct().ToList();
        var wire = new MemberReportsPb();
        wire.Members.AddRange(members.Select(ToWire));
        wire.Electorates.AddRange(electorates.Select(ToWire));
        foreach (var (report, age) in m.Reports)
        {
            var one = new HearingReportPb
            {
                From = (uint)members.IndexOf(report.From),
                Sequence = report.Sequence,
                AgeMicros = age.Ticks / TimeSpan.TicksPerMicrosecond,
                Votes = report.Votes,
                Electorate = (uint)electorates.IndexOf(report.Electorate),
            };
            one.Hears.AddRange(report.Hears.Select(p => (uint)members.IndexOf(p)));
            wire.Reports.Add(one);
        }

        return wire;
    }

    public static MemberReports FromWire(this MemberReportsPb m)
    {
        var members = m.Members.Select(FromWire).ToArray();
        var electorates = m.Electorates.Select(FromWire).ToArray();
        return new MemberReports(
        [
            .. m.Reports.Select(r => new DatedReport(
                new HearingReport(At(members, r.From), r.Sequence, [.. r.Hears.Select(h => At(members, h))], r.Votes, At(electorates, r.Electorate)),
                TimeSpan.FromMicroseconds(r.AgeMicros))),
        ]);
    }

    public static SetProposalPb ToWire(this SetProposal m)
    {
        var wire = new SetProposalPb { From = m.From.ToWire(), Round = m.Round, Generation = m.Version.Generation, Index = m.Version.Index };
        wire.Set.AddRange(m.Set.Select(ToWire));
        return wire;
    }

    public static SetProposal FromWire(this SetProposalPb m) =>
        new(m.From.FromWire(), m.Round, [.. m.Set.Select(p => p.FromWire())], new ConfigurationVersion(m.Generation, m.Index));

    public static SetAnswerPb ToWire(this SetAnswer m)
    {
        var wire = new SetAnswerPb { From = m.From.ToWire(), Round = m.Round };
        if (m.Refusal is { } refusal)
            wire.Refusal = refusal;
        return wire;
    }

    public static SetAnswer FromWire(this SetAnswerPb m) => new(m.From.FromWire(), m.Round, m.HasRefusal ? m.Refusal : null);

    public static ElectoratePb ToWire(this Electorate electorate)
    {
        var wire = new ElectoratePb { Generation = electorate.Version.Generation, Index = electorate.Version.Index };
        wire.Voters.AddRange(electorate.Voters.Select(v => v.Value));
        return wire;
    }

    public static Electorate FromWire(this ElectoratePb? wire) => wire is null || wire.Voters.Count is 0 or > Configuration.MaxVoters
        ? throw ModelMapping.Missing("electorate")
        : new Electorate(new ConfigurationVersion(wire.Generation, wire.Index), [.. wire.Voters.Select(ModelMapping.Node)]);

    private static PeerPb ToWire(this Peer peer) => new() { Node = peer.Node.Value, Incarnation = peer.Incarnation };

    private static Peer FromWire(this PeerPb? wire) => wire is null ? throw ModelMapping.Missing("member") : new Peer(ModelMapping.Node(wire.Node), wire.Incarnation);

    private static T At<T>(T[] table, uint place) =>
        place < table.Length ? table[place] : throw new FormatException(FormattableString.Invariant($"the message names entry {place} of a table of {table.Length}"));
}
