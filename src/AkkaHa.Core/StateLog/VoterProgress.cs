using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.StateLog;

/// <summary>What a leader knows of one voter.</summary>
/// <param name="Voter">The voter as the newest configuration names it.</param>
/// <param name="Next">The next entry to send it.</param>
public sealed record VoterProgress(Voter Voter, long Next)
{
    /// <summary>Up to where its log agrees with the leader's, on disk; -1 until it has said so.</summary>
    public long Match { get; init; } = -1;

    /// <summary>The leader's round when that was heard: what was asked after it must agree up to there.</summary>
    public long MatchedAtRound { get; init; }

    /// <summary>Whether the leader still looks for the place where the logs agree, and sends one message at a time.</summary>
    public bool Probing { get; init; } = true;

    /// <summary>The newest round it answered; 0 for none.</summary>
    public long AnsweredRound { get; init; }

    /// <summary>When it was last sent entries or a probe; null for never.</summary>
    public TimeSpan? SentAt { get; init; }

    /// <summary>When it was last heard of; null for never in this epoch.</summary>
    public TimeSpan? HeardAt { get; init; }

    /// <summary>How long to wait for its answer before sending again.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>Why it does not count, if it does not: its acknowledgements and rounds are nobody's.</summary>
    public LearnerFound? Learner { get; init; }

    /// <summary>One phrase for people.</summary>
    public string Describe() => Learner is { } learner
        ? $"{Voter.Node} learner: {learner.Reason.Describe()}"
        : FormattableString.Invariant($"{Voter.Node} match {Match} next {Next}{(Probing ? " probing" : "")} round {AnsweredRound}");
}
