using Akka.Actor;

namespace Akka.Cluster;

/// <summary>Answers heartbeats. It has no state and an own mailbox, so that a busy core does not look like a dead node.</summary>
internal sealed class ClusterHeartbeatReceiver : ReceiveActor
{
    public ClusterHeartbeatReceiver(UniqueAddress self) =>
        Receive<Heartbeat>(h => Sender.Tell(new HeartbeatRsp(self, h.SequenceNr, h.CreationTime)));
}
