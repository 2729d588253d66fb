using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

// What the changes of the membership mean: who is to run the singleton, and whether it may be started.
public sealed partial class ClusterSingletonManager
{
    private State<ClusterSingletonState, IClusterSingletonData>? InStart(Event<IClusterSingletonData> e)
    {
        if (e.FsmEvent is not ClusterEvent.CurrentClusterState state) return null;
        _succession = _succession.Note(state);
        return Wait();
    }

    private State<ClusterSingletonState, IClusterSingletonData>? InAnyState(Event<IClusterSingletonData> e)
    {
        switch (e.FsmEvent)
        {
            case ClusterEvent.MemberRemoved removed when IsSelf(removed.Member):
            case ClusterEvent.MemberDowned downed when IsSelf(downed.Member):
            case ClusterEvent.ClusterShuttingDown:
                return EndHere();
            case ClusterEvent.IMemberEvent change:
                _succession = _succession.Note(_cluster.State);
                if (change is ClusterEvent.MemberRemoved) AwaitMargin(change.Member.UniqueAddress);
                if (change is ClusterEvent.MemberExited && IsSelf(change.Member)) LeaveSuccession();
                return Settle();
            case RemovalConfirmed confirmed:
                _succession = _succession.Gone(confirmed.Member);
                return Settle();
            case SelfExiting:
                LeaveSuccession();
                return Settle();
            case ClusterEvent.CurrentClusterState:
                return Stay();
            case HandOverToMe or HandOverInProgress or HandOverDone or TakeOverFromMe or Retry or LeaseRetry or LeaseAnswer or LeaseLost or Terminated:
                _log.Debug("The manager of the singleton '{0}' has no use for {1} in the state {2}.", _settings.SingletonName, e.FsmEvent.GetType().Name, StateName);
                return Stay();
            default:
                return null;
        }
    }

    private bool IsSelf(Member member) => member.UniqueAddress == _cluster.SelfUniqueAddress;

    private void LeaveSuccession()
    {
        _isLeaving = true;
        _succession = _succession.WithoutSelf();
    }

    /// <summary>What the removed member ran may end a little later than its membership.</summary>
    private void AwaitMargin(UniqueAddress member)
    {
        if (!_succession.Predecessors.Contains(member)) return;
        if (_removalMargin > TimeSpan.Zero)
            SetTimer($"removed-{member}", new RemovalConfirmed(member), _removalMargin);
        else
            _succession = _succession.Gone(member);
    }

    /// <summary>Does what the succession as it stands now asks for in the present state.</summary>
    private State<ClusterSingletonState, IClusterSingletonData> Settle()
    {
        switch (StateName)
        {
            case ClusterSingletonState.Younger when _isLeaving || _succession.IsSelfOldest:
                return Wait();
            case ClusterSingletonState.BecomingOldest when !_succession.IsSelfOldest || _succession.Predecessors.IsEmpty:
                return Wait();
            case ClusterSingletonState.AcquiringLease when !_succession.IsSelfOldest && StateData is WithoutLease lease:
                return lease.StillStopping is { } stopping ? GoTo(ClusterSingletonState.HandingOver).Using(new Ending(stopping, null)) : Wait();
            case ClusterSingletonState.Oldest when !_succession.IsSelfOldest && StateData is Running running:
                return Offer(running.Singleton);
            case ClusterSingletonState.WasOldest when StateData is Offered offered && _succession.Oldest != offered.To:
                // The hand-over has not begun, so nobody else has started it: it just goes on here, or goes to another one.
                return _succession.IsSelfOldest
                    ? GoTo(ClusterSingletonState.Oldest).Using(new Running(offered.Singleton))
                    : Offer(offered.Singleton);
            case ClusterSingletonState.Start when _isLeaving:
                return GoTo(ClusterSingletonState.End).Using(NotRunning.Instance);
            default:
                return Stay();
        }
    }

    /// <summary>The singleton does not run here: where to go from there.</summary>
    private State<ClusterSingletonState, IClusterSingletonData> Wait()
    {
        if (_isLeaving) return GoTo(ClusterSingletonState.End).Using(NotRunning.Instance);
        if (!_succession.IsSelfOldest) return Change(ClusterSingletonState.Younger);
        if (_succession.Predecessors.IsEmpty) return _lease is null ? StartSingleton() : AskForLease();
        AskPredecessors(1);
        return Change(ClusterSingletonState.BecomingOldest);
    }

    private State<ClusterSingletonState, IClusterSingletonData> Change(ClusterSingletonState state) =>
        StateName == state ? Stay().Using(NotRunning.Instance) : GoTo(state).Using(NotRunning.Instance);

    private State<ClusterSingletonState, IClusterSingletonData> StartSingleton()
    {
        var singleton = Context.Watch(Context.ActorOf(_singletonProps, _settings.SingletonName));
        _log.Info("The singleton '{0}' is started here, at {1}.", _settings.SingletonName, singleton.Path);
        return GoTo(ClusterSingletonState.Oldest).Using(new Running(singleton));
    }

    /// <summary>This member is downed or gone: others start the singleton, so it must not go on here.</summary>
    private State<ClusterSingletonState, IClusterSingletonData> EndHere()
    {
        LeaveSuccession();
        var singleton = StateData switch
        {
            Running data => data.Singleton,
            Offered data => data.Singleton,
            WithoutLease data => data.StillStopping,
            Ending data => data.Singleton,
            _ => null,
        };
        if (singleton is null) return Stop();
        if (StateName == ClusterSingletonState.Stopping) return Stay();
        if (StateData is not (Ending or WithoutLease)) singleton.Tell(_terminationMessage);
        return GoTo(ClusterSingletonState.Stopping).Using(new Ending(singleton, null));
    }

    private State<ClusterSingletonState, IClusterSingletonData>? InStopping(Event<IClusterSingletonData> e) =>
        e.FsmEvent is Terminated terminated && e.StateData is Ending ending && terminated.ActorRef.Equals(ending.Singleton) ? Stop() : null;
}
