using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

// The hand-over: the new oldest asks (HandOverToMe), the old one stops the singleton (HandOverInProgress) and says so (HandOverDone).
// If the old one notices first it tells the new one to ask (TakeOverFromMe).
public sealed partial class ClusterSingletonManager
{
    private State<ClusterSingletonState, IClusterSingletonData>? InYounger(Event<IClusterSingletonData> e) =>
        e.FsmEvent is HandOverToMe ? Deny() : null;

    private State<ClusterSingletonState, IClusterSingletonData>? InEnd(Event<IClusterSingletonData> e)
    {
        if (e.FsmEvent is not HandOverToMe) return null;
        Sender.Tell(HandOverDone.Instance);
        return Stay();
    }

    private State<ClusterSingletonState, IClusterSingletonData>? InBecomingOldest(Event<IClusterSingletonData> e)
    {
        switch (e.FsmEvent)
        {
            case HandOverInProgress:
                _log.Debug("{0} stops its singleton '{1}'.", Sender.Path.Address, _settings.SingletonName);
                CancelTimer(HandOverTimer);
                return Stay();
            case HandOverDone:
                _succession = _succession.HandedOver(Sender.Path.Address);
                return Settle();
            case TakeOverFromMe:
                Sender.Tell(HandOverToMe.Instance);
                return Stay();
            case HandOverToMe:
                return Deny();
            case Retry { Attempt: var attempt } when attempt > _maxHandOverRetries:
                throw new ClusterSingletonManagerIsStuckException(
                    $"The singleton '{_settings.SingletonName}' cannot be started on {_cluster.SelfAddress}: it may still run on {string.Join(", ", _succession.Predecessors)}, which does not answer and is not removed from the cluster.");
            case Retry { Attempt: var attempt }:
                AskPredecessors(attempt);
                return Stay();
            default:
                return null;
        }
    }

    /// <summary>Nothing runs here. That is only a promise if this member does not start it before the asker is done with it.</summary>
    private State<ClusterSingletonState, IClusterSingletonData> Deny()
    {
        if (MayPromiseTo(Sender))
        {
            if (!_succession.IsAhead(Sender.Path.Address)) LeaveSuccession();
            Sender.Tell(HandOverDone.Instance);
        }
        else
        {
            _log.Debug("{0} asks for the singleton '{1}', but is not known to be the older one here. It will ask again.", Sender.Path.Address, _settings.SingletonName);
        }

        return Settle();
    }

    private bool MayPromiseTo(IActorRef asker) =>
        _isLeaving
        || _succession.IsAhead(asker.Path.Address)
        || _cluster.SelfMember.Status is MemberStatus.Leaving or MemberStatus.Exiting or MemberStatus.Down;

    private void AskPredecessors(int attempt)
    {
        foreach (var address in _succession.Predecessors.Select(p => p.Address).Distinct())
            PeerAt(address).Tell(HandOverToMe.Instance, Self);
        _log.Debug("Asked {0} to hand over the singleton '{1}', attempt {2}.", string.Join(", ", _succession.Predecessors), _settings.SingletonName, attempt);
        SetTimer(HandOverTimer, new Retry(attempt + 1), _settings.HandOverRetryInterval);
    }

    private State<ClusterSingletonState, IClusterSingletonData>? InOldest(Event<IClusterSingletonData> e)
    {
        var singleton = ((Running)e.StateData).Singleton;
        switch (e.FsmEvent)
        {
            case HandOverToMe when MayPromiseTo(Sender):
                if (!_succession.IsAhead(Sender.Path.Address)) LeaveSuccession();
                return HandOver(singleton, Sender);
            case Terminated terminated when terminated.ActorRef.Equals(singleton):
                _log.Info("The singleton '{0}' has stopped itself. It is not started again on this member.", _settings.SingletonName);
                return Stay().Using(new Running(null));
            case LeaseLost lost when _lease!.IsLatest(lost.Request):
                return LoseLease(lost, singleton);
            default:
                return null;
        }
    }

    /// <summary>Another member is to run the singleton: that one is told to ask for it. Without any it is stopped here.</summary>
    private State<ClusterSingletonState, IClusterSingletonData> Offer(IActorRef? singleton)
    {
        if (_succession.Oldest is not { } successor) return HandOver(singleton, null);
        TellSuccessor(successor, 1);
        return GoTo(ClusterSingletonState.WasOldest).Using(new Offered(singleton, successor));
    }

    private void TellSuccessor(UniqueAddress successor, int attempt)
    {
        PeerAt(successor.Address).Tell(TakeOverFromMe.Instance, Self);
        _log.Debug("Told {0} to take over the singleton '{1}', attempt {2}.", successor, _settings.SingletonName, attempt);
        SetTimer(TakeOverTimer, new Retry(attempt + 1), _settings.HandOverRetryInterval);
    }

    private State<ClusterSingletonState, IClusterSingletonData>? InWasOldest(Event<IClusterSingletonData> e)
    {
        var offered = (Offered)e.StateData;
        switch (e.FsmEvent)
        {
            case HandOverToMe when MayPromiseTo(Sender):
                return HandOver(offered.Singleton, Sender);
            case Retry { Attempt: var attempt } when attempt > _maxTakeOverRetries:
                throw new ClusterSingletonManagerIsStuckException(
                    $"The singleton '{_settings.SingletonName}' on {_cluster.SelfAddress} is to be taken over by {offered.To}, which has never asked for it.");
            case Retry { Attempt: var attempt }:
                TellSuccessor(offered.To, attempt);
                return Stay();
            case Terminated terminated when terminated.ActorRef.Equals(offered.Singleton):
                return Stay().Using(offered with { Singleton = null });
            case LeaseLost lost when _lease!.IsLatest(lost.Request) && offered.Singleton is { } singleton:
                _log.Warning("The lease of the singleton '{0}' is lost ({1}), so it is stopped.", _settings.SingletonName, lost.Reason?.Message ?? "another owner has it");
                singleton.Tell(_terminationMessage);
                return GoTo(ClusterSingletonState.HandingOver).Using(new Ending(singleton, null));
            default:
                return null;
        }
    }

    private State<ClusterSingletonState, IClusterSingletonData> HandOver(IActorRef? singleton, IActorRef? successor)
    {
        if (singleton is null) return HandedOver(successor);
        successor?.Tell(HandOverInProgress.Instance);
        _log.Info("The singleton '{0}' is stopped here{1}.", _settings.SingletonName, successor is null ? "" : $" for {successor.Path.Address}");
        singleton.Tell(_terminationMessage);
        return GoTo(ClusterSingletonState.HandingOver).Using(new Ending(singleton, successor));
    }

    private State<ClusterSingletonState, IClusterSingletonData>? InHandingOver(Event<IClusterSingletonData> e)
    {
        var ending = (Ending)e.StateData;
        switch (e.FsmEvent)
        {
            case Terminated terminated when terminated.ActorRef.Equals(ending.Singleton):
                return HandedOver(ending.Successor);
            case HandOverToMe when MayPromiseTo(Sender):
                Sender.Tell(HandOverInProgress.Instance);
                return Stay().Using(ending with { Successor = Sender });
            default:
                return null;
        }
    }

    private State<ClusterSingletonState, IClusterSingletonData> HandedOver(IActorRef? successor)
    {
        // The lease must be free before the successor asks for it, or it would wait a whole retry interval.
        if (_lease is not null)
            _lease.Release(successor, HandOverDone.Instance);
        else
            successor?.Tell(HandOverDone.Instance);
        return Wait();
    }
}
