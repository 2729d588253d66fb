using System.Collections.Immutable;
using AkkaHa.Core.Downing;

namespace AkkaHa.Protocol.Downing;

/// <summary>From resolver to resolver: a member's own report, and while links are cut those of others that it knows.</summary>
/// <param name="Reports">The reports, dated by their age at sending.</param>
public sealed record MemberReports(ImmutableList<DatedReport> Reports);
