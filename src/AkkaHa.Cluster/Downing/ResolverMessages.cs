using Akka.Actor;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Cluster.Downing;

/// <summary>Asks how the split-brain resolver of this node stands.</summary>
public sealed record ResolverStatusRequest : INoSerializationVerificationNeeded
{
    /// <summary>The one request.</summary>
    public static ResolverStatusRequest Instance { get; } = new();
}

/// <summary>How the resolver stands.</summary>
/// <param name="Electorate">The newest voters that any member reports.</param>
/// <param name="Verdict">What it made of its last look, as a phrase.</param>
public sealed record ResolverStatus(Electorate? Electorate, string Verdict) : INoSerializationVerificationNeeded;

/// <summary>The resolver of this node says to its door where it is.</summary>
internal sealed record ResolverHere(IActorRef Resolver) : INoSerializationVerificationNeeded;
