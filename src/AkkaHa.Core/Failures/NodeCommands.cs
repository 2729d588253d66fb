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
}

/// <summary>
/// The node leaves cleanly: its session runs nothing, refuses every order from now on, and lets its lease go. What it may have run may run elsewhere.
/// </summary>
/// <param name="Report">The session's last full report.</param>
public sealed record LeaveNode(NodeReport Report) : LogCommand;

/// <summary>Records for people what went against an expectation, once.</summary>
/// <param name="Subject">The node or resource it is about.</param>
/// <param name="Text">What happened and what can be done, as a sentence.</param>
public sealed record RecordIncident(string Subject, string Text) : LogCommand;

/// <summary>Starts a fence attempt; no device is asked before this is committed.</summary>
/// <param name="Boot">The lost boot.</param>
public sealed record StartFence(Boot Boot) : LogCommand;

/// <summary>Records a proof that a lost boot runs nothing any more; its guests may run elsewhere.</summary>
/// <param name="Proof">The proof; it must name the denial in force.</param>
public sealed record ProveBoot(Proof Proof) : LogCommand;
