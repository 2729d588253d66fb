using Akka.Actor;
using Akka.Event;
using AkkaHa.Cluster.Events;
using AkkaHa.Core.Health;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Health;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cluster.Health;

/// <summary>Asks one running guest again and again whether it is well, and tells its actor when it is ready and when it hangs.</summary>
internal sealed class HealthActor : ReceiveActor, IWithTimers
{
    private sealed record Due
    {
        public static Due Instance { get; } = new();
    }

    private readonly NodeContext _node;
    private readonly IGuestChecker _checker;
    private readonly ResourceId _id;
    private readonly int _process;
    private readonly HealthCheck _check;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopped = new();
    private GuestHealth _health;
    private CheckVerdict? _last;

    /// <param name="node">The node.</param>
    /// <param name="checker">Asks the guest.</param>
    /// <param name="id">The resource.</param>
    /// <param name="process">The guest's process: what is found is about that one.</param>
    /// <param name="check">How it is looked after.</param>
    public HealthActor(NodeContext node, IGuestChecker checker, ResourceId id, int process, HealthCheck check)
    {
        _node = node;
        _checker = checker;
        _id = id;
        _process = process;
        _check = check;
        _health = new GuestHealth(Now);
        Receive<Due>(_ => Ask());
        Receive<CheckOutcome>(OnAnswer);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    protected override void PreStart() => Ask();

    protected override void PostStop()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private void Ask() => _checker.CheckAsync(_id, _check, _stopped.Token).PipeTo(
        Self, Self, failure: cause => new CheckOutcome(CheckVerdict.Impossible, cause.Message));

    private void OnAnswer(CheckOutcome answer)
    {
        Timers.StartSingleTimer("due", Due.Instance, _check.Interval);
        if (answer.Verdict == CheckVerdict.Impossible)
        {
            // What cannot be asked is neither well nor hung; nobody is to wait for it.
            if (_last != CheckVerdict.Impossible)
            {
                _log.Warning("{0}: the health of {1} cannot be checked: {2}", _node.Self, _id, answer.Detail);
                Tell(EventKinds.GuestUnchecked, $"the health of {_id} on {_node.Self} cannot be checked ({_check.Describe()}): {answer.Detail}");
                Context.Parent.Tell(new GuestReady(_process));
            }

            _last = answer.Verdict;
            return;
        }

        var failures = _health.Failures;
        (_health, var step) = _health.After(_check, answer.Verdict == CheckVerdict.Passed, Now);
        switch (step)
        {
            case HealthStep.Ready:
                Tell(EventKinds.GuestHealthy, $"{_id} on {_node.Self} passes its health check ({answer.Detail})");
                Context.Parent.Tell(new GuestReady(_process));
                break;
            case HealthStep.Well when failures > 0:
                Tell(EventKinds.GuestHealthy, $"{_id} on {_node.Self} passes its health check again ({answer.Detail})");
                break;
            case HealthStep.Failing when failures == 0:
                Tell(EventKinds.GuestUnhealthy, $"{_id} on {_node.Self} fails its health check: {answer.Detail}");
                break;
            case HealthStep.Reset:
                Tell(EventKinds.GuestReset, FormattableString.Invariant(
                    $"{_id} on {_node.Self} hangs and is reset ({_health.Resets.Count} of {_check.Resets} within {_check.Window.TotalMinutes:0.#} min): {answer.Detail}"));
                Context.Parent.Tell(new GuestHangs(_process, GivesUp: false, answer.Detail));
                break;
            case HealthStep.GiveUp:
                Tell(EventKinds.GuestHung, FormattableString.Invariant(
                    $"{_id} on {_node.Self} hangs after {_health.Resets.Count} resets and is given up there: {answer.Detail}"));
                Context.Parent.Tell(new GuestHangs(_process, GivesUp: true, answer.Detail));
                break;
            case HealthStep.Well or HealthStep.Booting or HealthStep.Failing:
                break;
            default:
                throw new Core.InvariantViolation($"the health actor does not know the step {step}");
        }

        _last = answer.Verdict;
    }

    private void Tell(string kind, string text) =>
        Context.ActorSelection($"/user/{ActorNames.Events}").Tell(new RecordEvent(kind, _id.ToString(), text));
}
