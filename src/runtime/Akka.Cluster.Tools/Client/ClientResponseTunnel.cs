using Akka.Actor;

namespace Akka.Cluster.Tools.Client;

/// <summary>
/// Stands in for a client as the sender of what it sends, and passes answers to it: the client's system need not be reachable
/// from every member, and members are not told of it. It stops when there are no answers for a while.
/// </summary>
internal sealed class ClientResponseTunnel : ReceiveActor
{
    private const string TemporaryActors = "temp";

    public ClientResponseTunnel(IActorRef client, TimeSpan timeout)
    {
        Context.SetReceiveTimeout(timeout);
        Receive<ReceiveTimeout>(_ => Context.Stop(Self));
        // Who asked gets one answer and is gone then.
        var isAsk = client.Path.Elements.Count > 0 && client.Path.Elements[0] == TemporaryActors;
        ReceiveAny(answer =>
        {
            client.Tell(answer, ActorRefs.NoSender);
            if (isAsk) Context.Stop(Self);
        });
    }

    public static Props Props(IActorRef client, TimeSpan timeout) => Actor.Props.Create(() => new ClientResponseTunnel(client, timeout)).WithDeploy(Deploy.Local);
}
