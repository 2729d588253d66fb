using Akka.Actor;
using Akka.Cluster;
using AkkaHa.Cluster;
using AkkaHa.Cluster.Lrm;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AkkaHa.Node;

/// <summary>Tells the cluster that this node's daemon is being stopped while nothing runs here, so that it is not fenced for its absence.</summary>
internal static class CleanLeave
{
    /// <summary>Asks this node's LRM to leave cleanly.</summary>
    /// <returns>Whether that is committed; false if guests run here, the node is in no cluster, or the time was too short.</returns>
    public static async Task<bool> TryAsync(ActorSystem system, TimeSpan timeout)
    {
        if (system.WhenTerminated.IsCompleted || AkkaCluster.Get(system).SelfMember.Status != MemberStatus.Up)
            return false;
        try
        {
            var reply = await system.ActorSelection($"/user/{ActorNames.Lrm}").Ask<LeaveReply>(LeaveRequest.Instance, timeout).ConfigureAwait(false);
            return reply.IsCommitted;
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }
}
