using Akka.Actor;
using AkkaHa.Cluster;

namespace AkkaHa.Simulation.World;

/// <summary>An operator's connection to a node: asks its gateway and calls back with the answer.</summary>
internal sealed class OperatorEndpoint : ReceiveActor
{
    public sealed record Request(object Message, Action<object> OnReply);

    public OperatorEndpoint() => Receive<Request>(request => Context.ActorOf(Props.Create(() => new Call(request))));

    private sealed class Call : ReceiveActor
    {
        // Longer than the gateway takes at most: it answers always, unless its node dies.
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        private readonly Request _request;

        public Call(Request request)
        {
            _request = request;
            Receive<ReceiveTimeout>(_ => Context.Stop(Self));
            ReceiveAny(reply =>
            {
                request.OnReply(reply);
                Context.Stop(Self);
            });
        }

        protected override void PreStart()
        {
            Context.SetReceiveTimeout(Patience);
            Context.ActorSelection($"/user/{ActorNames.Gateway}").Tell(_request.Message);
        }
    }
}
