using Akka.Actor;
using Akka.Remote.Tests.Support;
using Xunit.Abstractions;

namespace Akka.Remote.Tests;

public class RemoteWatchSpec(ITestOutputHelper output) : RemoteSpec(output, Fast)
{
    private const string Fast =
        """
        akka.loglevel = DEBUG
        akka.remote.watch-failure-detector {
          heartbeat-interval = 100 ms
          acceptable-heartbeat-pause = 1 s
          unreachable-nodes-reaper-interval = 100 ms
          expected-response-after = 100 ms
        }
        """;

    [Fact]
    public void The_end_of_a_watched_remote_actor_is_told()
    {
        var there = Start(config: Fast);
        var local = StartEcho(there);
        var echo = At(there, local);
        Watch(echo);
        AwaitWatched(echo);
        there.Stop(local);
        var end = ExpectTerminated(echo, Long);
        Assert.True(end.ExistenceConfirmed);
        Assert.False(end.AddressTerminated);
    }

    [Fact]
    public void All_watchers_of_a_remote_actor_are_told()
    {
        var there = Start(config: Fast);
        var local = StartEcho(there);
        var echo = At(there, local);
        var others = Enumerable.Range(0, 3).Select(_ => Probe()).ToArray();
        foreach (var other in others)
            other.Watch(echo);
        echo.Tell("stop", TestActor);
        ExpectMsg("my last words", Long);
        foreach (var other in others)
            other.ExpectTerminated(echo, Long);
    }

    [Fact]
    public void A_watched_actor_that_was_never_there_is_told_as_such()
    {
        var there = Start(config: Fast);
        var nobody = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef($"{AddressOf(there)}/user/nobody#123");
        Watch(nobody);
        Assert.False(ExpectTerminated(nobody, Long).ExistenceConfirmed);
    }

    [Fact]
    public void After_an_unwatch_nothing_is_told()
    {
        var there = Start(config: Fast);
        var local = StartEcho(there);
        var echo = At(there, local);
        var witness = Probe();
        Watch(echo);
        witness.Watch(echo);
        echo.Tell("a round trip", TestActor);
        ExpectMsg("a round trip", Long);
        Unwatch(echo);
        there.Stop(local);
        witness.ExpectTerminated(echo, Long);
        ExpectNoMsg(Quiet);
    }

    [Fact]
    public void When_a_watched_system_dies_its_actors_count_as_ended_and_it_is_quarantined()
    {
        var there = Start(config: Fast);
        var echo = At(there, StartEcho(there));
        Sys.EventStream.Subscribe(TestActor, typeof(QuarantinedEvent));
        AwaitAnswerTo(() => Watch(echo));
        var uid = AddressUidExtension.Uid(there);
        Hang(there);
        var quarantined = false;
        var terminated = false;
        while (!quarantined || !terminated)
        {
            switch (ReceiveOne(Long))
            {
                case QuarantinedEvent quarantine:
                    Assert.Equal(uid, quarantine.Uid);
                    Assert.Equal(AddressOf(there), quarantine.Address);
                    quarantined = true;
                    break;
                case Terminated end:
                    Assert.True(end.AddressTerminated);
                    terminated = true;
                    break;
                default:
                    Assert.Fail("the death of the system was not noticed");
                    break;
            }
        }
    }

    [Fact]
    public void When_a_system_that_never_answered_is_watched_its_actor_counts_as_ended()
    {
        var nobody = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef("akka.tcp://nobody@127.0.0.1:1/user/x#1");
        Watch(nobody);
        Assert.True(ExpectTerminated(nobody, Long).AddressTerminated);
    }

    [Fact]
    public async Task When_a_system_is_restarted_on_its_port_the_actors_of_the_old_one_are_told_as_ended()
    {
        var first = Start(config: Fast);
        var address = AddressOf(first);
        var echo = At(first, StartEcho(first));
        Watch(echo);
        echo.Tell("are you there", TestActor);
        ExpectMsg("are you there", Long);
        RemotingOf(first).Shutdown(() => { });
        var second = Start(config: $"{Fast}\nakka.remote.dot-netty.tcp.port = {address.Port}");
        StartEcho(second);
        ExpectTerminated(echo, Long);
        await first.Terminate();
    }

    [Fact]
    public void The_remote_watcher_says_how_much_it_watches()
    {
        var there = Start(config: Fast);
        var echo = At(there, StartEcho(there));
        Watch(echo);
        var watcher = ((RemoteActorRefProvider)((ExtendedActorSystem)Sys).Provider).RemoteWatcher;
        AwaitAssert(
            () =>
            {
                watcher.Tell(RemoteWatcher.Stats.Empty, TestActor);
                var stats = ExpectMsg<RemoteWatcher.Stats>(Long);
                Assert.Equal((1, 1), (stats.Watching, stats.WatchingNodes));
                Assert.Contains(AddressOf(there), stats.WatchingAddresses);
            },
            Long);
        Unwatch(echo);
        AwaitAssert(
            () =>
            {
                watcher.Tell(RemoteWatcher.Stats.Empty, TestActor);
                Assert.Equal(0, ExpectMsg<RemoteWatcher.Stats>(Long).WatchingNodes);
            },
            Long);
    }

    /// <summary>Waits until the watch has arrived at the other system.</summary>
    private void AwaitWatched(IActorRef watchee)
    {
        var watcher = ((RemoteActorRefProvider)((ExtendedActorSystem)Sys).Provider).RemoteWatcher;
        watcher.Tell(RemoteWatcher.Stats.Empty, TestActor);
        Assert.Equal(1, ExpectMsg<RemoteWatcher.Stats>(Long).Watching);
        watchee.Tell("behind the watch", TestActor);
        ExpectMsg("behind the watch", Long);
    }

    /// <summary>Waits until the remote watcher has had an answer, and so knows the uid.</summary>
    private void AwaitAnswerTo(Action watch) => EventFilter.Debug(contains: "Re-watch").ExpectOne(Long, watch);

    /// <summary>The system's remote watcher answers no more, though its connections stand.</summary>
    private static void Hang(ActorSystem system) =>
        system.Stop(((RemoteActorRefProvider)((ExtendedActorSystem)system).Provider).RemoteWatcher);
}
