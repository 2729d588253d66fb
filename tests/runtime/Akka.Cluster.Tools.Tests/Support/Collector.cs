using Akka.Actor;

namespace Akka.Cluster.Tools.Tests.Support;

/// <summary>Writes down every text it gets, and answers questions (texts that end with a question mark) with its name.</summary>
internal sealed class Collector : ReceiveActor
{
    public Collector(Ledger ledger, string name)
    {
        Receive<string>(text => text.EndsWith('?'), _ => Sender.Tell(name));
        Receive<string>(text => ledger.Write($"{name}:{text}"));
        ReceiveAny(other => ledger.Write($"{name}:{other.GetType().Name}"));
    }

    public static IActorRef On(Cluster node, Ledger ledger, string name, string? path = null) =>
        node.System.ActorOf(Props.Create(() => new Collector(ledger, name)), path ?? name);
}
