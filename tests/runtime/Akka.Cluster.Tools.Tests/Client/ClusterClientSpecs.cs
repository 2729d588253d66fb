using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Tests.Nodes;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.Tests.Support;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Cluster.Tools.Tests.Client;

public sealed class ClusterClientSpecs : ClusterNodes, IAsyncLifetime
{
    private const string Quick = """
        akka.cluster.pub-sub.gossip-interval = 100ms
        akka.cluster.client.receptionist { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 1s, failure-detection-interval = 200ms }
        """;

    private readonly Ledger _ledger = new();
    private readonly ActorSystem _outside = ActorSystem.Create("operator", ConfigurationFactory.ParseString("""
        akka {
          loglevel = WARNING
          actor.provider = remote
          remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
          cluster.client { establishing-get-contacts-interval = 200ms, heartbeat-interval = 200ms, acceptable-heartbeat-pause = 2s }
        }
        """));

    async Task IAsyncLifetime.DisposeAsync()
    {
        await _outside.Terminate().WaitAsync(Patience);
        await DisposeAsync();
    }

    [Fact]
    public async Task A_client_asks_a_service_of_the_cluster_and_gets_its_answer()
    {
        var nodes = await Form(2, Quick);
        foreach (var node in nodes) Serve(node, $"gateway of {node.SelfAddress.Port}");

        var answer = await Client(nodes[0]).Ask<string>(new ClusterClient.Send("/user/gateway", "who?", localAffinity: true), Patience);

        Assert.Contains(answer, nodes.Select(n => $"gateway of {n.SelfAddress.Port}"));
    }

    [Fact]
    public async Task Whoever_is_on_one_node_alone_is_reached_through_any()
    {
        var nodes = await Form(2, Quick);
        Serve(nodes[1], "the only one");
        ClusterClientReceptionist.Get(nodes[0].System);

        Assert.Equal("the only one", await AskUntilAnswered(Client(nodes[0])));
    }

    [Fact]
    public async Task What_is_sent_before_there_is_a_connection_is_kept()
    {
        var node = Start(Quick);
        var client = Client(node);
        client.Tell(new ClusterClient.Send("/user/gateway", "early"));

        Serve(node, "gateway");
        node.Join(node.SelfAddress);

        await _ledger.Until("gateway:early");
    }

    [Fact]
    public async Task When_the_node_of_its_receptionist_dies_the_client_goes_on_with_another()
    {
        var nodes = await Form(3, Quick);
        foreach (var node in nodes) Serve(node, node.SelfAddress.Port.ToString()!);
        var client = Client(nodes);
        var used = await client.Ask<string>(new ClusterClient.Send("/user/gateway", "who?", localAffinity: true), Patience);
        var dead = nodes.Single(n => n.SelfAddress.Port.ToString() == used);

        await Crash(dead);
        nodes.First(n => n != dead).Down(dead.SelfAddress);

        Assert.NotEqual(used, await AskUntilAnswered(client));
    }

    [Fact]
    public async Task A_receptionist_that_stops_sends_its_clients_elsewhere_at_once()
    {
        var nodes = await Form(2, "akka.cluster.client.receptionist.acceptable-heartbeat-pause = 10m");
        foreach (var node in nodes) Serve(node, node.SelfAddress.Port.ToString()!);
        // Heartbeats alone would notice long after the patience of this test.
        var client = Client(s => s.WithHeartbeatInterval(TimeSpan.FromMinutes(5)), nodes);
        var used = await client.Ask<string>(new ClusterClient.Send("/user/gateway", "who?", localAffinity: true), Patience);
        var leaving = nodes.Single(n => n.SelfAddress.Port.ToString() == used);

        leaving.Leave(leaving.SelfAddress);
        await leaving.System.WhenTerminated.WaitAsync(Patience);

        Assert.NotEqual(used, await AskUntilAnswered(client));
    }

    [Fact]
    public async Task A_receptionist_that_has_said_that_it_leaves_is_not_chosen_again_though_it_still_answers()
    {
        var address = ((ExtendedActorSystem)_outside).Provider.DefaultAddress;
        ImmutableList<string> leaving = [$"{address}/user/leaving"];
        ImmutableList<string> both = [.. leaving, $"{address}/user/staying"];
        // For a while the one that leaves is the only one that is known.
        _outside.ActorOf(Props.Create(() => new FakeReceptionist(_ledger, ReceptionistShutdown.Instance, leaving, leaving, leaving, both)), "leaving");
        _outside.ActorOf(Props.Create(() => new FakeReceptionist(_ledger, ClientHeartbeatRsp.Instance, both)), "staying");
        var settings = ClusterClientSettings.Create(_outside).WithInitialContacts([ActorPath.Parse(leaving[0])]);

        _outside.ActorOf(ClusterClient.Props(settings));

        await _ledger.Until("staying");
        Assert.Single(_ledger.Entries, e => e == "leaving");
    }

    [Fact]
    public async Task Only_what_is_registered_can_be_reached_and_no_longer_than_it_is()
    {
        var node = Assert.Single(await Form(1, Quick));
        var hidden = Collector.On(node, _ledger, "hidden");
        var service = Serve(node, "gateway");
        var client = Client(node);
        client.Tell(new ClusterClient.Send("/user/hidden", "knock"));
        client.Tell(new ClusterClient.Send("/user/gateway", "one"));
        await _ledger.Until("gateway:one");
        Assert.DoesNotContain("hidden:knock", _ledger.Entries);

        ClusterClientReceptionist.Get(node.System).UnregisterService(service);
        ClusterClientReceptionist.Get(node.System).RegisterService(hidden);
        client.Tell(new ClusterClient.Send("/user/gateway", "two"));
        client.Tell(new ClusterClient.Send("/user/hidden", "knock again"));

        await _ledger.Until("hidden:knock again");
        Assert.DoesNotContain("gateway:two", _ledger.Entries);
    }

    [Fact]
    public async Task A_client_publishes_to_subscribers_and_sends_to_all()
    {
        var node = Assert.Single(await Form(1, Quick));
        ClusterClientReceptionist.Get(node.System).RegisterSubscriber("alarms", Collector.On(node, _ledger, "subscriber"));
        Serve(node, "gateway");
        var client = Client(node);

        client.Tell(new ClusterClient.Publish("alarms", "fire"));
        client.Tell(new ClusterClient.SendToAll("/user/gateway", "out"));

        await _ledger.Until(e => e.Contains("subscriber:fire") && e.Contains("gateway:out"));
    }

    [Fact]
    public async Task A_client_that_finds_no_cluster_in_time_stops()
    {
        var nobody = ImmutableHashSet.Create(ActorPath.Parse("akka.tcp://ha@127.0.0.1:1/system/receptionist"));
        var settings = ClusterClientSettings.Create(_outside).WithInitialContacts(nobody).WithReconnectTimeout(TimeSpan.FromMilliseconds(300));

        var client = _outside.ActorOf(ClusterClient.Props(settings));

        Assert.True(await client.WatchAsync(new CancellationTokenSource(Patience).Token));
    }

    [Fact]
    public async Task Of_more_messages_than_a_client_keeps_the_oldest_are_dropped_and_that_is_published()
    {
        var dropped = new Ledger();
        var witness = _outside.ActorOf(Props.Create(() => new DropWitness(dropped)));
        _outside.EventStream.Subscribe(witness, typeof(Dropped));
        var node = Start(Quick);
        var client = Client(s => s.WithBufferSize(1), node);

        client.Tell(new ClusterClient.Send("/user/gateway", "one"));
        client.Tell(new ClusterClient.Send("/user/gateway", "two"));
        await dropped.Until("one");
        Serve(node, "gateway");
        node.Join(node.SelfAddress);

        await _ledger.Until("gateway:two");
        Assert.DoesNotContain("gateway:one", _ledger.Entries);
    }

    [Fact]
    public async Task A_client_tells_of_its_contact_points_and_a_receptionist_of_its_clients()
    {
        var nodes = await Form(2, Quick);
        foreach (var node in nodes) Serve(node, node.SelfAddress.Port.ToString()!);
        var (points, clients) = (new Ledger(), new Ledger());
        foreach (var node in nodes)
            ClusterClientReceptionist.Get(node.System).Underlying.Tell(SubscribeClusterClients.Instance, node.System.ActorOf(Props.Create(() => new ClientWitness(clients))));

        var client = Client(nodes[0]);
        client.Tell(SubscribeContactPoints.Instance, _outside.ActorOf(Props.Create(() => new ContactWitness(points))));

        await clients.Until("up");
        await points.Until($"+{nodes[1].SelfAddress.Port}");
        var known = await client.Ask<ContactPoints>(GetContactPoints.Instance, Patience);
        Assert.Equal(nodes.Select(n => n.SelfAddress).Order(), known.ContactPointsList.Select(c => c.Address).Order());
        await client.GracefulStop(Patience);
        await clients.Until("gone");
    }

    private static async Task<string> AskUntilAnswered(IActorRef client)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await client.Ask<string>(new ClusterClient.Send("/user/gateway", "who?", localAffinity: true), TimeSpan.FromSeconds(1));
            }
            catch (AskTimeoutException) when (attempt < 30)
            {
            }
        }
    }

    private IActorRef Serve(Cluster node, string name)
    {
        var service = Collector.On(node, _ledger, name, "gateway");
        ClusterClientReceptionist.Get(node.System).RegisterService(service);
        return service;
    }

    private IActorRef Client(params Cluster[] contacts) => Client(s => s, contacts);

    private IActorRef Client(Func<ClusterClientSettings, ClusterClientSettings> with, params Cluster[] contacts)
    {
        var paths = contacts.Select(c => new RootActorPath(c.SelfAddress) / "system" / "receptionist").ToImmutableHashSet();
        return _outside.ActorOf(ClusterClient.Props(with(ClusterClientSettings.Create(_outside).WithInitialContacts(paths))), "client");
    }

    /// <summary>Names these receptionists, one list after the other and then the last one for ever, and answers heartbeats as it was told.</summary>
    private sealed class FakeReceptionist : ReceiveActor
    {
        public FakeReceptionist(Ledger ledger, IClusterClientMessage answer, params ImmutableList<string>[] named)
        {
            var asked = 0;
            Receive<GetContacts>(_ => Sender.Tell(new Contacts(named[Math.Min(asked++, named.Length - 1)])));
            Receive<ClientHeartbeat>(_ =>
            {
                ledger.Write(Self.Path.Name);
                Sender.Tell(answer);
            });
        }
    }

    private sealed class DropWitness : ReceiveActor
    {
        public DropWitness(Ledger dropped) => Receive<Dropped>(d => dropped.Write((string)WrappedMessage.Unwrap(d.Message)));
    }

    private sealed class ClientWitness : ReceiveActor
    {
        public ClientWitness(Ledger clients)
        {
            Receive<ClusterClients>(known =>
            {
                foreach (var _ in known.ClusterClientsList) clients.Write("up");
            });
            Receive<ClusterClientUp>(_ => clients.Write("up"));
            Receive<ClusterClientUnreachable>(_ => clients.Write("gone"));
            ReceiveAny(_ => { });
        }
    }

    private sealed class ContactWitness : ReceiveActor
    {
        public ContactWitness(Ledger points)
        {
            // What the client had learned already when the witness came.
            Receive<ContactPoints>(known =>
            {
                foreach (var point in known.ContactPointsList) points.Write($"+{point.Address.Port}");
            });
            Receive<ContactPointAdded>(added => points.Write($"+{added.ContactPoint.Address.Port}"));
            Receive<ContactPointRemoved>(removed => points.Write($"-{removed.ContactPoint.Address.Port}"));
            ReceiveAny(_ => { });
        }
    }
}
