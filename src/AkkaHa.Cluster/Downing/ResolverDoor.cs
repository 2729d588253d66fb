using Akka.Actor;

namespace AkkaHa.Cluster.Downing;

/// <summary>
/// Where the resolvers of other members find this node's. The cluster itself starts the resolver, and starts it anew if it fails, under a
/// path that is no part of its API; this actor has a fixed one.
/// </summary>
public sealed class ResolverDoor : ReceiveActor
{
    private IActorRef? _resolver;

    /// <summary>A door behind which nobody is yet.</summary>
    public ResolverDoor()
    {
        Receive<ResolverHere>(here =>
        {
            if (_resolver is { } before && !before.Equals(here.Resolver))
                Context.Unwatch(before);
            _resolver = Context.Watch(here.Resolver);
        });
        Receive<Terminated>(gone => _resolver = gone.ActorRef.Equals(_resolver) ? null : _resolver);
        ReceiveAny(message =>
        {
            if (_resolver is { } resolver)
                resolver.Forward(message);
            else if (message is ResolverStatusRequest)
                Sender.Tell(new ResolverStatus(null, "members are downed by a strategy of the actor runtime"));
        });
    }
}
