using Akka.Actor;
using Akka.Embedded;

namespace Akka.Cluster;

public partial class Cluster
{
    private static readonly TimeSpan DefaultJoinTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Runs a callback once when this node is up, at once if it is.</summary>
    /// <param name="callback">The callback; it runs on a thread of the cluster and must not block.</param>
    public void RegisterOnMemberUp(Action callback) => _daemon.Tell(new ClusterCommands.AddStatusCallback(MemberStatus.Up, callback));

    /// <summary>Runs a callback once when this node is no member any more, at once if the cluster extension has ended.</summary>
    /// <param name="callback">The callback; it runs on a thread of the cluster and must not block.</param>
    public void RegisterOnMemberRemoved(Action callback)
    {
        if (IsTerminated) callback();
        else _daemon.Tell(new ClusterCommands.AddStatusCallback(MemberStatus.Removed, callback));
    }

    /// <summary>Joins the cluster that a node is in, and waits until this node is up.</summary>
    /// <param name="address">The address of the node.</param>
    /// <param name="token">Ends the waiting, not the joining.</param>
    /// <returns>A task that fails with <see cref="ClusterJoinFailedException"/> if the node is not up within <c>retry-unsuccessful-join-after</c>.</returns>
    public Task JoinAsync(Address address, CancellationToken token = default)
    {
        var isUp = UpWithin(Settings.RetryUnsuccessfulJoinAfter ?? DefaultJoinTimeout, $"through {address}", token);
        Join(address);
        return isUp;
    }

    /// <summary>Joins the cluster that one of some nodes is in, and waits until this node is up.</summary>
    /// <param name="seedNodes">The addresses of the nodes.</param>
    /// <param name="token">Ends the waiting, not the joining.</param>
    /// <returns>A task that fails with <see cref="ClusterJoinFailedException"/> if the node is not up within <c>seed-node-timeout</c>.</returns>
    public Task JoinSeedNodesAsync(IEnumerable<Address> seedNodes, CancellationToken token = default)
    {
        var seeds = seedNodes.ToList();
        var isUp = UpWithin(Settings.SeedNodeTimeout, $"through the seed nodes {string.Join(", ", seeds)}", token);
        JoinSeedNodes(seeds);
        return isUp;
    }

    /// <summary>Takes this node out of the cluster gracefully, and waits until it is no member any more.</summary>
    public Task LeaveAsync() => LeaveAsync(CancellationToken.None);

    /// <summary>Takes this node out of the cluster gracefully, and waits until it is no member any more.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the leaving.</param>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        if (IsTerminated) return;
        if (SelfMember.Status == MemberStatus.Removed)
        {
            Leave(SelfAddress);
            return;
        }

        var removed = Lifecycle.NewCompletion();
        RegisterOnMemberRemoved(() => removed.TrySetResult(Done.Instance));
        Leave(SelfAddress);
        await removed.Task.WaitAsync(cancellationToken);
    }

    // Awaits keep the caller's context: under simulation that is the one loop, which no continuation may leave.
    private async Task UpWithin(TimeSpan timeout, string how, CancellationToken token)
    {
        if (IsTerminated) throw new ClusterJoinFailedException($"{SelfAddress} cannot join a cluster: its cluster extension has ended. Start a new actor system.");
        var up = Lifecycle.NewCompletion();
        RegisterOnMemberUp(() => up.TrySetResult(Done.Instance));
        RegisterOnMemberRemoved(() => up.TrySetException(new ClusterJoinFailedException($"{SelfAddress} did not become a member {how}: its cluster extension ended first.")));
        try
        {
            await up.Task.WaitAsync(timeout, RuntimeEnvironment.Of(System).Time, token);
        }
        catch (Exception ended) when (ended is TimeoutException or OperationCanceledException)
        {
            var reason = ended is TimeoutException ? $"within {timeout.TotalSeconds} s" : "before the waiting was cancelled";
            throw new ClusterJoinFailedException($"{SelfAddress} did not become a member {how} {reason}. It keeps trying.");
        }
    }
}
