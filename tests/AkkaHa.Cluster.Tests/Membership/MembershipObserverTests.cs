using Akka.Actor;
using AkkaHa.Cluster.Membership;
using AkkaHa.Cluster.Tests.Simulated;

namespace AkkaHa.Cluster.Tests.Membership;

public sealed class MembershipObserverTests
{
    [Fact]
    public void Who_subscribed_is_told_also_after_the_observer_failed_and_what_it_knew_of_nodes_that_went_is_kept()
    {
        var views = new List<MembershipView>();
        IActorRef? observer = null;
        using var nodes = new SimulatedNodes(3)
        {
            AlsoStart = (system, node, events, _) =>
            {
                if (node.Self != SimulatedNodes.Name(1))
                    return;
                observer = system.ActorOf(Props.Create(() => new Restarting(Props.Create(() => new MembershipObserver(node, events)))));
                system.ActorOf(Props.Create(() => new Subscriber(observer, views)));
            },
        };
        nodes.StartAll();
        nodes.Await(() => nodes.AreCluster(1, 2, 3) && views.LastOrDefault()?.Members.Count == 3, "the observer has seen all");
        nodes.PowerOff(3);
        nodes.Await(() => views[^1].Absences.GetValueOrDefault(SimulatedNodes.Name(3)) is { Downed: true }, "it has seen that n3 was downed");

        observer!.Tell(new Fail());
        nodes.Pass(2);
        var before = views.Count;
        nodes.Start(SimulatedNodes.Name(3));

        nodes.Await(() => nodes.AreCluster(1, 2, 3) && views.Count > before && views[^1].Members.Count == 3, "the subscriber is told of n3's return");
        Assert.True(views[before - 1].Absences[SimulatedNodes.Name(3)].Downed);
    }

    private sealed record Fail;

    private sealed class Restarting : ReceiveActor
    {
        public Restarting(Props child)
        {
            var observer = Context.ActorOf(child);
            Receive<Fail>(_ => observer.Tell(Kill.Instance));
            ReceiveAny(observer.Forward);
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);
    }

    private sealed class Subscriber : ReceiveActor
    {
        public Subscriber(IActorRef observer, List<MembershipView> views)
        {
            Receive<MembershipView>(views.Add);
            observer.Tell(WatchMembership.Instance);
        }
    }
}
