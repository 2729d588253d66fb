using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Maintenance;

/// <summary>Takes a node into maintenance, or out of it: what runs there is moved away within the rules, and nothing new is placed there.</summary>
/// <param name="Node">The node.</param>
/// <param name="Enable">True to begin, false to end.</param>
public sealed record SetMaintenance(NodeName Node, bool Enable) : LogCommand;

/// <summary>Announces that a node is about to go away on purpose: its guests are frozen, failed over or moved, by the shutdown policy.</summary>
/// <param name="Node">The node.</param>
/// <param name="Kind">How it goes.</param>
public sealed record BeginLeave(NodeName Node, LeaveKind Kind) : LogCommand;

/// <summary>Takes the announcement back: the node stays.</summary>
/// <param name="Node">The node.</param>
public sealed record CancelLeave(NodeName Node) : LogCommand;

/// <summary>Sets what becomes of the guests of nodes that go away on purpose.</summary>
/// <param name="Policy">The policy, from the next announcement on.</param>
public sealed record SetShutdownPolicy(ShutdownPolicy Policy) : LogCommand;

/// <summary>A frozen resource may run again: its node is back, or is not waited for any longer.</summary>
/// <param name="Id">The resource.</param>
public sealed record Thaw(ResourceId Id) : LogCommand;

/// <summary>A resource that was moved out of the way of a maintenance gives up to return.</summary>
/// <param name="Id">The resource.</param>
public sealed record ForgetReturn(ResourceId Id) : LogCommand;

/// <summary>Ends the quarantine of a node that failed too often: guests are placed there again.</summary>
/// <param name="Node">The node.</param>
public sealed record ReleaseNode(NodeName Node) : LogCommand;

/// <summary>
/// Disarms the whole cluster, for work on what it is connected by, or arms it again. A disarmed CRM watches and answers, but loses, fences,
/// starts, stops and moves nothing.
/// </summary>
/// <param name="Armed">True to arm.</param>
/// <param name="Why">Why, for people.</param>
public sealed record SetArmed(bool Armed, string Why) : LogCommand;
