using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

// With a lease configured, being the oldest is not enough: the lease must be held, and the singleton stops when it is lost.
public sealed partial class ClusterSingletonManager
{
    private State<ClusterSingletonState, IClusterSingletonData> AskForLease()
    {
        _lease!.Acquire();
        return GoTo(ClusterSingletonState.AcquiringLease).Using(new WithoutLease(null));
    }

    private State<ClusterSingletonState, IClusterSingletonData>? InAcquiringLease(Event<IClusterSingletonData> e)
    {
        var stopping = ((WithoutLease)e.StateData).StillStopping;
        switch (e.FsmEvent)
        {
            case LeaseAnswer answer when !_lease!.IsLatest(answer.Request):
                return Stay();
            case LeaseAnswer { IsHeld: true }:
                return StartSingleton();
            case LeaseAnswer answer:
                _log.Info(
                    "The singleton '{0}' is not started on {1} yet: {2}. It is tried again in {3}.",
                    _settings.SingletonName,
                    _cluster.SelfAddress,
                    answer.Failure is { } failure ? $"the lease could not be asked for ({failure.Message})" : "another owner holds its lease",
                    _settings.LeaseSettings!.LeaseRetryInterval);
                SetTimer(LeaseTimer, LeaseRetry.Instance, _settings.LeaseSettings.LeaseRetryInterval);
                return Stay();
            case LeaseRetry:
                _lease!.Acquire();
                return Stay();
            case Terminated terminated when terminated.ActorRef.Equals(stopping):
                return Wait();
            case HandOverToMe when stopping is null:
                return Deny();
            default:
                return null;
        }
    }

    private State<ClusterSingletonState, IClusterSingletonData> LoseLease(LeaseLost lost, IActorRef? singleton)
    {
        _log.Warning(
            "The lease of the singleton '{0}' on {1} is lost ({2}), so it is stopped until the lease is held again.",
            _settings.SingletonName,
            _cluster.SelfAddress,
            lost.Reason?.Message ?? "another owner has it");
        if (singleton is null) return AskForLease();
        singleton.Tell(_terminationMessage);
        return GoTo(ClusterSingletonState.AcquiringLease).Using(new WithoutLease(singleton));
    }
}
