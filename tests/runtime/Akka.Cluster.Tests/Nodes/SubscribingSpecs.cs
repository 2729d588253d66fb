using Akka.Actor;

namespace Akka.Cluster.Tests.Nodes;

public class SubscribingSpecs : ClusterNodes
{
    [Fact]
    public async Task A_subscription_begins_with_the_state_or_with_the_events_that_lead_to_it()
    {
        var node = (await Form(1))[0];
        var (snapshot, events) = (new EventLog(), new EventLog());
        Subscribe(node, snapshot, ClusterEvent.InitialStateAsSnapshot, typeof(ClusterEvent.IMemberEvent));
        Subscribe(node, events, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberUp), typeof(ClusterEvent.LeaderChanged));
        Assert.Single((await snapshot.Next<ClusterEvent.CurrentClusterState>(_ => true)).Members);
        await events.Next<ClusterEvent.LeaderChanged>(e => node.SelfAddress.Equals(e.Leader));
        await events.Next<ClusterEvent.MemberUp>(e => e.Member.UniqueAddress == node.SelfUniqueAddress);
        Assert.DoesNotContain(events.All, e => e is ClusterEvent.CurrentClusterState);
    }

    [Fact]
    public async Task A_subscriber_hears_of_what_it_asked_for_only_once_and_nothing_after_it_has_had_enough()
    {
        var nodes = await Form(1);
        var (log, all) = (new EventLog(), new EventLog());
        var subscriber = Subscribe(nodes[0], log, ClusterEvent.InitialStateAsSnapshot, typeof(ClusterEvent.MemberUp), typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.MemberDowned));
        Subscribe(nodes[0], all, ClusterEvent.InitialStateAsSnapshot, typeof(ClusterEvent.IClusterDomainEvent));
        var second = Start();
        second.Join(nodes[0].SelfAddress);
        await log.Next<ClusterEvent.MemberUp>(_ => true);
        nodes[0].Unsubscribe(subscriber, typeof(ClusterEvent.IMemberEvent));
        nodes[0].Unsubscribe(subscriber, typeof(ClusterEvent.MemberUp));
        nodes[0].Down(second.SelfAddress);
        await log.Next<ClusterEvent.MemberDowned>(_ => true);
        nodes[0].Unsubscribe(subscriber);
        await all.Next<ClusterEvent.MemberRemoved>(_ => true);
        Assert.Single(log.All.OfType<ClusterEvent.MemberUp>());
        Assert.Empty(log.All.OfType<ClusterEvent.MemberRemoved>());
    }

    [Fact]
    public async Task The_state_of_a_node_is_never_older_than_the_events_it_has_published()
    {
        var nodes = await Form(1);
        var matches = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = nodes[0].System.ActorOf(Props.Create(() => new Comparing(nodes[0], matches)));
        nodes[0].Subscribe(actor, typeof(ClusterEvent.MemberUp));
        Start().Join(nodes[0].SelfAddress);
        Assert.True(await matches.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task What_is_no_event_of_the_cluster_cannot_be_subscribed_to()
    {
        var node = (await Form(1))[0];
        Assert.Throws<ArgumentException>(() => node.Subscribe(ActorRefs.Nobody, typeof(string)));
        Assert.Throws<ArgumentException>(() => node.Subscribe(ActorRefs.Nobody));
    }

    [Fact]
    public async Task The_path_of_an_actor_for_others_has_this_nodes_address()
    {
        var node = (await Form(1))[0];
        var actor = node.System.ActorOf(Props.Create(() => new Comparing(node, new TaskCompletionSource<bool>())), "compare");
        Assert.StartsWith($"{node.SelfAddress}/user/compare", node.RemotePathOf(actor).ToString());
    }

    private static IActorRef Subscribe(Cluster node, EventLog log, ClusterEvent.SubscriptionInitialStateMode mode, params Type[] to)
    {
        var actor = node.System.ActorOf(Props.Create(() => new Recording(log)));
        node.Subscribe(actor, mode, to);
        return actor;
    }

    private sealed class Recording : ReceiveActor
    {
        public Recording(EventLog log) => ReceiveAny(log.Add);
    }

    private sealed class Comparing : ReceiveActor
    {
        public Comparing(Cluster node, TaskCompletionSource<bool> matches)
        {
            Receive<ClusterEvent.MemberUp>(e => matches.TrySetResult(node.State.Members.Any(m => m.Equals(e.Member) && m.Status != MemberStatus.Joining)));
            ReceiveAny(_ => { });
        }
    }
}
