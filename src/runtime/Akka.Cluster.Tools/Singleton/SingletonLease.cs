using Akka.Actor;
using Akka.Coordination;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>The lease of one singleton. Its answers come to the manager as messages.</summary>
internal sealed class SingletonLease
{
    private readonly Lease _lease;
    private readonly IActorRef _manager;
    private readonly ILoggingAdapter _log;
    private bool _mayBeHeld;
    private int _request;

    public SingletonLease(Cluster cluster, IActorRef manager, LeaseUsageSettings usage, ILoggingAdapter log)
    {
        _manager = manager;
        _log = log;
        var name = $"{cluster.System.Name}-singleton-{string.Join('-', manager.Path.Elements)}";
        _lease = LeaseProvider.Get(cluster.System).GetLease(name, usage.LeaseImplementation, cluster.SelfAddress.HostPort());
    }

    /// <summary>Whether an answer belongs to the latest request and the lease has not been given back since.</summary>
    public bool IsLatest(int request) => _mayBeHeld && request == _request;

    public void Acquire()
    {
        _mayBeHeld = true;
        var manager = _manager;
        var request = ++_request;
        _lease.Acquire(reason => manager.Tell(new LeaseLost(request, reason), ActorRefs.NoSender))
            .PipeTo(manager, manager, held => new LeaseAnswer(request, held, null), failure => new LeaseAnswer(request, false, failure));
    }

    /// <summary>Gives it back if it may be held. A failure is only logged: the lease ends by itself.</summary>
    public void Release() => Release(null, null);

    /// <summary>Gives it back if it may be held, and then tells somebody.</summary>
    public void Release(IActorRef? then, object? message)
    {
        var released = _mayBeHeld ? _lease.Release() : Task.FromResult(true);
        _mayBeHeld = false;
        var (name, log) = (_lease.Settings.LeaseName, _log);
        released.PipeTo(
            then ?? ActorRefs.Nobody,
            _manager,
            _ => message ?? Done.Instance,
            failure =>
            {
                log.Warning("The lease '{0}' could not be given back and ends by itself: {1}", name, failure.Message);
                return message ?? Done.Instance;
            });
    }
}
