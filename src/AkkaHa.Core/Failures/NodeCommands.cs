using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Failures;

/// <summary>
/// Admits a boot: from here on it may run guests. It proves every earlier boot of the node dead, lifts a denial of this one, and takes what
/// the report says runs there into may-run.
/// </summary>
/// <param name="Report">The node's full report, fresh for this admission.</param>
public sealed record AdmitBoot(NodeReport Report) : LogCommand;

/// <summary>Opens a new daemon session of the admitted boot; orders to older sessions are refused by the node from then on.</summary>
/// <param name="Report">The session's full report.</param>
public sealed record OpenSession(NodeReport Report) : LogCommand;

/// <summary>
/// Takes the admitted boot of a node for lost and denies it: no lease is granted to it any more, and what it ran waits for a proof.
/// </summary>
/// <param name="Boot">The boot that is lost.</param>
/// <param name="Reason">What was seen, as a sentence.</param>
public sealed record LoseNode(Boot Boot, string Reason) : LogCommand
{
    /// <summary>When, by the CRM's wall clock.</summary>
    public DateTimeOffset At { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Whether it failed so often that it is quarantined.</summary>
    public bool Quarantines { get; init; }

    /// <summary>Whether its fencing begins with this entry: for a node that is a member still, and would be admitted again before.</summary>
    public bool Fences { get; init; }
}

/// <summary>A guest on the node cannot be stopped, and its resource has it fenced for that: its other guests are moved away first.</summary>
/// <param name="Id">The guest's resource.</param>
/// <param name="Session">The session that could not stop it.</param>
/// <param name="Reason">The node's words.</param>
/// <param name="At">When, by the CRM's wall clock.</param>
public sealed record CondemnNode(ResourceId Id, Session Session, string Reason, DateTimeOffset At) : LogCommand;

/// <summary>The guest that the node was to be fenced for has ended after all.</summary>
/// <param name="Node">The node.</param>
public sealed record PardonNode(NodeName Node) : LogCommand;

/// <summary>
/// The node leaves cleanly: its session runs nothing, refuses every order from now on, and lets its lease go. What it may have run may run elsewhere.
/// </summary>
/// <param name="Report">The session's last full report.</param>
public sealed record LeaveNode(NodeReport Report) : LogCommand;

/// <summary>
/// Records a boot's answer that its guests go by its lease again after the cluster was disarmed: time may prove it dead from here on.
/// </summary>
/// <param name="Session">The session that answered.</param>
/// <param name="ArmedAt">The entry with which it was told; it follows no earlier disarming any more.</param>
public sealed record RearmBoot(Session Session, long ArmedAt) : LogCommand;

/// <summary>Records for people what went against an expectation, once.</summary>
/// <param name="Subject">The node or resource it is about.</param>
/// <param name="Text">What happened and what can be done, as a sentence.</param>
public sealed record RecordIncident(string Subject, string Text) : LogCommand;

/// <summary>Starts a fence attempt; no device is asked before this is committed.</summary>
/// <param name="Boot">The lost boot.</param>
public sealed record StartFence(Boot Boot) : LogCommand;

/// <summary>An operator's word that the devices of a lost node may be used, though many nodes were lost at once.</summary>
/// <param name="Node">The node.</param>
public sealed record ApproveFencing(NodeName Node) : LogCommand;

/// <summary>Records a proof that a lost boot runs nothing any more; its guests may run elsewhere.</summary>
/// <param name="Proof">The proof; it must name the denial in force.</param>
public sealed record ProveBoot(Proof Proof) : LogCommand;
