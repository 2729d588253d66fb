using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.Leases;

/// <summary>A denied boot whose death the passing of time can prove.</summary>
/// <param name="Boot">The boot.</param>
/// <param name="DenialIndex">The committed denial.</param>
/// <param name="Terms">The terms that it was admitted on.</param>
public sealed record BoundCase(Boot Boot, long DenialIndex, LeaseTerms Terms);

/// <summary>
/// Collects the self-fence bound as a proof: a majority of the voters under the newest configuration say that they hold the committed denial
/// and that the bound has passed on their own clocks. Majorities share a voter, so one of them gave or refused the boot's last lease.
/// </summary>
/// <param name="Case">The boot.</param>
/// <param name="Configuration">The newest configuration in the CRM's log.</param>
/// <param name="Epoch">The epoch of the CRM: answers to an earlier one of its epochs count for nothing.</param>
public sealed record BoundProof(BoundCase Case, Configuration Configuration, Epoch Epoch)
{
    private ImmutableSortedDictionary<NodeName, BoundAnswer> Answers { get; init; } = ImmutableSortedDictionary<NodeName, BoundAnswer>.Empty;

    /// <summary>What to ask every voter.</summary>
    public BoundQuestion Question => new(Case.Boot, Case.DenialIndex, Configuration.Version, Epoch);

    /// <summary>Whether the boot is proven dead.</summary>
    public bool IsProven => Configuration.IsMajority(Answers.Values.Where(a => a.Remaining == TimeSpan.Zero).Select(a => a.From.Node));

    /// <summary>A voter answered.</summary>
    public BoundProof Hear(BoundAnswer answer) =>
        answer.Question == Question && answer.From.VotesIn(Configuration) ? this with { Answers = Answers.SetItem(answer.From.Node, answer) } : this;

    /// <summary>The proof for the log.</summary>
    public Proof Proof => new(Case.Boot, ProofKind.Bound, "the self-fence bound", Case.DenialIndex);

    /// <summary>What is waited for, for people.</summary>
    public string Describe()
    {
        var remaining = Answers.Values.Where(a => a.Remaining is not null).Select(a => a.Remaining!.Value).Order().ToList();
        if (remaining.Count >= Configuration.Majority)
        {
            return FormattableString.Invariant(
                $"its watchdog must have fired in {remaining[Configuration.Majority - 1].TotalSeconds:0} s at the latest (self-fence bound)");
        }

        var reasons = Answers.Values.Select(a => a.Reason).OfType<string>().ToList();
        return FormattableString.Invariant($"{remaining.Count} of {Configuration.Majority} voters count its self-fence bound")
            + (reasons.Count > 0 ? $": {string.Join("; ", reasons)}" : "");
    }
}
