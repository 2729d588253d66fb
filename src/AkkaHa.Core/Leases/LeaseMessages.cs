using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.Leases;

/// <summary>A node asks a voter for a lease.</summary>
/// <param name="Boot">The boot that asks.</param>
/// <param name="Number">Names the round: never used for another one in this boot.</param>
public sealed record LeaseRequest(Boot Boot, long Number);

/// <summary>Why a voter does not grant.</summary>
public enum LeaseRefusal
{
    /// <summary>It grants.</summary>
    None,

    /// <summary>It has not recovered its log yet, or has no vote by it.</summary>
    NoVote,

    /// <summary>Its log knows of no admission of this boot, or admits another boot of the node.</summary>
    NotAdmitted,

    /// <summary>Its log denies the boot.</summary>
    Denied,

    /// <summary>It has granted a later request of this boot already.</summary>
    Late,
}

/// <summary>Who a voter is, as an answer says it: only one that a configuration names this way counts.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Replica">The UUID of its replica.</param>
/// <param name="StartCounter">How often that was started.</param>
public readonly record struct VoterIdentity(NodeName Node, Guid Replica, long StartCounter)
{
    /// <summary>Whether the configuration counts on this very replica.</summary>
    public bool VotesIn(Configuration configuration) => configuration.Names(Node, Replica, StartCounter);
}

/// <summary>A voter's answer to a <see cref="LeaseRequest"/>.</summary>
/// <param name="From">Who answers.</param>
/// <param name="Boot">The boot that asked.</param>
/// <param name="Number">The request that is answered.</param>
/// <param name="Refusal">Why it does not grant; <see cref="LeaseRefusal.None"/> if it grants.</param>
/// <param name="Configuration">The newest configuration that it knows; null if it has no vote.</param>
/// <param name="Promised">The highest epoch that it promised: an order of an older one is void.</param>
public sealed record LeaseAnswer(
    VoterIdentity From, Boot Boot, long Number, LeaseRefusal Refusal, Configuration? Configuration, Epoch Promised)
{
    /// <summary>Whether it grants.</summary>
    public bool IsGranted => Refusal == LeaseRefusal.None;
}

/// <summary>The acting CRM asks a voter whether a denied boot must be dead by now.</summary>
/// <param name="Boot">The boot.</param>
/// <param name="DenialIndex">The committed denial that the proof would name.</param>
/// <param name="Configuration">The newest configuration in the CRM's log.</param>
/// <param name="Epoch">
/// The CRM's epoch. Only a voter that has promised it may answer: another one may still take a re-admission from a deposed CRM afterwards, and grant.
/// </param>
public sealed record BoundQuestion(Boot Boot, long DenialIndex, ConfigurationVersion Configuration, Epoch Epoch);

/// <summary>A voter's answer to a <see cref="BoundQuestion"/>.</summary>
/// <param name="From">Who answers.</param>
/// <param name="Question">What it was asked.</param>
/// <param name="Remaining">How long the bound still lasts on its own clock; zero once it has passed, null if it can tell nothing.</param>
/// <param name="Reason">Why it can tell nothing; null where it can.</param>
public sealed record BoundAnswer(VoterIdentity From, BoundQuestion Question, TimeSpan? Remaining, string? Reason);
