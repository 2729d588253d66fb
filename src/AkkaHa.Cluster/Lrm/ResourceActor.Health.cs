using Akka.Actor;
using Akka.Event;
using AkkaHa.Cluster.Health;
using AkkaHa.Core.Health;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Cluster.Lrm;

/// <summary>Looks after the guest while it runs: one that hangs is reset, then ended here, so that it is started elsewhere.</summary>
internal sealed partial class ResourceActor
{
    private HealthCheck? _check;
    private (int Process, HealthCheck Check)? _lookedAfter;
    private IActorRef? _health;
    private bool _isStartingUp;

    private void ReceiveHealth()
    {
        Receive<SetHealthCheck>(m =>
        {
            if (_check == m.Check)
                return;
            _check = m.Check;
            var wasStartingUp = _isStartingUp;
            LookAfter();
            if (wasStartingUp != _isStartingUp && !_busy)
                Tell(_stand);
        });
        Receive<GuestReady>(m =>
        {
            if (m.Process != _process || _lookedAfter is null || !_isStartingUp)
                return;
            _isStartingUp = false;
            if (!_busy)
                Tell(_stand);
        });
        Receive<GuestHangs>(OnHangs);
    }

    /// <summary>Begins, goes on with or ends the checks, as the guest stands now.</summary>
    private void LookAfter()
    {
        (int, HealthCheck)? wanted = _stand == GuestState.Running && _process is { } process && _check is { } check ? (process, check) : null;
        if (wanted == _lookedAfter)
            return;
        // A guest that was asked in another way before is no newer for it.
        var isSameGuest = wanted?.Item1 == _lookedAfter?.Process;
        if (_health is not null)
            Context.Stop(_health);
        _health = null;
        _lookedAfter = wanted;
        if (wanted is not var (pid, how) || _node.GuestChecker is not { } checker)
        {
            _isStartingUp = false;
            return;
        }

        _isStartingUp = !isSameGuest || _isStartingUp;
        _health = Context.ActorOf(Props.Create(() => new HealthActor(_node, checker, _id, pid, how)));
    }

    private void OnHangs(GuestHangs m)
    {
        // An order under way decides what becomes of the guest.
        if (_busy || _lookedAfter is null || m.Process != _process || _stand != GuestState.Running)
            return;
        _busy = true;
        if (m.GivesUp)
            GiveUp(m.Reason);
        else if ((_node.VmHost as IGuestHost)?.Control is not { } control)
            GiveUp($"{m.Reason}; the hypervisor cannot reset it");
        else
        {
            _log.Warning("{0}: {1} hangs and is reset: {2}", _node.Self, _id, m.Reason);
            Then(
                control.ResetAsync(_id, _stopped),
                problem =>
                {
                    if (problem is not null)
                    {
                        GiveUp($"{m.Reason}; {problem}");
                        return;
                    }

                    _isStartingUp = true;
                    Ordered(_process, GuestState.Running, null);
                },
                cause => GiveUp($"{m.Reason}; {cause}"));
        }
    }

    private void GiveUp(string reason)
    {
        _cause = FailureCause.Hung;
        Kill(
            gone => Ordered(null, GuestState.Failed, $"{_id} hung: {reason}"),
            left => Ordered(_process, GuestState.StopFailed, $"{_id} hung: {reason}. {left}"));
    }
}
