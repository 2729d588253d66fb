using System.Collections.Immutable;
using Akka.Actor;
using Akka.Embedded;

namespace Akka.Cluster.SBR;

/// <summary>
/// Watches the cluster and acts on the strategy's decision once the picture is stable. Every node comes to the decision for its
/// side; the leader of the side carries it out.
/// </summary>
internal sealed class Resolver : ReceiveActor, IWithTimers
{
    private readonly Cluster _cluster;
    private readonly SplitBrainResolverSettings _settings;
    private readonly IDowningStrategy _strategy;
    private readonly Stability _stability;
    private readonly TimeProvider _time = RuntimeEnvironment.Of(Context.System).Time;
    private readonly long _start;
    private readonly ResolverLease? _lease;
    private SbrView? _asked;

    public Resolver(Cluster cluster, SplitBrainResolverSettings settings)
    {
        _cluster = cluster;
        _settings = settings;
        _strategy = settings.CreateStrategy();
        _stability = new Stability(settings.DowningStableAfter, settings.DownAllWhenUnstable);
        _start = _time.GetTimestamp();
        if (_strategy is LeaseMajority) _lease = new ResolverLease(cluster, settings.LeaseMajoritySettings, Self);
        Receive<ClusterEvent.CurrentClusterState>(_ => Look());
        Receive<ClusterEvent.IClusterDomainEvent>(_ => Look());
        Receive<Tick>(_ => Look());
        Receive<AskForLease>(_ => _lease?.Acquire());
        Receive<ResolverLease.Answer>(OnLeaseAnswer);
        Receive<ResolverLease.ReleaseDue>(_ => _lease?.Release());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_start);

    protected override void PreStart()
    {
        _cluster.LogInfo("The split-brain resolver uses [{0}], stable after {1} s", _strategy.Name, _settings.DowningStableAfter.TotalSeconds);
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(ClusterEvent.IClusterDomainEvent));
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        _lease?.Release();
    }

    private void Look()
    {
        var state = _cluster.ReadView;
        var view = SbrView.Of(state, _cluster.Settings.MonitoredByNrOfMembers);
        _stability.Observe(view, Now);
        if (!view.NeedsDecision)
        {
            Timers.Cancel(Tick.Instance);
            Timers.Cancel(AskForLease.Instance);
            _asked = null;
            _lease?.NothingIsUnreachable(Timers, _settings.LeaseMajoritySettings.ReleaseAfter);
            return;
        }

        // The leader carries out what all have come to; who is not leading looks again when it hears that it does.
        var isResponsible = state.IsLeader && state.SelfMember is { Status: not (MemberStatus.Down or MemberStatus.Exiting) };
        if (isResponsible && _stability.IsUnstableForTooLong(Now))
        {
            Act(view, Resolution.All(view, $"reachability has kept changing for {(_settings.DowningStableAfter + _settings.DownAllWhenUnstable).TotalSeconds} s"));
            return;
        }

        if (!_stability.IsStable(Now))
        {
            Timers.StartSingleTimer(Tick.Instance, Tick.Instance, _stability.StableAt - Now);
            return;
        }

        if (isResponsible) Act(view, Resolution.Of(view, _strategy));
    }

    private void Act(SbrView view, Resolution resolution)
    {
        if (resolution.Verdict.Kind == VerdictKind.AskLease)
        {
            AskLease(view, resolution);
            return;
        }

        Down(view, resolution.Verdict, resolution.ToDown);
    }

    private void AskLease(SbrView view, Resolution resolution)
    {
        if (_asked is not null) return;
        _asked = view;
        _cluster.LogWarning("The split-brain resolver asks for its lease in {0} s: {1}", resolution.Verdict.LeaseDelay.TotalSeconds, resolution.Verdict.Reason);
        if (resolution.Verdict.LeaseDelay > TimeSpan.Zero) Timers.StartSingleTimer(AskForLease.Instance, AskForLease.Instance, resolution.Verdict.LeaseDelay);
        else _lease!.Acquire();
    }

    private void OnLeaseAnswer(ResolverLease.Answer answer)
    {
        _lease!.Note(answer);
        if (_asked is null) return;
        _asked = null;
        var view = SbrView.Of(_cluster.ReadView, _cluster.Settings.MonitoredByNrOfMembers);
        if (!view.NeedsDecision) return;
        var resolution = Resolution.Of(view, _strategy);
        var reason = answer.IsHeld ? "this side got the lease" : $"this side did not get the lease{(answer.Failure is null ? "" : $" ({answer.Failure.Message})")}";
        Down(view, resolution.Verdict with { Reason = reason }, answer.IsHeld ? resolution.ToDown : resolution.ToDownWithoutLease);
    }

    private void Down(SbrView view, Verdict verdict, ImmutableHashSet<UniqueAddress> nodes)
    {
        _cluster.LogWarning(
            "The split-brain resolver ([{0}]) downs [{1}]: {2}. Of {3} members these are out of reach: [{4}]{5}",
            _strategy.Name,
            Names(nodes),
            verdict.Reason,
            view.Members.Count,
            Names(view.Unreachable),
            nodes.Contains(_cluster.SelfUniqueAddress) ? ". This node is among those that go" : "");
        _stability.Reset(Now);
        Timers.StartSingleTimer(Tick.Instance, Tick.Instance, _settings.DowningStableAfter);
        _cluster.Down(nodes);
    }

    private static string Names(IEnumerable<UniqueAddress> nodes) => string.Join(", ", nodes.Order().Select(n => n.Address));

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }

    private sealed record AskForLease : INoSerializationVerificationNeeded
    {
        public static readonly AskForLease Instance = new();
    }
}
