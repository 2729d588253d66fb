using System.Collections.Immutable;
using AkkaHa.Core.Health;
using AkkaHa.Core.Model;

namespace AkkaHa.Protocol.Lrm;

/// <summary>The CRM tells an LRM which of its guests to look after, and how: all of them at once, again and again.</summary>
/// <param name="Session">The session it is for.</param>
/// <param name="Checks">The checks; a guest that is not among them is not looked after.</param>
public sealed record GuestChecks(Session Session, ImmutableSortedDictionary<ResourceId, HealthCheck> Checks);
