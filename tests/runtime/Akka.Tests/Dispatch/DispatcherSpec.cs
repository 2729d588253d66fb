using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.Tests.Dispatch;

public sealed class DispatcherSpec : AkkaSpec
{
    public DispatcherSpec() : base($$"""
        pinned { type = PinnedDispatcher }
        own { type = Dispatcher, executor = fork-join-executor, dedicated-thread-pool.thread-count = 2, throughput = 7 }
        older { type = ForkJoinDispatcher, dedicated-thread-pool { thread-count = 1 } }
        alias = own
        loop-a = loop-b
        loop-b = loop-a
        custom.type = "{{typeof(CustomConfigurator).AssemblyQualifiedName}}"
        unknown-executor { type = Dispatcher, executor = steam-engine }
        akka.actor.deployment { /configured { dispatcher = own } }
        """)
    {
    }

    private sealed class ThreadTeller : ReceiveActor
    {
        public ThreadTeller() => ReceiveAny(_ => Sender.Tell(Thread.CurrentThread));
    }

    private Thread ThreadOf(IActorRef actor)
    {
        actor.Tell("?");
        return ExpectMsg<Thread>();
    }

    [Fact]
    public void A_pinned_actor_has_a_thread_of_its_own_that_ends_with_it()
    {
        var first = Sys.ActorOf(Props.Create<ThreadTeller>().WithDispatcher("pinned"));
        var second = Sys.ActorOf(Props.Create<ThreadTeller>().WithDispatcher("pinned"));
        var thread = ThreadOf(first);
        Assert.All(Enumerable.Range(0, 20), _ => Assert.Same(thread, ThreadOf(first)));
        Assert.NotSame(thread, ThreadOf(second));
        Assert.False(thread.IsThreadPoolThread);
        Sys.Stop(first);
        Assert.True(thread.Join(Patience));
    }

    [Fact]
    public void A_dispatcher_can_have_threads_that_nobody_else_uses()
    {
        var actors = Enumerable.Range(0, 10).Select(_ => Sys.ActorOf(Props.Create<ThreadTeller>().WithDispatcher("own"))).ToArray();
        var threads = actors.SelectMany(actor => Enumerable.Range(0, 10).Select(_ => ThreadOf(actor))).Distinct().ToArray();
        Assert.InRange(threads.Length, 1, 2);
        Assert.All(threads, thread => Assert.False(thread.IsThreadPoolThread));
        Assert.Equal(7, Sys.Dispatchers.Lookup("own").Throughput);
    }

    [Fact]
    public void The_older_name_of_such_a_dispatcher_is_understood()
        => Assert.False(ThreadOf(Sys.ActorOf(Props.Create<ThreadTeller>().WithDispatcher("older"))).IsThreadPoolThread);

    [Fact]
    public void An_alias_leads_to_the_dispatcher_it_names() => Assert.Same(Sys.Dispatchers.Lookup("own"), Sys.Dispatchers.Lookup("alias"));

    [Fact]
    public void Aliases_that_lead_in_a_circle_are_an_error() => Assert.Throws<ConfigurationException>(() => Sys.Dispatchers.Lookup("loop-a"));

    [Fact]
    public void A_dispatcher_that_is_not_configured_is_an_error_for_who_makes_the_actor()
    {
        var error = Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Create<ThreadTeller>().WithDispatcher("none"), "name"));
        Assert.Contains("none", error.Message);
        // The name is free again.
        Sys.ActorOf(Props.Empty, "name");
    }

    [Fact]
    public void An_executor_that_does_not_exist_is_an_error()
        => Assert.Contains("steam-engine", Assert.Throws<ConfigurationException>(() => Sys.Dispatchers.Lookup("unknown-executor")).Message);

    [Fact]
    public void A_type_of_ones_own_makes_the_dispatcher() => Assert.Equal("made by my own configurator", Sys.Dispatchers.Lookup("custom").Id);

    private sealed class CustomConfigurator(Config config, IDispatcherPrerequisites prerequisites) : MessageDispatcherConfigurator(config, prerequisites)
    {
        public override MessageDispatcher Dispatcher() => new CustomDispatcher(this);
    }

    private sealed class CustomDispatcher : MessageDispatcher
    {
        public CustomDispatcher(MessageDispatcherConfigurator configurator) : base(configurator) => Id = "made by my own configurator";

        protected override void ExecuteTask(IRunnable run) => run.Run();
    }

    [Fact]
    public void The_configuration_can_say_where_an_actor_runs()
    {
        var actor = (LocalActorRef)Sys.ActorOf(Props.Create<ThreadTeller>(), "configured");
        Assert.Equal("own", actor.Cell.Dispatcher.Id);
        Assert.Equal(Dispatchers.DefaultDispatcherId, ((LocalActorRef)Sys.ActorOf(Props.Create<ThreadTeller>(), "other")).Cell.Dispatcher.Id);
    }

    [Fact]
    public void Code_can_be_run_on_a_dispatcher()
    {
        Sys.Dispatchers.Lookup("own").Schedule(() => TestActor.Tell(Thread.CurrentThread.IsThreadPoolThread, ActorRefs.NoSender));
        ExpectMsg(false);
    }
}
