using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Actor;

public sealed class SupervisionSpec : AkkaSpec
{
    /// <summary>Makes children and judges them by a strategy; every hook and message is told to a listener.</summary>
    private sealed class Boss(SupervisorStrategy strategy, IActorRef listener) : UntypedActor
    {
        protected override SupervisorStrategy SupervisorStrategy() => strategy;

        protected override void OnReceive(object message)
        {
            if (message is string name)
                Sender.Tell(Context.ActorOf(Props.Create(() => new Worker(listener)), name));
        }

        protected override void PostRestart(Exception reason)
        {
            listener.Tell($"boss restarted by {reason.Message}");
            base.PostRestart(reason);
        }

        protected override void PreRestart(Exception reason, object message)
        {
            // Children are kept: they restart with their parent.
        }
    }

    private sealed class Worker(IActorRef listener) : UntypedActor
    {
        private int _count;

        protected override void PreStart() => listener.Tell($"{Self.Path.Name} started");

        protected override void PostStop() => listener.Tell($"{Self.Path.Name} stopped");

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Exception failure:
                    throw failure;
                case "count":
                    Sender.Tell(++_count);
                    break;
            }
        }
    }

    private static readonly Exception Oops = new InvalidOperationException("oops");

    private (IActorRef Boss, IActorRef A, IActorRef B) Start(SupervisorStrategy strategy)
    {
        var boss = Sys.ActorOf(Props.Create(() => new Boss(strategy, TestActor)), "boss");
        boss.Tell("a");
        var first = ReceiveN(2);
        boss.Tell("b");
        var second = ReceiveN(2);
        return (boss, first.OfType<IActorRef>().Single(), second.OfType<IActorRef>().Single());
    }

    private int CountOf(IActorRef worker)
    {
        worker.Tell("count");
        return ExpectMsg<int>();
    }

    [Fact]
    public void Resume_keeps_the_state()
    {
        var (_, a, _) = Start(new OneForOneStrategy(_ => Directive.Resume));
        Assert.Equal(1, CountOf(a));
        a.Tell(Oops);
        Assert.Equal(2, CountOf(a));
    }

    [Fact]
    public void Restart_begins_anew_and_leaves_the_siblings_alone()
    {
        var (_, a, b) = Start(new OneForOneStrategy(_ => Directive.Restart));
        CountOf(a);
        CountOf(b);
        a.Tell(Oops);
        ExpectMsg("a stopped");
        ExpectMsg("a started");
        Assert.Equal(1, CountOf(a));
        Assert.Equal(2, CountOf(b));
    }

    [Fact]
    public void All_for_one_restarts_the_siblings_too()
    {
        var (_, a, b) = Start(new AllForOneStrategy(_ => Directive.Restart));
        CountOf(b);
        a.Tell(Oops);
        ExpectMsgAllOf("a stopped", "a started", "b stopped", "b started");
        Assert.Equal(1, CountOf(b));
    }

    [Fact]
    public void All_for_one_stops_the_siblings_too()
    {
        var (_, a, b) = Start(new AllForOneStrategy(_ => Directive.Stop));
        Watch(a);
        Watch(b);
        b.Tell(Oops);
        var all = ReceiveN(4);
        Assert.Equal(2, all.OfType<Terminated>().Count());
        Assert.Equal(["a stopped", "b stopped"], all.OfType<string>().Order());
    }

    [Fact]
    public void A_failure_that_is_escalated_becomes_the_parents_own()
    {
        var (_, a, b) = Start(new OneForOneStrategy(_ => Directive.Escalate));
        CountOf(b);
        EventFilter.Exception<InvalidOperationException>("oops").ExpectOne(() => a.Tell(Oops));
        // The user guardian restarts the boss, and its children with it.
        ExpectMsgAllOf("boss restarted by oops", "a stopped", "a started", "b stopped", "b started");
        Assert.Equal(1, CountOf(b));
    }

    [Fact]
    public void Children_are_suspended_while_their_parents_failure_is_judged_and_go_on_after()
    {
        var (boss, _, b) = Start(new OneForOneStrategy(_ => Directive.Escalate));
        boss.Tell("c");
        var escalating = ReceiveN(2).OfType<IActorRef>().Single();
        escalating.Tell(Oops);
        b.Tell("count");
        var all = ReceiveN(8);
        Assert.Contains(1, all);
    }

    [Fact]
    public void More_restarts_than_allowed_stop_the_child()
    {
        var (_, a, _) = Start(new OneForOneStrategy(2, Timeout.InfiniteTimeSpan, _ => Directive.Restart));
        Watch(a);
        for (var i = 0; i < 2; i++)
        {
            a.Tell(Oops);
            ExpectMsg("a stopped");
            ExpectMsg("a started");
        }

        a.Tell(Oops);
        ExpectMsg("a stopped");
        ExpectTerminated(a);
    }

    [Fact]
    public void No_restart_at_all_is_allowed_by_a_limit_of_zero()
    {
        var (_, a, _) = Start(new OneForOneStrategy(0, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        Watch(a);
        a.Tell(Oops);
        ExpectMsg("a stopped");
        ExpectTerminated(a);
    }

    [Fact]
    public void A_strategy_of_the_props_goes_before_the_actors_own()
    {
        var boss = Sys.ActorOf(Props.Create(() => new Boss(new OneForOneStrategy(_ => Directive.Stop), TestActor))
            .WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Resume)));
        boss.Tell("a");
        var a = ReceiveN(2).OfType<IActorRef>().Single();
        CountOf(a);
        a.Tell(Oops);
        Assert.Equal(2, CountOf(a));
    }

    [Fact]
    public void A_decider_table_takes_the_first_type_that_fits()
    {
        var decider = Decider.From(
            Directive.Escalate, Directive.Stop.When<ArgumentNullException>(), Directive.Resume.When<ArgumentException>());
        Assert.Equal(Directive.Stop, decider.Decide(new ArgumentNullException()));
        Assert.Equal(Directive.Resume, decider.Decide(new ArgumentOutOfRangeException()));
        Assert.Equal(Directive.Escalate, decider.Decide(new InvalidOperationException()));
    }

    [Theory]
    [InlineData(typeof(ActorInitializationException), Directive.Stop)]
    [InlineData(typeof(ActorKilledException), Directive.Stop)]
    [InlineData(typeof(InvalidOperationException), Directive.Restart)]
    public void The_default_decider_restarts_what_can_be_helped_by_it(Type failure, Directive directive)
        => Assert.Equal(directive, SupervisorStrategy.DefaultDecider.Decide((Exception)Activator.CreateInstance(failure)!));

    [Fact]
    public void An_actor_that_cannot_be_made_is_stopped_and_the_log_says_why()
    {
        IActorRef? actor = null;
        EventFilter.Exception<ActorInitializationException>().ExpectOne(() => actor = Sys.ActorOf(Props.Create(() => new FailsInConstructor())));
        Watch(actor!);
        ExpectTerminated(actor!);
    }

    private sealed class FailsInConstructor : UntypedActor
    {
        public FailsInConstructor() => throw Oops;

        protected override void OnReceive(object message)
        {
        }
    }

    [Fact]
    public void An_actor_whose_start_fails_can_be_made_again_by_its_supervisor()
    {
        var attempts = 0;
        var boss = Sys.ActorOf(Props.Create(() => new Starter(() => Interlocked.Increment(ref attempts), TestActor)));
        boss.Tell("go");
        ExpectMsg("started at attempt 3");
    }

    private sealed class Starter(Func<int> attempt, IActorRef listener) : UntypedActor
    {
        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);

        protected override void OnReceive(object message) => Context.ActorOf(Props.Create(() => new FailsAtStart(attempt, listener)));
    }

    private sealed class FailsAtStart(Func<int> attempt, IActorRef listener) : UntypedActor
    {
        protected override void PreStart()
        {
            var number = attempt();
            if (number < 3)
                throw Oops;
            listener.Tell($"started at attempt {number}");
        }

        protected override void OnReceive(object message)
        {
        }
    }

    [Fact]
    public void A_failing_PreRestart_is_logged_and_the_restart_goes_on()
    {
        var actor = Sys.ActorOf(Props.Create(() => new FailsInHook(TestActor, "PreRestart")));
        EventFilter.Exception<PreRestartException>().ExpectOne(() => actor.Tell("fail"));
        actor.Tell("hello");
        ExpectMsg("hello");
    }

    [Fact]
    public void A_failing_PostRestart_is_a_failure_of_its_own_and_stops_the_actor()
    {
        var actor = Sys.ActorOf(Props.Create(() => new FailsInHook(TestActor, "PostRestart")));
        Watch(actor);
        EventFilter.Exception<PostRestartException>().ExpectOne(() => actor.Tell("fail"));
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_failing_PostStop_does_not_keep_the_actor_from_ending()
    {
        var actor = Sys.ActorOf(Props.Create(() => new FailsInHook(TestActor, "PostStop")));
        Watch(actor);
        EventFilter.Exception<InvalidOperationException>("PostStop").ExpectOne(() => Sys.Stop(actor));
        ExpectTerminated(actor);
    }

    private sealed class FailsInHook(IActorRef listener, string hook) : UntypedActor
    {
        protected override void PreRestart(Exception reason, object message) => FailIn("PreRestart");

        protected override void PostRestart(Exception reason) => FailIn("PostRestart");

        protected override void PostStop() => FailIn("PostStop");

        protected override void OnReceive(object message)
        {
            if (message is "fail")
                throw Oops;
            listener.Tell(message);
        }

        private void FailIn(string name)
        {
            if (hook == name)
                throw new InvalidOperationException(name);
        }
    }

    [Fact]
    public void A_restart_waits_until_the_old_children_are_gone()
    {
        var release = new ManualResetEventSlim();
        var parent = Sys.ActorOf(Props.Create(() => new WithSlowChild(release, TestActor)));
        ExpectMsg("child made");
        parent.Tell("fail");
        parent.Tell("after");
        // Were the new instance made before the old child is gone, its child's name would be taken.
        release.Set();
        ExpectMsg("child gone");
        ExpectMsg("child made");
        ExpectMsg("after");
    }

    private sealed class WithSlowChild(ManualResetEventSlim release, IActorRef listener) : UntypedActor
    {
        protected override void PreStart()
        {
            Context.ActorOf(Props.Create(() => new SlowChild(release, listener)), "child");
            listener.Tell("child made");
        }

        protected override void OnReceive(object message)
        {
            if (message is "fail")
                throw Oops;
            listener.Tell(message);
        }
    }

    private sealed class SlowChild(ManualResetEventSlim release, IActorRef listener) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop()
        {
            Assert.True(release.Wait(Patience));
            listener.Tell("child gone");
        }
    }

    [Fact]
    public void A_parent_that_is_stopped_while_it_waits_to_restart_ends()
    {
        var release = new ManualResetEventSlim();
        var parent = Sys.ActorOf(Props.Create(() => new WithSlowChild(release, TestActor)));
        ExpectMsg("child made");
        Watch(parent);
        parent.Tell("fail");
        Sys.Stop(parent);
        release.Set();
        ExpectMsg("child gone");
        ExpectTerminated(parent);
    }

    [Fact]
    public void The_stopping_strategy_can_be_configured_for_the_user_guardian()
    {
        var system = ActorSystem.Create("stopping", "akka.actor.guardian-supervisor-strategy = \"Akka.Actor.StoppingSupervisorStrategy\"\nakka.stdout-loglevel = OFF\nakka.loglevel = OFF");
        var actor = system.ActorOf(Props.Create(() => new FailsInHook(TestActor, "")));
        Watch(actor);
        actor.Tell("fail");
        ExpectTerminated(actor);
        Shutdown(system);
    }

    [Fact]
    public void A_failure_is_logged_with_the_path_of_who_failed()
    {
        var (_, a, _) = Start(new OneForOneStrategy(_ => Directive.Stop));
        Sys.EventStream.Subscribe(TestActor, typeof(Error));
        a.Tell(Oops);
        var error = FishForMessage<Error>(line => line.LogSource == a.Path.ToString());
        Assert.Same(Oops, error.Cause);
    }
}
