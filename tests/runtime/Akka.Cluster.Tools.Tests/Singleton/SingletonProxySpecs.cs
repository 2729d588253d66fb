using Akka.Actor;
using Akka.Cluster.Tests.Nodes;
using Akka.Cluster.Tools.Tests.Support;
using Akka.Event;
using static Akka.Cluster.Tools.Tests.Support.Singleton;

namespace Akka.Cluster.Tools.Tests.Singleton;

public sealed class SingletonProxySpecs : ClusterNodes
{
    private readonly Ledger _ledger = new();

    [Fact]
    public async Task What_is_sent_before_the_singleton_is_found_reaches_it_in_order()
    {
        var node = Start();
        var proxy = Proxy(node);
        var answers = Listen(node, out var listener);
        foreach (var text in (string[])["one", "two", "three"]) proxy.Tell(text, listener);

        node.Join(node.SelfAddress);
        Manage(node, _ledger);

        await answers.Until(a => a.Count == 3);
        Assert.Equal(["one", "two", "three"], answers.Entries.Select(a => a.Split(' ')[0]));
    }

    [Fact]
    public async Task The_proxy_follows_the_singleton_to_the_next_oldest_member()
    {
        var nodes = await Form(2);
        foreach (var node in nodes) Manage(node, _ledger);
        var (oldest, other) = await OldestAndOther(nodes);
        var proxy = Proxy(other);
        Assert.Equal($"where? at {oldest.SelfAddress.Port}", await proxy.Ask<string>("where?", Patience));

        oldest.Leave(oldest.SelfAddress);
        await _ledger.Until(Started(other));

        Assert.Equal($"where? at {other.SelfAddress.Port}", await AskUntilAnswered(proxy));
    }

    [Fact]
    public async Task The_proxy_follows_the_singleton_away_from_a_crashed_member()
    {
        var nodes = await Form(3);
        foreach (var node in nodes) Manage(node, _ledger);
        var (oldest, _) = await OldestAndOther(nodes);
        var alive = nodes.Where(n => n != oldest).ToArray();
        var proxies = alive.Select(n => Proxy(n)).ToArray();
        foreach (var proxy in proxies) await proxy.Ask<string>("where?", Patience);

        await Crash(oldest);
        alive[0].Down(oldest.SelfAddress);
        await _ledger.Until(entries => entries.Any(e => alive.Any(n => e == Started(n))));

        foreach (var proxy in proxies) Assert.DoesNotContain($" {oldest.SelfAddress.Port}", await AskUntilAnswered(proxy));
    }

    [Fact]
    public async Task The_proxy_finds_a_singleton_that_was_started_anew_on_the_same_member()
    {
        var node = Assert.Single(await Form(1));
        var manager = Manage(node, _ledger);
        var proxy = Proxy(node);
        await proxy.Ask<string>("where?", Patience);

        await manager.GracefulStop(Patience);
        await ManageAgain(node);
        await _ledger.Until(entries => entries.Count(e => e == Started(node)) == 2);

        Assert.Equal($"where? at {node.SelfAddress.Port}", await AskUntilAnswered(proxy));
    }

    [Fact]
    public async Task Of_more_messages_than_the_buffer_takes_the_oldest_are_dropped_and_that_is_published()
    {
        var node = Start();
        var dropped = new Ledger();
        var witness = node.System.ActorOf(Props.Create(() => new DropWitness(dropped)));
        node.System.EventStream.Subscribe(witness, typeof(Dropped));
        var proxy = Proxy(node, s => s.WithBufferSize(2));
        var answers = Listen(node, out var listener);

        foreach (var text in (string[])["one", "two", "three"]) proxy.Tell(text, listener);
        await dropped.Until("one");
        node.Join(node.SelfAddress);
        Manage(node, _ledger);
        await answers.Until(a => a.Count == 2);

        Assert.Equal(["two", "three"], answers.Entries.Select(a => a.Split(' ')[0]));
        Assert.Equal(["one"], dropped.Entries);
    }

    [Fact]
    public async Task A_proxy_without_a_buffer_drops_what_it_cannot_deliver()
    {
        var node = Start();
        var dropped = new Ledger();
        var witness = node.System.ActorOf(Props.Create(() => new DropWitness(dropped)));
        node.System.EventStream.Subscribe(witness, typeof(Dropped));

        Proxy(node, s => s.WithBufferSize(0)).Tell("one", ActorRefs.NoSender);

        await dropped.Until("one");
    }

    /// <summary>The name of a stopped actor is free a moment after its watchers have heard of the end.</summary>
    private async Task ManageAgain(Cluster node)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                Manage(node, _ledger);
                return;
            }
            catch (InvalidActorNameException) when (!patience.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }

    private static Ledger Listen(Cluster node, out IActorRef listener)
    {
        var answers = new Ledger();
        listener = node.System.ActorOf(Props.Create(() => new Listener(answers)));
        return answers;
    }

    /// <summary>What is under way when the singleton ends may be lost, so a question is asked again.</summary>
    private static async Task<string> AskUntilAnswered(IActorRef proxy)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await proxy.Ask<string>("where?", TimeSpan.FromSeconds(2));
            }
            catch (AskTimeoutException) when (attempt < 15)
            {
            }
        }
    }

    private async Task<(Cluster Oldest, Cluster Other)> OldestAndOther(Cluster[] nodes)
    {
        await _ledger.Until(entries => entries.Count > 0);
        var oldest = nodes.Single(n => _ledger.Entries.Contains(Started(n)));
        return (oldest, nodes.First(n => n != oldest));
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(Ledger answers) => Receive<string>(answers.Write);
    }

    private sealed class DropWitness : ReceiveActor
    {
        public DropWitness(Ledger dropped) => Receive<Dropped>(d => dropped.Write(d.Message as string ?? d.Message.GetType().Name));
    }
}
