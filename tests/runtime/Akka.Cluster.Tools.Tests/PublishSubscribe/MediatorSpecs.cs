using Akka.Actor;
using Akka.Cluster.Tests.Nodes;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Cluster.Tools.PublishSubscribe.Internal;
using Akka.Cluster.Tools.Tests.Support;
using Akka.Event;

namespace Akka.Cluster.Tools.Tests.PublishSubscribe;

public sealed class MediatorSpecs : ClusterNodes
{
    private const string QuickGossip = "akka.cluster.pub-sub.gossip-interval = 100ms";
    private readonly Ledger _ledger = new();

    [Fact]
    public async Task Before_any_cluster_is_formed_messages_go_to_the_subscribers_of_the_same_node()
    {
        var node = Start();
        var mediator = DistributedPubSub.Get(node.System).Mediator;
        await SubscribeOn(node, "a", "alarms");
        mediator.Tell(new Put(Collector.On(node, _ledger, "b", "lrm")));

        mediator.Tell(new Publish("alarms", "fire"));
        mediator.Tell(new Send("/user/lrm", "start"));
        mediator.Tell(new SendToAll("/user/lrm", "stop"));

        await _ledger.Until(e => e.Count == 3);
        Assert.Equal(["a:fire", "b:start", "b:stop"], _ledger.Entries.Order());
    }

    [Fact]
    public async Task What_is_published_on_one_node_reaches_the_subscribers_of_every_node_once()
    {
        var nodes = await Form(3, QuickGossip);
        for (var i = 0; i < 3; i++) await SubscribeOn(nodes[i], $"s{i}", "alarms");
        await SubscribeOn(nodes[2], "other", "news");
        await Everywhere(nodes, "alarms", "s0", "s1", "s2");

        MediatorOf(nodes[0]).Tell(new Publish("alarms", "fire"));

        await _ledger.Until(e => Written(e).Count() == 3);
        Assert.Equal(["s0:fire", "s1:fire", "s2:fire"], Written(_ledger.Entries));
    }

    [Fact]
    public async Task A_message_with_an_answer_finds_its_way_back_to_the_asker()
    {
        var nodes = await Form(2, QuickGossip);
        MediatorOf(nodes[1]).Tell(new Put(Collector.On(nodes[1], _ledger, "far", "service")));

        Assert.Equal("far", await Ask(MediatorOf(nodes[0]), new Send("/user/service", "who?")));
    }

    [Fact]
    public async Task With_local_affinity_the_own_node_is_preferred()
    {
        var nodes = await Form(2, QuickGossip + "\nakka.cluster.pub-sub.routing-logic = round-robin");
        for (var i = 0; i < 2; i++) MediatorOf(nodes[i]).Tell(new Put(Collector.On(nodes[i], _ledger, $"n{i}", "service")));
        await Until(async () => await AnswersOf(new Send("/user/service", "who?")) == 2);

        for (var i = 0; i < 6; i++) Assert.Equal("n0", await Ask(MediatorOf(nodes[0]), new Send("/user/service", "who?", localAffinity: true)));

        async Task<int> AnswersOf(Send send)
        {
            var answers = new HashSet<string>();
            for (var i = 0; i < 4; i++) answers.Add(await Ask(MediatorOf(nodes[0]), send));
            return answers.Count;
        }
    }

    [Fact]
    public async Task A_message_to_all_goes_to_every_node_or_to_all_but_the_own()
    {
        var nodes = await Form(2, QuickGossip);
        for (var i = 0; i < 2; i++)
        {
            MediatorOf(nodes[i]).Tell(new Put(Collector.On(nodes[i], _ledger, $"n{i}", "service")));
            await SubscribeOn(nodes[i], $"s{i}", "ready");
        }

        await Everywhere(nodes, "ready", "s0", "s1");

        MediatorOf(nodes[0]).Tell(new SendToAll("/user/service", "all"));
        await _ledger.Until(e => e.Contains("n0:all") && e.Contains("n1:all"));
        MediatorOf(nodes[0]).Tell(new SendToAll("/user/service", "others", excludeSelf: true));
        await _ledger.Until("n1:others");
        MediatorOf(nodes[0]).Tell(new Send("/user/service", "last", localAffinity: true));
        await _ledger.Until("n0:last");

        Assert.DoesNotContain("n0:others", _ledger.Entries);
    }

    [Fact]
    public async Task Of_each_group_one_gets_what_is_published_to_groups_and_no_one_outside_of_them()
    {
        var nodes = await Form(2, QuickGossip);
        for (var i = 0; i < 2; i++)
        {
            await SubscribeOn(nodes[i], $"red{i}", "jobs", "red");
            await SubscribeOn(nodes[i], $"blue{i}", "jobs", "blue");
            await SubscribeOn(nodes[i], $"none{i}", "jobs");
        }

        await Everywhere(nodes, "jobs", "none0", "none1");

        MediatorOf(nodes[0]).Tell(new Publish("jobs", "work", sendOneMessageToEachGroup: true));
        await _ledger.Until(e => Written(e).Count() == 2);
        MediatorOf(nodes[0]).Tell(new Publish("jobs", "news"));
        await _ledger.Until(e => Written(e).Count() == 4);

        var entries = Written(_ledger.Entries).ToList();
        Assert.Single(entries, e => e.StartsWith("red") && e.EndsWith(":work"));
        Assert.Single(entries, e => e.StartsWith("blue") && e.EndsWith(":work"));
        Assert.Equal(["none0:news", "none1:news"], entries.Where(e => e.EndsWith(":news")).Order());
    }

    [Fact]
    public async Task Who_unsubscribes_or_ends_gets_nothing_more()
    {
        var node = Start();
        var mediator = MediatorOf(node);
        var (first, second, third) = (await SubscribeOn(node, "a", "alarms"), await SubscribeOn(node, "b", "alarms"), await SubscribeOn(node, "c", "alarms"));

        await mediator.Ask<UnsubscribeAck>(new Unsubscribe("alarms", first), Patience);
        await second.GracefulStop(Patience);
        await Until(async () => await mediator.Ask<int>(new CountSubscribers("alarms"), Patience) == 1);
        mediator.Tell(new Publish("alarms", "fire"));

        await _ledger.Until("c:fire");
        Assert.Equal(["c:fire"], _ledger.Entries);
        await third.GracefulStop(Patience);
        await Until(async () => (await mediator.Ask<CurrentTopics>(GetTopics.Instance, Patience)).Topics.Count == 0);
    }

    [Fact]
    public async Task Subscribing_twice_delivers_once()
    {
        var node = Start();
        var subscriber = await SubscribeOn(node, "a", "alarms");
        await MediatorOf(node).Ask<SubscribeAck>(new Subscribe("alarms", subscriber), Patience);

        MediatorOf(node).Tell(new Publish("alarms", "fire"));
        MediatorOf(node).Tell(new Publish("alarms", "out"));

        await _ledger.Until("a:out");
        Assert.Equal(["a:fire", "a:out"], _ledger.Entries);
    }

    [Fact]
    public async Task What_nobody_wants_goes_to_dead_letters()
    {
        var node = Start();
        var witness = node.System.ActorOf(Props.Create(() => new DeadLetterWitness(_ledger)));
        node.System.EventStream.Subscribe(witness, typeof(DeadLetter));

        MediatorOf(node).Tell(new Publish("nobody", "hello"));
        MediatorOf(node).Tell(new Send("/user/nobody", "hi"));

        await _ledger.Until(e => e.Contains("hello") && e.Contains("hi"));
    }

    [Fact]
    public async Task What_a_crashed_member_had_registered_is_not_sent_to_any_more()
    {
        var nodes = await Form(2, QuickGossip);
        await SubscribeOn(nodes[1], "far", "alarms");
        await Until(async () => (await TopicsOf(nodes[0])).Contains("alarms"));

        await Crash(nodes[1]);
        nodes[0].Down(nodes[1].SelfAddress);

        await Until(async () => (await TopicsOf(nodes[0])).Count == 0);
    }

    [Fact]
    public void A_routing_logic_that_is_not_known_is_refused()
    {
        var node = Start("akka.cluster.pub-sub.routing-logic = consistent-hashing");

        var refusal = Assert.ThrowsAny<Exception>(() => DistributedPubSub.Get(node.System));

        Assert.Contains("'consistent-hashing'", refusal.GetBaseException().Message);
    }

    private static IActorRef MediatorOf(Cluster node) => DistributedPubSub.Get(node.System).Mediator;

    private static async Task<IReadOnlyCollection<string>> TopicsOf(Cluster node) =>
        [.. (await MediatorOf(node).Ask<CurrentTopics>(GetTopics.Instance, Patience)).Topics];

    /// <summary>Gossip gives no sign when it has come about, so it is asked for again and again, with patience.</summary>
    private static async Task Until(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, "Waited in vain.");
            await Task.Delay(20);
        }
    }

    private static async Task<string> Ask(IActorRef mediator, object message)
    {
        var answer = "";
        await Until(async () =>
        {
            try
            {
                answer = await mediator.Ask<string>(message, TimeSpan.FromSeconds(1));
                return true;
            }
            catch (AskTimeoutException)
            {
                return false;
            }
        });
        return answer;
    }

    /// <summary>Waits until each node reaches these subscribers of a topic. What is published for that is left out of <see cref="Written"/>.</summary>
    private async Task Everywhere(Cluster[] nodes, string topic, params string[] subscribers)
    {
        foreach (var node in nodes)
        {
            await Until(() =>
            {
                MediatorOf(node).Tell(new Publish(topic, $"probe{node.SelfAddress.Port}"));
                return Task.FromResult(subscribers.All(s => _ledger.Entries.Contains($"{s}:probe{node.SelfAddress.Port}")));
            });
        }
    }

    private static IEnumerable<string> Written(IEnumerable<string> entries) => entries.Where(e => !e.Contains(":probe", StringComparison.Ordinal)).Order();

    private async Task<IActorRef> SubscribeOn(Cluster node, string name, string topic, string? group = null)
    {
        var subscriber = Collector.On(node, _ledger, name);
        await MediatorOf(node).Ask<SubscribeAck>(new Subscribe(topic, subscriber, group), Patience);
        return subscriber;
    }

    private sealed class DeadLetterWitness : ReceiveActor
    {
        public DeadLetterWitness(Ledger ledger) => Receive<DeadLetter>(d => ledger.Write(d.Message as string ?? d.Message.GetType().Name));
    }
}
