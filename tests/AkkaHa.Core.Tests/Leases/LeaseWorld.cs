using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Leases;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.Quorum;
using AkkaHa.Core.StateLog;
using AkkaHa.Core.Tests.StateLog;

namespace AkkaHa.Core.Tests.Leases;

/// <summary>
/// Voters with the real log protocol and real grant ledgers, boots with real lease holders, clocks that drift, and a wire that delays,
/// repeats and loses. Whenever a bound is committed as a proof it checks that the boot's watchdog has fired by the true time, and that the
/// boot gets no lease any more before it is admitted again.
/// </summary>
internal sealed partial class LeaseWorld
{
    private const int Voters = 5;
    private const int FirstVoters = 3;

    private sealed class Clock(double rate, TimeSpan offset)
    {
        public TimeSpan At(TimeSpan real) => (real * rate) + offset;

        public TimeSpan Real(TimeSpan own) => (own - offset) / rate;
    }

    private sealed class VoterNode(NodeName name, Clock clock)
    {
        public NodeName Name => name;

        public Clock Clock => clock;

        public List<JournalEvent> Durable { get; } = [];

        public Replica? Replica { get; set; }

        public TailState Tail { get; set; } = TailState.Empty;

        public GrantLedger? Ledger { get; set; }

        /// <summary>What the grant actor has not taken out of its mailbox yet.</summary>
        public Queue<(object Message, string From)> Mailbox { get; } = [];

        public Leader? Leader { get; set; }

        public ClusterState Committed { get; set; } = ClusterState.Empty;

        public Dictionary<(Boot, long, ConfigurationVersion, Epoch), BoundProof> Bounds { get; } = [];

        /// <summary>What the CRM there heard of the hosts last.</summary>
        public Dictionary<NodeName, NodeReport> Reports { get; } = [];
    }

    private sealed class Host(NodeName name, Clock clock)
    {
        public NodeName Name => name;

        public Clock Clock => clock;

        public LeaseHolder Holder { get; set; } = null!;

        public long Sessions { get; set; }

        /// <summary>The session of its present daemon.</summary>
        public Session Session => new(Boot, Sessions);

        /// <summary>The disarming that its guests live without a lease by; survives its daemon.</summary>
        public long? LeaseFreeSince { get; set; }

        /// <summary>Up to where its present daemon follows no disarming.</summary>
        public long ArmedAt { get; set; } = -1;

        public Boot Boot => Holder.Boot;
    }

    private sealed record Letter(string To, object Message, string From);

    private readonly Chance _chance;
    private readonly LeaseSettings _settings;
    private readonly LeaseTerms _terms;
    private readonly List<VoterNode> _voters = [];
    private readonly List<Host> _hosts = [];
    private readonly List<Letter> _wire = [];
    private readonly Dictionary<Boot, TimeSpan> _aliveUntil = [];
    private readonly Dictionary<Boot, long> _proven = [];
    private readonly Dictionary<Boot, long> _newestAdmission = [];
    private TimeSpan _now = TimeSpan.FromMinutes(1);
    private long _epochs;
    private int _ids;
    private long _checkedUpTo = -1;

    public LeaseWorld(ulong seed)
    {
        _chance = new Chance(seed);
        _settings = LeaseSettings.Default with { Drift = 0.1, Margin = TimeSpan.Zero };
        // Short, so that many bounds pass; what is tested are relations.
        _terms = new LeaseTerms(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.5), IsArmed: true);
        for (var i = 1; i <= Voters; i++)
        {
            var voter = new VoterNode(new NodeName($"v{i}"), AnyClock());
            _voters.Add(voter);
            Start(voter);
        }

        for (var i = 1; i <= 2; i++)
        {
            var host = new Host(new NodeName($"h{i}"), AnyClock());
            _hosts.Add(host);
            Boot(host);
        }
    }

    public List<string> History { get; } = [];

    /// <summary>How many bounds became committed proofs: without any, nothing was tested.</summary>
    public int Proofs { get; private set; }

    public int Leases { get; private set; }

    public void Step()
    {
        _now += TimeSpan.FromMilliseconds(_chance.Below(20));
        var dice = _chance.Below(300);
        if (dice < 1)
            Crash();
        else if (dice < 4)
            Restart();
        else if (dice < 8)
            Campaign();
        else if (dice < 40)
            Renew();
        else if (dice < 70)
            Manage();
        else if (dice == 70)
            Reboot();
        for (var i = 0; i < 12; i++)
            Deliver();
        foreach (var voter in _voters)
        {
            if (_chance.Below(3) > 0)
                Serve(voter);
            if (voter.Leader is { } leader && _chance.OneIn(10))
            {
                Input(voter, Tick.Instance);
                if (leader.Phase == LeaderPhase.Leading)
                    AskForBounds(voter, leader);
                if (leader.Phase == LeaderPhase.Leading && voter.Leader is not null)
                    ManageArming(voter);
            }
        }
    }

    private Clock AnyClock() => new(0.955 + (_chance.Below(91) / 1000.0), TimeSpan.FromSeconds(_chance.Below(100_000)));

    private void Boot(Host host)
    {
        var boot = new Boot(host.Name, new BootId($"b{++_ids}"));
        host.Holder = new LeaseHolder(boot, _terms.NodeTtl);
        (host.LeaseFreeSince, host.ArmedAt) = (null, -1);
        _aliveUntil[boot] = TimeSpan.Zero;
    }

    private void Reboot()
    {
        var host = _chance.Of(_hosts);
        Tell($"{host.Boot} reboots");
        _aliveUntil[host.Boot] = TimeSpan.Zero;
        Boot(host);
    }

    private void Start(VoterNode voter)
    {
        var step = Replica.Recover(voter.Name, LogSettings.Default, voter.Durable).Start(LogWorld.ReplicaId(++_ids + 100));
        voter.Durable.AddRange(step.Persist);
        voter.Replica = step.Next;
        voter.Tail = TailState.Empty;
        voter.Ledger = new GrantLedger(voter.Name, voter.Clock.At(_now));
        voter.Mailbox.Clear();
        TellRoll(voter);
    }

    private void Crash()
    {
        var voter = _chance.Of(_voters);
        Tell($"{voter.Name} crashes");
        voter.Replica = null;
        voter.Ledger = null;
        voter.Leader = null;
        voter.Bounds.Clear();
        voter.Mailbox.Clear();
    }

    private void Restart()
    {
        if (_voters.FirstOrDefault(v => v.Replica is null) is { } dead)
            Start(dead);
    }

    private void Campaign()
    {
        if (_voters.Any(v => v.Leader is { Phase: LeaderPhase.Leading }) && !_chance.OneIn(8))
            return;
        var voter = _chance.Of(_voters);
        if (voter.Replica is null)
            return;
        _epochs++;
        voter.Committed = ClusterState.Empty;
        voter.Bounds.Clear();
        ImmutableSortedSet<NodeName> configured = [.. _voters.Take(FirstVoters).Select(v => v.Name)];
        var options = new CandidateOptions(new Epoch(_epochs, voter.Name, 1), configured, LogWorld.ReplicaId(5000 + (int)_epochs), LogSettings.Default);
        Take(voter, Leader.Start(options, voter.Replica.Configuration, _now));
    }

    private void Renew()
    {
        var host = _chance.Of(_hosts);
        var (next, request) = host.Holder.Begin(host.Clock.At(_now));
        host.Holder = next;
        foreach (var voter in _voters)
            Send(voter.Name.Value, request, host.Name.Value);
    }

    private void Manage()
    {
        var voter = _chance.Of(_voters);
        if (voter.Leader is not { Phase: LeaderPhase.Leading } leader)
            return;
        if (_chance.OneIn(20))
        {
            ChangeVoters(voter, leader);
            return;
        }

        foreach (var host in _hosts)
        {
            voter.Committed.Nodes.TryGetValue(host.Name, out var node);
            var isOnline = node is { Condition: NodeCondition.Online } && node.Admitted == host.Boot;
            // A lost one seldom comes back before its bound has passed.
            if (!isOnline && (node is null || _chance.OneIn(node.Condition == NodeCondition.Lost ? 40 : 3)))
                Propose(voter, new AdmitBoot(NextSession(host)));
            else if (isOnline && _chance.OneIn(10))
                Propose(voter, new LoseNode(host.Boot, "for the test"));
        }

    }

    private void AskForBounds(VoterNode voter, Leader leader)
    {
        foreach (var @case in Orders.OpenBounds(voter.Committed))
        {
            var key = (@case.Boot, @case.DenialIndex, leader.Configuration!.Version, leader.Epoch);
            if (!voter.Bounds.TryGetValue(key, out var bound))
                voter.Bounds[key] = bound = new BoundProof(@case, leader.Configuration, leader.Epoch);
            if (bound.IsProven)
                Propose(voter, new ProveBoot(bound.Proof));
            else
                _voters.ForEach(v => Send(v.Name.Value, bound.Question, voter.Name.Value));
        }
    }

    private NodeReport Report(Host host) => new(
        host.Session, "id-" + host.Name, ++_sequence, 1000, ImmutableSortedDictionary<ResourceId, GuestReport>.Empty)
    {
        AsOf = long.MaxValue,
        Terms = _terms,
        LeaseFreeSince = host.LeaseFreeSince,
        ArmedAt = host.ArmedAt,
    };

    private void ChangeVoters(VoterNode voter, Leader leader)
    {
        var other = _chance.Of(_voters);
        var current = leader.Configuration!;
        if (current.VoterOn(other.Name) is not null)
            Propose(voter, new SetConfiguration(current.Generation, ConfigurationChange.Remove(current, other.Name)));
        else if (other.Replica is { } replica)
            Propose(voter, new SetConfiguration(current.Generation, ConfigurationChange.Add(current, new Voter(other.Name, replica.Id, replica.StartCounter))));
    }

    private void Propose(VoterNode voter, LogCommand command)
    {
        // A refused entry teaches nothing; whether it is refused is known on the committed state only, so some are proposed all the same.
        if (command is not SetConfiguration && Manager.Refusal(voter.Committed, command) is not null)
            return;
        Tell($"{voter.Name} proposes {command.Describe()}");
        var index = voter.Leader!.Log.LastIndex + 1;
        Input(voter, new Propose([command]));
        // In force from its append on: the boot comes back empty, so a lease for an admission that is cut again lets nothing run.
        if (command is AdmitBoot admission)
            _newestAdmission[admission.Report.Session.Boot] = index;
    }

    private void Deliver()
    {
        if (_wire.Count == 0)
            return;
        var at = _chance.OneIn(4) ? _chance.Below(_wire.Count) : 0;
        var letter = _wire[at];
        if (!_chance.OneIn(20))
            _wire.RemoveAt(at);
        if (_wire.Count > 400)
            _wire.RemoveRange(0, 100);
        if (_chance.OneIn(15))
            return;
        if (_hosts.FirstOrDefault(h => h.Name.Value == letter.To) is { } host)
        {
            if (letter.Message is LeaseRule rule)
                Follow(host, rule);
            else
                Hear(host, (LeaseAnswer)letter.Message);
            return;
        }

        var voter = _voters.Single(v => v.Name.Value == letter.To);
        switch (letter.Message)
        {
            case LeaseRequest or BoundQuestion when voter.Ledger is not null:
                voter.Mailbox.Enqueue((letter.Message, letter.From));
                break;
            case ReplicaRequest request when voter.Replica is { } replica:
                Answer(voter, replica.Step(request));
                break;
            case ReplicaReply reply when voter.Leader is not null:
                Input(voter, new Received(reply));
                break;
            case NodeReport report when !voter.Reports.TryGetValue(report.Session.Node, out var known) || known.Sequence < report.Sequence:
                voter.Reports[report.Session.Node] = report;
                break;
            case BoundAnswer answer:
                foreach (var (key, bound) in voter.Bounds.ToList())
                {
                    voter.Bounds[key] = bound.Hear(answer);
                    if (voter.Bounds[key].IsProven && !bound.IsProven && voter.Leader is { Phase: LeaderPhase.Leading })
                        Propose(voter, new ProveBoot(bound.Proof));
                }

                break;
        }
    }

    private void Answer(VoterNode voter, ReplicaStep step)
    {
        voter.Durable.AddRange(step.Persist);
        voter.Replica = step.Next;
        TellRoll(voter);
        foreach (var reply in step.ThenSend)
            Send(reply.To.Value, reply.Reply, voter.Name.Value);
    }

    private static void TellRoll(VoterNode voter)
    {
        voter.Tail = voter.Tail.Follow(voter.Replica!.Log, voter.Replica.CommitIndex);
        voter.Mailbox.Enqueue(((object?)LeaseRoll.Of(voter.Replica, voter.Tail.Tail) ?? "no vote", ""));
    }

    /// <summary>The grant actor takes some of its mail.</summary>
    private void Serve(VoterNode voter)
    {
        for (var left = _chance.Below(24); left > 0 && voter.Ledger is { } ledger && voter.Mailbox.TryDequeue(out var mail); left--)
        {
            var now = voter.Clock.At(_now);
            switch (mail.Message)
            {
                case LeaseRoll roll:
                    voter.Ledger = ledger.Follow(roll, now);
                    break;
                case string:
                    voter.Ledger = ledger.Follow(null, now);
                    break;
                case LeaseRequest request:
                    (voter.Ledger, var answer) = ledger.Ask(request, now);
                    Send(mail.From, answer, voter.Name.Value);
                    break;
                case BoundQuestion question:
                    Send(mail.From, ledger.Ask(question, _settings, now), voter.Name.Value);
                    break;
            }
        }
    }

    private void Hear(Host host, LeaseAnswer answer)
    {
        if (answer.Boot != host.Boot)
            return;
        (host.Holder, var granted) = host.Holder.Hear(answer);
        if (granted is null)
            return;
        Leases++;
        if (_proven.TryGetValue(host.Boot, out var proof) && _newestAdmission.GetValueOrDefault(host.Boot, -1) < proof)
            Violated($"{host.Boot} gets a lease although it was proven dead at entry {proof} and not admitted since");
        // The daemon may stand still from now on: the watchdog was fed for the last time at the end of the lease, and fires in time.
        var dead = host.Clock.Real(host.Holder.Until!.Value + (2 * _terms.WatchdogTimeout));
        if (dead > _aliveUntil[host.Boot])
            _aliveUntil[host.Boot] = dead;
    }

    private void Input(VoterNode voter, LeaderInput input) => Take(voter, voter.Leader!.Step(input, _now));

    private void Take(VoterNode voter, LeaderStep step)
    {
        voter.Leader = step.Next;
        foreach (var outgoing in step.Send)
            Send(outgoing.To.Value, outgoing.Request, voter.Name.Value);
        foreach (var outcome in step.Outcomes)
        {
            if (outcome is EntriesCommitted committed)
            {
                foreach (var entry in committed.Entries)
                    Commit(voter, entry);
            }
            else if (outcome is PhaseChanged { Phase: LeaderPhase.Leading })
            {
                Tell($"{voter.Name} leads {voter.Leader.Epoch}");
            }
            else if (outcome is LeaderDeposed)
            {
                voter.Leader = null;
                voter.Bounds.Clear();
                return;
            }
        }
    }

    private void Commit(VoterNode voter, LogEntry entry)
    {
        var applied = ClusterStateMachine.Apply(voter.Committed, entry);
        voter.Committed = applied.State;
        if (entry.Index <= _checkedUpTo)
            return;
        _checkedUpTo = entry.Index;
        Tell($"committed {entry.Describe()} {applied.Refusal}");
        if (applied.Refusal is not null)
            return;
        Count(entry.Command);
        if (entry.Command is not ProveBoot { Proof: var proof })
            return;
        Proofs++;
        _proven[proof.Boot] = entry.Index;
        if (_hosts.Any(h => h.Boot == proof.Boot && h.LeaseFreeSince is not null))
            Violated($"{proof.Boot} is proven dead while its guests live without a lease");
        if (_aliveUntil[proof.Boot] > _now)
            Violated(FormattableString.Invariant($"{proof.Boot} is proven dead, and its watchdog may fire {(_aliveUntil[proof.Boot] - _now).TotalSeconds:0.000} s later"));
    }

    private void Send(string to, object message, string from) => _wire.Add(new Letter(to, message, from));

    private void Violated(string what) => throw new Xunit.Sdk.XunitException(what + "\n" + string.Join('\n', History.TakeLast(60)));

    private void Tell(string what) => History.Add(FormattableString.Invariant($"{_now.TotalSeconds:0.000} {what}"));
}
