using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.StateLog;

/// <summary>Entry 0 of every log: the cluster comes into being with these voters, as generation 1.</summary>
/// <param name="ClusterId">The new cluster's id.</param>
/// <param name="Voters">Who votes; a voter that had not answered when an operator forced the genesis has the empty UUID, and learns until it is replaced.</param>
public sealed record Genesis(Guid ClusterId, ImmutableSortedDictionary<NodeName, Voter> Voters) : LogCommand
{
    /// <inheritdoc />
    public override string Describe() => $"Genesis {{{string.Join(' ', Voters.Keys)}}}";
}

/// <summary>Other voters, in force from the append of this entry on. Validated by <see cref="ConfigurationChange"/>.</summary>
/// <param name="Generation">The configuration's generation: that of the one before, or one more where an operator forced new expected votes.</param>
/// <param name="Voters">All voters from now on.</param>
public sealed record SetConfiguration(long Generation, ImmutableSortedDictionary<NodeName, Voter> Voters) : LogCommand
{
    /// <inheritdoc />
    public override string Describe() => FormattableString.Invariant($"SetConfiguration g{Generation} {{{string.Join(' ', Voters.Keys)}}}");
}

/// <summary>Changes nothing: the first entry of an epoch, whose commit carries the adopted tail with it.</summary>
public sealed record NoOp : LogCommand;
