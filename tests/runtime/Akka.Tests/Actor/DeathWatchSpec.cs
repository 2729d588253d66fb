using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Tests.Actor;

public sealed class DeathWatchSpec : AkkaSpec
{
    private sealed record WatchIt(IActorRef Subject);

    private sealed record WatchItWith(IActorRef Subject, object Message);

    private sealed record UnwatchIt(IActorRef Subject);

    // A bare Terminated would be taken by the cell of whoever gets it and does not watch.
    private sealed record News(Terminated Terminated);

    private sealed class Watcher(IActorRef listener) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case WatchIt watch:
                    Context.Watch(watch.Subject);
                    break;
                case WatchItWith watch:
                    Context.WatchWith(watch.Subject, watch.Message);
                    break;
                case UnwatchIt unwatch:
                    Context.Unwatch(unwatch.Subject);
                    break;
                case Terminated terminated:
                    listener.Tell(new News(terminated));
                    break;
                case string:
                    listener.Forward(message);
                    break;
                default:
                    Unhandled(message);
                    break;
            }
        }
    }

    private sealed class DeathPact : ReceiveActor
    {
        public DeathPact() => Receive<IActorRef>(subject => Context.Watch(subject));
    }

    private IActorRef StartWatcher() => Sys.ActorOf(Props.Create(() => new Watcher(TestActor)));

    [Fact]
    public void The_end_of_a_watched_actor_is_told_once()
    {
        var subject = Sys.ActorOf(Props.Empty);
        var watcher = StartWatcher();
        watcher.Tell(new WatchIt(subject));
        watcher.Tell(new WatchIt(subject));
        Sync(watcher);
        Sys.Stop(subject);
        var terminated = ExpectMsg<News>().Terminated;
        Assert.Equal((subject, true, false), (terminated.ActorRef, terminated.ExistenceConfirmed, terminated.AddressTerminated));
        watcher.Tell("next");
        ExpectMsg("next");
    }

    [Fact]
    public void An_actor_that_is_gone_already_is_told_at_once()
    {
        var subject = Sys.ActorOf(Props.Empty);
        Watch(subject);
        Sys.Stop(subject);
        ExpectTerminated(subject);
        StartWatcher().Tell(new WatchIt(subject));
        Assert.Equal(subject, ExpectMsg<News>().Terminated.ActorRef);
    }

    [Fact]
    public void An_actor_that_never_was_is_told_as_not_confirmed()
    {
        var nobody = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef("akka://test/user/never");
        StartWatcher().Tell(new WatchIt(nobody));
        Assert.False(ExpectMsg<News>().Terminated.ExistenceConfirmed);
    }

    [Fact]
    public void After_an_unwatch_nothing_is_told()
    {
        var subject = Sys.ActorOf(Props.Empty);
        var watcher = StartWatcher();
        watcher.Tell(new WatchIt(subject));
        watcher.Tell(new UnwatchIt(subject));
        Sync(watcher);
        Watch(subject);
        Sys.Stop(subject);
        ExpectTerminated(subject);
        watcher.Tell("next");
        ExpectMsg("next");
    }

    [Fact]
    public void News_that_lies_in_the_mailbox_is_dropped_by_an_unwatch()
    {
        var gate = new ManualResetEventSlim();
        var subject = Sys.ActorOf(Props.Empty);
        var watcher = Sys.ActorOf(Props.Create(() => new Waiting(gate, subject, TestActor)));
        Sync(watcher);
        watcher.Tell("wait");
        Watch(subject);
        Sys.Stop(subject);
        ExpectTerminated(subject);
        // Its own news goes the same way at the same time; the watcher is busy until both have it.
        AwaitCondition(() => ((LocalActorRef)watcher).Cell.Mailbox.HasSystemMessages);
        gate.Set();
        watcher.Tell("next");
        ExpectMsg("next");
    }

    private sealed class Waiting(ManualResetEventSlim gate, IActorRef subject, IActorRef listener) : UntypedActor
    {
        protected override void PreStart() => Context.Watch(subject);

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case "wait":
                    Self.Tell("unwatch");
                    Assert.True(gate.Wait(Patience));
                    break;
                case "unwatch":
                    Context.Unwatch(subject);
                    break;
                default:
                    listener.Tell(message);
                    break;
            }
        }
    }

    [Fact]
    public void Watching_with_a_message_sends_that_message()
    {
        var subject = Sys.ActorOf(Props.Empty);
        var watcher = StartWatcher();
        watcher.Tell(new WatchItWith(subject, "gone"));
        Sync(watcher);
        Sys.Stop(subject);
        ExpectMsg("gone");
    }

    [Fact]
    public void A_watch_is_not_changed_by_watching_with_another_message()
    {
        var subject = Sys.ActorOf(Props.Empty);
        var watcher = StartWatcher();
        watcher.Tell(new WatchIt(subject));
        EventFilter.Exception<InvalidOperationException>(contains: "not overwritten").ExpectOne(() => watcher.Tell(new WatchItWith(subject, "gone")));
    }

    [Fact]
    public void A_watch_outlives_a_restart_of_the_watcher()
    {
        var subject = Sys.ActorOf(Props.Empty);
        var watcher = StartWatcher();
        watcher.Tell(new WatchItWith(subject, "gone"));
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => watcher.Tell(new WatchItWith(subject, "other")));
        Sys.Stop(subject);
        ExpectMsg("gone");
    }

    [Fact]
    public void Who_does_not_handle_the_end_of_another_dies_with_it()
    {
        var subject = Sys.ActorOf(Props.Empty);
        var pact = Sys.ActorOf<DeathPact>();
        pact.Tell(subject);
        Watch(pact);
        Sync(pact);
        EventFilter.Exception<DeathPactException>().ExpectOne(() => Sys.Stop(subject));
        ExpectTerminated(pact);
    }

    [Fact]
    public void A_parent_is_told_of_a_child_it_watches_and_not_of_one_it_does_not()
    {
        var parent = Sys.ActorOf(Props.Create(() => new ParentOfTwo(TestActor)));
        parent.Tell("stop");
        var terminated = ExpectMsg<News>().Terminated;
        Assert.Equal("watched", terminated.ActorRef.Path.Name);
        AwaitAssert(() =>
        {
            parent.Tell("children");
            ExpectMsg(0);
        });
    }

    private sealed class ParentOfTwo : ReceiveActor
    {
        public ParentOfTwo(IActorRef listener)
        {
            var unwatched = Context.ActorOf(Props.Empty, "unwatched");
            var watched = Context.Watch(Context.ActorOf(Props.Empty, "watched"));
            Receive<string>(text => text == "stop", _ =>
            {
                Context.Stop(unwatched);
                Context.Stop(watched);
            });
            Receive<string>(_ => Sender.Tell(Context.GetChildren().Count()));
            Receive<Terminated>(terminated => listener.Tell(new News(terminated)));
        }
    }

    /// <summary>The reference of an actor elsewhere, as remoting would make one.</summary>
    private sealed class Elsewhere(ActorPath path, IActorRefProvider provider, IActorRef listener) : MinimalActorRef
    {
        public override ActorPath Path => path;

        public override IActorRefProvider Provider => provider;

        public override bool IsLocal => false;

        public override void SendSystemMessage(ISystemMessage message) => listener.Tell(message.GetType().Name, this);

        protected override void TellInternal(object message, IActorRef sender) => listener.Tell(message, this);
    }

    [Fact]
    public void When_a_whole_system_is_given_up_all_that_was_watched_there_has_ended()
    {
        var there = new Address("akka.tcp", "other", "host", 1);
        var provider = ((ExtendedActorSystem)Sys).Provider;
        var probe = CreateTestProbe();
        var first = new Elsewhere(new RootActorPath(there) / "user" / "first", provider, probe.Ref);
        var other = new Elsewhere(new RootActorPath(there.WithPort(2)) / "user" / "other", provider, probe.Ref);
        var watcher = StartWatcher();
        watcher.Tell(new WatchIt(first));
        watcher.Tell(new WatchIt(other));
        probe.ExpectMsg("Watch");
        probe.ExpectMsg("Watch");
        AddressTerminatedTopic.Get(Sys).Publish(new AddressTerminated(there));
        var terminated = ExpectMsg<News>().Terminated;
        Assert.Equal((first, true), (terminated.ActorRef, terminated.AddressTerminated));
        watcher.Tell("next");
        ExpectMsg("next");
        // A watcher of that system that is gone is told nothing when this one ends.
        ((IInternalActorRef)watcher).SendSystemMessage(new Watch((IInternalActorRef)watcher, first));
        ((IInternalActorRef)watcher).SendSystemMessage(new Watch((IInternalActorRef)watcher, other));
        Sync(watcher);
        AddressTerminatedTopic.Get(Sys).Publish(new AddressTerminated(there));
        Sync(watcher);
        Sys.Stop(watcher);
        Assert.Equal(["DeathWatchNotification", "Unwatch"], probe.ReceiveN(2).Cast<string>().Order());
        Assert.Equal(other, probe.LastSender);
    }

    [Fact]
    public async Task Waiting_for_the_end_of_an_actor_ends_with_it()
    {
        var subject = Sys.ActorOf(Props.Empty);
        var waiting = subject.WatchAsync();
        Sys.Stop(subject);
        Assert.True(await waiting.WaitAsync(Patience));
        using var source = new CancellationTokenSource();
        var other = Sys.ActorOf(Props.Empty).WatchAsync(source.Token);
        source.Cancel();
        Assert.False(await other.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_graceful_stop_ends_when_the_actor_has_or_when_the_time_is_over()
    {
        Assert.True(await Sys.ActorOf(Props.Empty).GracefulStop(Patience));
        await Assert.ThrowsAsync<TaskCanceledException>(() => Sys.ActorOf(Props.Empty).GracefulStop(TimeSpan.FromMilliseconds(10), "no reason to stop"));
    }
}
