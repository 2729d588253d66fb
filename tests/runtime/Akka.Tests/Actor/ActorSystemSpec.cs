using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.SysMsg;

namespace Akka.Tests.Actor;

public sealed class ActorSystemSpec
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Config Quiet = ConfigurationFactory.ParseString("akka.stdout-loglevel = OFF\nakka.loglevel = OFF");

    private static ActorSystem Start(string hocon = "") => ActorSystem.Create("sys", ConfigurationFactory.ParseString(hocon).WithFallback(Quiet));

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("a.b")]
    [InlineData("ä")]
    public void A_name_is_letters_digits_hyphens_and_underscores(string name) => Assert.Throws<ArgumentException>(() => ActorSystem.Create(name, Quiet));

    private sealed class Recorder(string name, List<string> log) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop()
        {
            lock (log)
                log.Add(name);
        }
    }

    private sealed class Hooking : ReceiveActor
    {
        public Hooking(List<string> log)
        {
            ((ExtendedActorSystem)Context.System).SystemGuardian.Tell(RegisterTerminationHook.Instance);
            Receive<TerminationHook>(_ =>
            {
                lock (log)
                    log.Add("hook");
                Sender.Tell(TerminationHookDone.Instance);
            });
            Receive<string>(_ => Sender.Tell("ready"));
        }
    }

    [Fact]
    public async Task User_actors_end_before_hooks_and_hooks_before_what_was_registered_last_first()
    {
        var system = Start("akka.coordinated-shutdown.run-by-actor-system-terminate = off");
        var log = new List<string>();
        system.RegisterOnTermination(() => log.Add("registered first"));
        system.RegisterOnTermination(() => throw new InvalidOperationException("must not keep the others from running"));
        system.RegisterOnTermination(() => log.Add("registered last"));
        var hook = ((ExtendedActorSystem)system).SystemActorOf(Props.Create(() => new Hooking(log)));
        await hook.Ask<string>("ready?", Patience);
        system.ActorOf(Props.Create(() => new Recorder("user", log)));
        await system.Terminate().WaitAsync(Patience);
        Assert.Equal(["user", "hook", "registered last", "registered first"], log);
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
        Assert.Throws<InvalidOperationException>(() => system.RegisterOnTermination(() => { }));
    }

    [Fact]
    public async Task Terminating_twice_is_the_same_as_once()
    {
        var system = Start();
        await Task.WhenAll(system.Terminate(), system.Terminate()).WaitAsync(Patience);
        await system.Terminate().WaitAsync(Patience);
        system.Dispose();
    }

    [Fact]
    public async Task No_actor_is_made_after_the_end()
    {
        var system = Start();
        await system.Terminate().WaitAsync(Patience);
        Assert.Throws<InvalidOperationException>(() => system.ActorOf(Props.Empty));
    }

    [Fact]
    public async Task A_system_ends_when_the_failure_of_an_actor_is_escalated_to_its_end()
    {
        var system = Start("akka.actor.guardian-supervisor-strategy = \"" + typeof(Escalating).AssemblyQualifiedName + "\"");
        system.ActorOf(Props.Create(() => new Failing())).Tell("fail");
        await system.WhenTerminated.WaitAsync(Patience);
    }

    private sealed class Escalating : SupervisorStrategyConfigurator
    {
        public override SupervisorStrategy Create() => new OneForOneStrategy(_ => Directive.Escalate);
    }

    private sealed class Failing : UntypedActor
    {
        protected override void OnReceive(object message) => throw new InvalidOperationException("oops");
    }

    [Fact]
    public void A_provider_that_does_not_exist_is_named_in_the_error()
    {
        var error = Assert.Throws<ConfigurationException>(() => Start("akka.actor.provider = \"No.Such.Provider, Nowhere\""));
        Assert.Contains("No.Such.Provider", error.Message);
        Assert.Contains("akka.actor.provider", error.Message);
    }

    [Fact]
    public void A_logger_that_does_not_exist_is_named_in_the_error()
        => Assert.Contains("No.Such.Logger", Assert.Throws<ConfigurationException>(() => Start("akka.loggers = [\"No.Such.Logger, Nowhere\"]")).Message);

    private sealed class Counting : IExtension
    {
        public static int Made;

        public Counting() => Interlocked.Increment(ref Made);
    }

    private sealed class CountingProvider : ExtensionIdProvider<Counting>
    {
        public override Counting CreateExtension(ExtendedActorSystem system) => new();
    }

    private sealed class BrokenProvider : ExtensionIdProvider<Counting>
    {
        public override Counting CreateExtension(ExtendedActorSystem system) => throw new InvalidOperationException("oops");
    }

    [Fact]
    public async Task An_extension_is_made_once_for_each_system()
    {
        var system = Start("akka.extensions = [\"" + typeof(CountingProvider).AssemblyQualifiedName + "\"]");
        var before = Counting.Made;
        var found = new object[8];
        var threads = Enumerable.Range(0, 8).Select(i => new Thread(() => found[i] = system.WithExtension<Counting, CountingProvider>())).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        Assert.Single(found.Distinct());
        Assert.Equal(before, Counting.Made);
        Assert.True(system.HasExtension<Counting>());
        Assert.Same(found[0], system.GetExtension<Counting>());
        Assert.Same(found[0], system.RegisterExtension(new CountingProvider()));
        await system.Terminate();
    }

    [Fact]
    public async Task An_extension_that_cannot_be_made_is_skipped_at_start_and_fails_who_asks_for_it()
    {
        var system = Start("akka.extensions = [\"" + typeof(BrokenProvider).AssemblyQualifiedName + "\"]");
        Assert.False(system.HasExtension<Counting>());
        Assert.Throws<InvalidOperationException>(() => system.RegisterExtension(new BrokenProvider()));
        Assert.Throws<InvalidOperationException>(() => system.GetExtension<Counting>());
        await system.Terminate();
    }

    [Fact]
    public async Task Defaults_of_other_assemblies_lie_beneath_everything()
    {
        var system = Start("a.b = 1");
        system.Settings.InjectTopLevelFallback("a { b = 2, c = 3 }\nakka.loglevel = DEBUG");
        Assert.Equal((1, 3), (system.Settings.Config.GetInt("a.b"), system.Settings.Config.GetInt("a.c")));
        Assert.Equal("OFF", system.Settings.Config.GetString("akka.loglevel"));
        await system.Terminate();
    }

    [Fact]
    public async Task A_setup_is_found_again_by_its_type()
    {
        var system = ActorSystem.Create("sys", BootstrapSetup.Create().WithConfig(Quiet).WithActorRefProvider(ProviderSelection.Local.Instance).And(new MySetup("x")));
        Assert.Equal("x", system.Settings.Setup.Get<MySetup>().Value.Value);
        await system.Terminate();
    }

    private sealed class MySetup(string value) : Akka.Actor.Setup.Setup
    {
        public string Value => value;
    }

    [Fact]
    public async Task The_tree_of_actors_can_be_printed()
    {
        var system = Start();
        system.ActorOf(Props.Empty, "mine");
        var tree = ((ExtendedActorSystem)system).PrintTree();
        Assert.Contains("-> user", tree);
        Assert.Contains("-> mine", tree);
        await system.Terminate();
    }
}
