using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Protocol.Formation;

/// <summary>Asks a node where it stands with regard to a cluster; answered with a <see cref="Core.Quorum.FormationAnswer"/>.</summary>
/// <param name="Node">Who asks.</param>
/// <param name="Incarnation">The uid of its actor system.</param>
public sealed record FormationQuestion(NodeName Node, long Incarnation)
{
    /// <summary>The newest voters that it knows; null before genesis.</summary>
    public Electorate? Electorate { get; init; }
}

/// <summary>Asks a voter for its exclusive promise.</summary>
/// <param name="Node">Who asks.</param>
/// <param name="Incarnation">The uid of its actor system.</param>
/// <param name="Round">Names the request.</param>
/// <param name="Version">The configuration that it counts promises under.</param>
public sealed record PromiseRequest(NodeName Node, long Incarnation, long Round, ConfigurationVersion Version);

/// <summary>A voter's answer to a <see cref="PromiseRequest"/>.</summary>
/// <param name="Node">Who answers.</param>
/// <param name="Round">The request.</param>
/// <param name="Granted">Whether the promise is given.</param>
public sealed record PromiseAnswer(NodeName Node, long Round, bool Granted);
