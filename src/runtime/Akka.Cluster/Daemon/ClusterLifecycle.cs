using Akka.Actor;
using Akka.Embedded;

namespace Akka.Cluster;

/// <summary>Ties the life of this member to the coordinated shutdown of its actor system, both ways.</summary>
internal sealed class ClusterLifecycle(Cluster cluster)
{
    private readonly TaskCompletionSource<Done> _left = NewCompletion(cluster.System);
    private readonly TaskCompletionSource<Done> _exiting = NewCompletion(cluster.System);
    private readonly TaskCompletionSource<Done> _ended = NewCompletion(cluster.System);

    public TaskCompletionSource<Done> NewCompletion() => NewCompletion(cluster.System);

    public void AddShutdownTasks(CoordinatedShutdown shutdown)
    {
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "leave", Leave);
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterExiting, "wait-exiting", () => IsNoMember ? Task.FromResult(Done.Instance) : _exiting.Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterExitingDone, "exiting-completed", ConfirmExiting);
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterShutdown, "wait-shutdown", End);
    }

    public void SelfIsLeaving() => _left.TrySetResult(Done.Instance);

    public void SelfIsExiting()
    {
        _left.TrySetResult(Done.Instance);
        if (!_exiting.TrySetResult(Done.Instance)) return;
        CoordinatedShutdown.Get(cluster.System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
    }

    /// <summary>This node was taken for dead: what it runs is started elsewhere, so it must not go on.</summary>
    public void SelfIsDown() => EndSystem(CoordinatedShutdown.ClusterDowningReason.Instance);

    public void JoinWasUnsuccessful() => CoordinatedShutdown.Get(cluster.System).Run(CoordinatedShutdown.ClusterJoinUnsuccessfulReason.Instance);

    public void ClusterEnded()
    {
        _left.TrySetResult(Done.Instance);
        _exiting.TrySetResult(Done.Instance);
        _ended.TrySetResult(Done.Instance);
    }

    public void EndSystem(CoordinatedShutdown.Reason reason)
    {
        if (cluster.Settings.RunCoordinatedShutdownWhenDown) CoordinatedShutdown.Get(cluster.System).Run(reason);
    }

    private bool IsNoMember => cluster.IsTerminated || cluster.SelfMember.Status is MemberStatus.Removed or MemberStatus.Down;

    // Continuations of a simulated system must run in its one loop, so there the completion runs them itself.
    private static TaskCompletionSource<Done> NewCompletion(ActorSystem system) =>
        new(RuntimeEnvironment.Of(system).IsDeterministic ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<Done> Leave()
    {
        if (IsNoMember) return Task.FromResult(Done.Instance);
        cluster.Leave(cluster.SelfAddress);
        return _left.Task;
    }

    private Task<Done> ConfirmExiting()
    {
        if (cluster.IsTerminated) return Task.FromResult(Done.Instance);
        cluster.Tell(ClusterCommands.ExitingCompleted.Instance);
        return _ended.Task;
    }

    private Task<Done> End()
    {
        if (!cluster.IsTerminated) cluster.Tell(PoisonPill.Instance);
        return _ended.Task;
    }
}
