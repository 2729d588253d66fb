using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Actor;

public sealed class ActorLifecycleSpec : AkkaSpec
{
    /// <summary>Tells every hook to a listener, with the number of the instance.</summary>
    private sealed class Hooked : ActorBase
    {
        private static int _instances;
        private readonly IActorRef _listener;
        private readonly int _number = Interlocked.Increment(ref _instances);
        private readonly bool _keepDefaults;

        public Hooked(IActorRef listener, bool keepDefaults)
        {
            _listener = listener;
            _keepDefaults = keepDefaults;
        }

        protected override void PreStart() => Report("PreStart");

        protected override void PostStop() => Report("PostStop");

        protected override void PreRestart(Exception reason, object message)
        {
            Report($"PreRestart({reason.Message}, {message})");
            if (_keepDefaults)
                base.PreRestart(reason, message);
        }

        protected override void PostRestart(Exception reason)
        {
            Report($"PostRestart({reason.Message})");
            if (_keepDefaults)
                base.PostRestart(reason);
        }

        protected override bool Receive(object message)
        {
            switch (message)
            {
                case "fail":
                    throw new InvalidOperationException("oops");
                case "number":
                    Sender.Tell(_number, Self);
                    return true;
                default:
                    return false;
            }
        }

        private void Report(string what) => _listener.Tell($"{what}", Self);
    }

    private sealed class Spawner : ReceiveActor
    {
        public Spawner()
        {
            Receive<(Props Props, string Name)>(child => Sender.Tell(Context.ActorOf(child.Props, child.Name)));
            Receive<IActorRef>(child => Context.Stop(child));
            Receive<string>(name => Sender.Tell(Context.Child(name)));
        }
    }

    [Fact]
    public void A_restart_calls_the_hooks_of_both_instances_in_order_and_keeps_the_reference()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Hooked(TestActor, true)));
        ExpectMsg("PreStart");
        actor.Tell("number");
        var first = ExpectMsg<int>();
        actor.Tell("fail");
        ExpectMsg("PreRestart(oops, fail)");
        ExpectMsg("PostStop");
        ExpectMsg("PostRestart(oops)");
        ExpectMsg("PreStart");
        actor.Tell("number");
        Assert.NotEqual(first, ExpectMsg<int>());
        Sys.Stop(actor);
        ExpectMsg("PostStop");
    }

    [Fact]
    public void Hooks_that_do_not_call_their_base_skip_what_the_base_does()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Hooked(TestActor, false)));
        ExpectMsg("PreStart");
        actor.Tell("fail");
        ExpectMsg("PreRestart(oops, fail)");
        ExpectMsg("PostRestart(oops)");
        actor.Tell("number");
        ExpectMsg<int>();
    }

    [Fact]
    public void Messages_that_wait_survive_a_restart_and_the_failing_one_does_not()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Hooked(CreateTestProbe(null).Ref, true)));
        actor.Tell("fail");
        actor.Tell("number");
        actor.Tell("fail");
        actor.Tell("number");
        Assert.True(ExpectMsg<int>() < ExpectMsg<int>());
    }

    [Fact]
    public void A_name_is_taken_until_its_actor_is_gone_and_free_after()
    {
        var parent = Sys.ActorOf<Spawner>();
        parent.Tell((Props.Empty, "child"));
        var child = ExpectMsg<IActorRef>();
        EventFilter.Exception<InvalidActorNameException>(contains: "not unique").ExpectOne(() => parent.Tell((Props.Empty, "child")));
        // The failure restarted the parent, which stopped the child: the name is free again.
        AwaitAssert(() =>
        {
            parent.Tell((Props.Empty, "child"));
            var second = ExpectMsg<IActorRef>();
            Assert.NotEqual(child.Path.Uid, second.Path.Uid);
            Assert.Equal(child.Path, second.Path);
            Assert.NotEqual(child, second);
        });
    }

    [Fact]
    public void A_child_that_is_stopping_still_holds_its_name()
    {
        var release = new ManualResetEventSlim();
        var parent = Sys.ActorOf<Spawner>();
        parent.Tell((Props.Create(() => new SlowToStop(release)), "slow"));
        var child = ExpectMsg<IActorRef>();
        Watch(child);
        parent.Tell(child);
        EventFilter.Exception<InvalidActorNameException>().ExpectOne(() => parent.Tell((Props.Empty, "slow")));
        release.Set();
        ExpectTerminated(child);
    }

    private sealed class SlowToStop(ManualResetEventSlim release) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop() => Assert.True(release.Wait(Patience));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$a")]
    [InlineData("a/b")]
    [InlineData("ü")]
    public void A_name_that_is_not_allowed_is_refused(string name) => Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(Props.Empty, name));

    [Fact]
    public void Names_are_made_up_for_actors_without_one()
    {
        var parent = Sys.ActorOf<Spawner>();
        var names = Enumerable.Range(0, 100).Select(_ =>
        {
            parent.Tell((Props.Empty, (string)null!));
            return ExpectMsg<IActorRef>().Path.Name;
        }).ToArray();
        Assert.Equal(100, names.Distinct().Count());
        Assert.Equal(["$a", "$b"], names.Take(2));
        Assert.Equal("$ab", names[64]);
    }

    [Fact]
    public void Children_end_before_their_parent()
    {
        var parent = Sys.ActorOf<Spawner>();
        parent.Tell((Props.Create(() => new Hooked(TestActor, true)), "child"));
        var child = ReceiveN(2).OfType<IActorRef>().Single();
        Watch(parent);
        Watch(child);
        Sys.Stop(parent);
        ExpectMsg("PostStop");
        Assert.Equal([child, parent], [ExpectMsg<Terminated>().ActorRef, ExpectMsg<Terminated>().ActorRef]);
    }

    [Fact]
    public void An_actor_that_stops_itself_handles_no_further_message_and_leaves_them_to_the_dead_letters()
    {
        var actor = Sys.ActorOf(Props.Create(() => new StopsItself(TestActor)));
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        actor.Tell("stop");
        actor.Tell("too late");
        ExpectMsg("stop");
        Assert.Equal("too late", ExpectMsg<DeadLetter>().Message);
    }

    private sealed class StopsItself(IActorRef listener) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            listener.Tell(message);
            Context.Stop(Self);
        }
    }

    [Fact]
    public void A_poison_pill_waits_for_its_turn()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Hooked(TestActor, true)));
        ExpectMsg("PreStart");
        Watch(actor);
        actor.Tell("number");
        actor.Tell(PoisonPill.Instance);
        ExpectMsg<int>();
        ExpectMsg("PostStop");
        ExpectTerminated(actor);
    }

    [Fact]
    public void Kill_makes_an_actor_fail_and_the_default_supervision_stops_it()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Hooked(TestActor, true)));
        ExpectMsg("PreStart");
        Watch(actor);
        EventFilter.Exception<ActorKilledException>().ExpectOne(() => actor.Tell(Kill.Instance));
        ExpectMsg("PostStop");
        ExpectTerminated(actor);
    }

    [Fact]
    public void An_instance_is_disposed_of_when_it_is_replaced_and_when_it_ends()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Disposable(TestActor)));
        actor.Tell("fail");
        ExpectMsg("disposed");
        Sys.Stop(actor);
        ExpectMsg("disposed");
    }

    private sealed class Disposable(IActorRef listener) : UntypedActor, IDisposable
    {
        public void Dispose() => listener.Tell("disposed", ActorRefs.NoSender);

        protected override void OnReceive(object message) => throw new InvalidOperationException("oops");
    }

    [Fact]
    public void Whatever_is_sent_while_an_actor_stops_is_handled_or_becomes_a_dead_letter()
    {
        const int senders = 4, each = 5_000;
        for (var round = 0; round < 10; round++)
        {
            var handled = 0;
            var dead = new DeadLetterCounter();
            Sys.EventStream.Subscribe(dead, typeof(DeadLetter));
            var actor = Sys.ActorOf(Props.Create(() => new Counter(() => Interlocked.Increment(ref handled))));
            var threads = Enumerable.Range(0, senders).Select(_ => new Thread(() =>
            {
                for (var i = 0; i < each; i++)
                    actor.Tell(i, ActorRefs.NoSender);
            })).ToArray();
            foreach (var thread in threads)
                thread.Start();
            actor.Tell(PoisonPill.Instance);
            foreach (var thread in threads)
                thread.Join();
            Watch(actor);
            ExpectTerminated(actor);
            AwaitCondition(() => dead.Count + Volatile.Read(ref handled) == senders * each);
            Sys.EventStream.Unsubscribe(dead);
        }
    }

    private sealed class DeadLetterCounter : MinimalActorRef
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / "counter";

        public override IActorRefProvider Provider => throw new NotSupportedException();

        protected override void TellInternal(object message, IActorRef sender)
        {
            if (((DeadLetter)message).Message is int)
                Interlocked.Increment(ref _count);
        }
    }

    private sealed class Counter(Action count) : UntypedActor
    {
        protected override void OnReceive(object message) => count();
    }

    [Fact]
    public void Messages_of_one_sender_keep_their_order()
    {
        const int count = 20_000;
        var actor = Sys.ActorOf(Props.Create(() => new OrderChecker(TestActor, count)));
        var senders = Enumerable.Range(0, 3).Select(sender => new Thread(() =>
        {
            for (var i = 0; i < count; i++)
                actor.Tell((sender, i), ActorRefs.NoSender);
        })).ToArray();
        foreach (var thread in senders)
            thread.Start();
        for (var i = 0; i < 3; i++)
            ExpectMsg("in order");
    }

    private sealed class OrderChecker : ReceiveActor
    {
        public OrderChecker(IActorRef listener, int count)
        {
            var next = new int[3];
            Receive<(int Sender, int Number)>(message =>
            {
                if (next[message.Sender]++ != message.Number)
                    listener.Tell("out of order");
                else if (message.Number == count - 1)
                    listener.Tell("in order");
            });
        }
    }
}
