using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;

namespace AkkaHa.Cluster.Fencing;

/// <summary>The fence attempts that are open now: what is not among them any more is given up.</summary>
/// <param name="Open">The committed, open attempts.</param>
/// <param name="Epoch">The epoch of the CRM that asks.</param>
/// <param name="Until">Until when, on the monotonic clock, that CRM has authority: a device is not asked later.</param>
public sealed record PursueFences(ImmutableList<FenceOrder> Open, Epoch Epoch, TimeSpan Until);

/// <summary>A fence attempt reached a proof; the CRM commits it.</summary>
/// <param name="Proof">The proof.</param>
public sealed record FenceProven(Proof Proof);

/// <summary>How a fence attempt stands, for people.</summary>
/// <param name="Node">The node.</param>
/// <param name="Text">What is tried, or why it failed and when it is tried again.</param>
public sealed record FenceProgress(NodeName Node, string Text);

/// <summary>
/// The CRM has authority now: a fence actor that is due may begin its next level. Without it no device is asked, so a CRM that lost its
/// majority fences nothing more (S2).
/// </summary>
/// <param name="Until">Until when it holds, on the monotonic clock.</param>
internal sealed record Proceed(TimeSpan Until);
