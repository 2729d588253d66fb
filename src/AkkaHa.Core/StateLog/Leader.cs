using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;

namespace AkkaHa.Core.StateLog;

/// <summary>
/// What the acting CRM runs to lead the log for one epoch: Preparing → Adopting → Confirming → Leading, and Deposed from anywhere.
/// A value to its users: <see cref="Step"/> gives the next one and leaves this one as it was.
/// </summary>
/// <remarks>
/// It counts no entry of an older epoch as committed: adopted entries are carried by the commit of its own no-op behind them. Times are
/// monotonic and passed in. It keeps the log in memory itself, so that a node without a replica can lead too.
/// </remarks>
public sealed partial class Leader
{
    private readonly CandidateOptions _options;
    private Turn _turn = null!;

    private Leader(CandidateOptions options) => _options = options;

    /// <summary>Its epoch.</summary>
    public Epoch Epoch => _options.Epoch;

    /// <summary>How far it has come.</summary>
    public LeaderPhase Phase { get; private set; }

    /// <summary>Why it is over; null while it is not.</summary>
    public DeposedReason? Deposed { get; private set; }

    /// <summary>Its log: what it has adopted so far, then what it wrote.</summary>
    public EntryLog Log { get; private set; } = EntryLog.Empty;

    /// <summary>Up to where entries are committed; -1 if none is known to be.</summary>
    public long CommitIndex { get; private set; } = -1;

    /// <summary>The configuration it counts under: the newest of its log, or while it prepares the newest it was told of.</summary>
    public Configuration? Configuration => Phase is LeaderPhase.Preparing or LeaderPhase.Adopting ? _known : Log.Configuration;

    /// <summary>Starts a candidate; its first requests ask for promises.</summary>
    /// <param name="options">What it starts with.</param>
    /// <param name="known">The newest configuration its node knows, if any.</param>
    /// <param name="now">The monotonic time.</param>
    public static LeaderStep Start(CandidateOptions options, Configuration? known, TimeSpan now)
    {
        var leader = new Leader(options);
        leader._turn = new Turn(now);
        if (known is not null)
            leader.Hear(options.Epoch.Node, known);
        leader.AskForPromises();
        return leader.EndTurn();
    }

    /// <summary>The leader after one input, and what it sends and says.</summary>
    /// <param name="input">What happened.</param>
    /// <param name="now">The monotonic time; never less than before.</param>
    public LeaderStep Step(LeaderInput input, TimeSpan now)
    {
        var next = (Leader)MemberwiseClone();
        next._turn = new Turn(now);
        if (next.Phase != LeaderPhase.Deposed)
            next.Handle(input);
        else if (input is Propose)
            next.Say(new ProposalRefused(next.IsOver()));
        else if (input is ConfirmRound confirm)
            next.Say(new RoundRefused(confirm.Id, next.IsOver()));
        return next.EndTurn();
    }

    private void Handle(LeaderInput input)
    {
        switch (input)
        {
            case Received { Reply: var reply } when reply.Header.Epoch == Epoch:
                OnReply(reply);
                break;
            case Received:
                break;
            case Propose propose:
                OnPropose(propose.Commands);
                break;
            case ConfirmRound confirm:
                OnConfirmRound(confirm.Id);
                break;
            case Tick:
                OnTick();
                break;
            case ForceGenesis:
                OnForceGenesis();
                break;
            case Compact compact:
                OnCompact(compact);
                break;
            default:
                throw new InvariantViolation($"{input.GetType().Name} is no known input of a leader.");
        }
    }

    private void OnReply(ReplicaReply reply)
    {
        switch (reply)
        {
            case Refused { Why: Refusal.PromisedHigher higher }:
                if (higher.Promised > Epoch)
                    Depose(new DeposedReason.HigherEpoch(reply.Header.From, higher.Promised));
                break;
            case Refused { Why: Refusal.KnowsNewer newer }:
                OnNewerConfiguration(reply.Header.From, newer.Configuration);
                break;
            case Refused { Why: Refusal.NotAVoter learner }:
                OnNotAVoter(reply.Header, learner.Reason);
                break;
            case Promise promise:
                OnPromise(promise);
                break;
            case Fetched fetched:
                OnFetched(fetched);
                break;
            case Appended appended:
                OnAppended(appended);
                break;
            case Mismatch mismatch:
                OnMismatch(mismatch);
                break;
            default:
                throw new InvariantViolation($"{reply.GetType().Name} is no known answer of a replica.");
        }
    }

    private void OnTick()
    {
        switch (Phase)
        {
            case LeaderPhase.Preparing:
                AskAgain();
                break;
            case LeaderPhase.Adopting:
                FetchAgain();
                break;
            case LeaderPhase.Confirming or LeaderPhase.Leading:
                SendAgain();
                break;
            case LeaderPhase.Deposed:
                break;
            default:
                throw new InvariantViolation($"{Phase} is no known phase.");
        }
    }

    private void OnNewerConfiguration(NodeName voter, Configuration configuration)
    {
        if (Phase is LeaderPhase.Preparing or LeaderPhase.Adopting)
        {
            if (Hear(voter, configuration))
                AskForPromises();
        }
        else if (configuration.ClusterId == Log.Configuration!.ClusterId && configuration.Version > Log.Configuration.Version)
        {
            Depose(new DeposedReason.NewerConfiguration(voter, configuration));
        }
    }

    private void OnNotAVoter(ReplyHeader header, LearnerReason reason)
    {
        // A refusal may be late: from before a voter-replace that has given this very replica the vote.
        var isNamed = NamedOn(header.From)?.Replica == header.Replica;
        if (isNamed && !reason.NeedsReset())
            return;
        MarkLearner(new LearnerFound(header.From, header.Replica, header.StartCounter, reason));
    }

    private void MarkLearner(LearnerFound found)
    {
        if (_learners.GetValueOrDefault(found.Node) != found)
            Say(found);
        _learners = _learners.SetItem(found.Node, found);
        _promises = _promises.Remove(found.Node);
        if (_progress.TryGetValue(found.Node, out var progress))
            _progress = _progress.SetItem(found.Node, progress with { Learner = found });
    }

    private string IsOver() => $"epoch {Epoch} is over: {Deposed!.Describe()}";

    private void Depose(DeposedReason reason)
    {
        Deposed = reason;
        Enter(LeaderPhase.Deposed);
        Say(new LeaderDeposed(reason));
    }

    private void Enter(LeaderPhase phase)
    {
        Phase = phase;
        Say(new PhaseChanged(phase));
    }

    private void Send(NodeName to, ReplicaRequest request) => _turn.Send.Add(new OutgoingRequest(to, request));

    private void Say(LeaderOutcome outcome) => _turn.Outcomes.Add(outcome);

    private RequestHeader HeaderFor(NodeName to) => new(Epoch.Node, Epoch, CountedVersion, NamedOn(to));

    private LeaderStep EndTurn()
    {
        var step = new LeaderStep(this, _turn.Send.ToImmutable(), _turn.Outcomes.ToImmutable());
        _turn = null!;
        return step;
    }

    // What one step collects; it exists only while the step runs.
    private sealed class Turn(TimeSpan now)
    {
        public TimeSpan Now { get; } = now;

        public ImmutableArray<OutgoingRequest>.Builder Send { get; } = ImmutableArray.CreateBuilder<OutgoingRequest>();

        public ImmutableArray<LeaderOutcome>.Builder Outcomes { get; } = ImmutableArray.CreateBuilder<LeaderOutcome>();
    }
}
