using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Protocol.Operator;

/// <summary>Asks a node to read the power of nodes through its fence devices. Changes nothing.</summary>
/// <param name="Node">Only the devices of this node; null for those of all nodes.</param>
/// <param name="Device">Only this device; null for all.</param>
public sealed record FenceTestRequest(NodeName? Node, string? Device);

/// <summary>What one device read of one node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Level">The device's fence level there, from 1.</param>
/// <param name="Device">The device.</param>
/// <param name="Kind">Its type in the configuration.</param>
/// <param name="ProvesOff">Whether a state of off that it reads back is a proof.</param>
/// <param name="Power"><c>on</c>, <c>off</c> or <c>unknown</c>.</param>
/// <param name="Works">Whether it would be of use now: nothing is wrong with its configuration, and a device that reads power read it.</param>
/// <param name="Detail">What was read, or what is wrong, as sentences.</param>
public sealed record FenceTestResult(NodeName Node, int Level, string Device, string Kind, bool ProvesOff, string Power, bool Works, string Detail);

/// <summary>The results, by node and level.</summary>
/// <param name="TestedBy">The node that asked its devices.</param>
/// <param name="Results">One entry for each device of each node.</param>
public sealed record FenceTestReport(NodeName TestedBy, ImmutableList<FenceTestResult> Results);
