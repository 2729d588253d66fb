using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Audit;

/// <summary>
/// Records that several nodes run one guest, asked again: the copy of the newest order stays, every other one is ordered to stop, and the
/// resource waits in error for an operator.
/// </summary>
/// <param name="Id">The resource.</param>
/// <param name="Copies">The sessions that say that it lives there.</param>
public sealed record DeclareSplit(ResourceId Id, ImmutableList<Session> Copies) : LogCommand;
