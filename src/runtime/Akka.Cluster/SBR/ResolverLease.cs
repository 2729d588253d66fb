using Akka.Actor;
using Akka.Coordination;
using Akka.Embedded;

namespace Akka.Cluster.SBR;

/// <summary>The lease that decides between the sides: asked for by the leader of a side, kept while members are unreachable, then given back.</summary>
internal sealed class ResolverLease
{
    private readonly Cluster _cluster;
    private readonly IActorRef _resolver;
    private readonly Lease _lease;
    private bool _isHeld;

    public ResolverLease(Cluster cluster, LeaseMajoritySettings settings, IActorRef resolver)
    {
        _cluster = cluster;
        _resolver = resolver;
        _lease = LeaseProvider.Get(cluster.System).GetLease(
            settings.SafeLeaseName(cluster.System.Name), settings.LeaseImplementation, cluster.SelfAddress.HostPort());
    }

    /// <summary>Asks for the lease; the <see cref="Answer"/> comes to the resolver as a message.</summary>
    public void Acquire() => _lease.Acquire().PipeTo(
        _resolver, _resolver, held => new Answer(held, null), failure => new Answer(false, failure));

    /// <summary>Notes an answer.</summary>
    public void Note(Answer answer) => _isHeld = answer.IsHeld;

    /// <summary>Gives the lease back some time after the last unreachable member is gone, so that another partition finds it free.</summary>
    public void NothingIsUnreachable(ITimerScheduler timers, TimeSpan releaseAfter)
    {
        if (_isHeld && !timers.IsTimerActive(ReleaseDue.Instance)) timers.StartSingleTimer(ReleaseDue.Instance, ReleaseDue.Instance, releaseAfter);
    }

    public void Release()
    {
        if (!_isHeld) return;
        _isHeld = false;
        _lease.Release().ContinueWith(
            release => _cluster.LogWarning("The lease of the split-brain resolver could not be given back: {0}", release.Exception?.GetBaseException().Message),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            RuntimeEnvironment.Of(_cluster.System).TaskScheduler);
    }

    /// <summary>Whether this side holds the lease.</summary>
    internal sealed record Answer(bool IsHeld, Exception? Failure) : INoSerializationVerificationNeeded;

    /// <summary>The lease is not needed any more.</summary>
    internal sealed record ReleaseDue : INoSerializationVerificationNeeded
    {
        public static readonly ReleaseDue Instance = new();
    }
}
