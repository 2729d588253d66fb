using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.TestKit;
using Xunit.Abstractions;

namespace Akka.Remote.Tests.Support;

/// <summary>Real actor systems in one process that talk over loopback.</summary>
public abstract class RemoteSpec : TestKit.Xunit2.TestKit
{
    private readonly List<ActorSystem> _others = [];

    protected RemoteSpec(ITestOutputHelper output, string config = "")
        : base(Settings(config), "here", output)
    {
        Here = AddressOf(Sys);
    }

    protected static TimeSpan Long { get; } = TimeSpan.FromSeconds(20);

    protected static TimeSpan Quiet { get; } = TimeSpan.FromMilliseconds(300);

    protected Address Here { get; }

    protected static Config Settings(string config = "") => ConfigurationFactory.ParseString(config).WithFallback(ConfigurationFactory.ParseString(
        """
        akka {
          actor.provider = remote
          loglevel = WARNING
          remote.log-remote-lifecycle-events = off
          remote.retry-gate-closed-for = 1 s
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        }
        """)).WithFallback(DefaultConfig);

    /// <summary>Starts another system; it is ended with the spec.</summary>
    protected ActorSystem Start(string name = "there", string config = "", params Setup[] setups)
    {
        ActorSystemSetup setup = BootstrapSetup.Create().WithConfig(Settings(config)).And(new NoSetup());
        foreach (var one in setups)
            setup = setup.And(one);
        var system = ActorSystem.Create(name, setup);
        _others.Add(system);
        return system;
    }

    protected static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    private protected static Remoting RemotingOf(ActorSystem system) => ((RemoteActorRefProvider)((ExtendedActorSystem)system).Provider).Remoting;

    protected static IActorRef StartEcho(ActorSystem system, string name = "echo") => system.ActorOf(Props.Create(() => new Echo()), name);

    /// <summary>The reference that this spec's system has of an actor of another one, with its uid.</summary>
    protected IActorRef At(ActorSystem there, IActorRef actor) => At(Sys, there, actor);

    protected static IActorRef At(ActorSystem from, ActorSystem there, IActorRef actor) =>
        ((ExtendedActorSystem)from).Provider.ResolveActorRef(actor.Path.ToSerializationFormatWithAddress(AddressOf(there)));

    protected TestProbe Probe(ActorSystem? system = null) => CreateTestProbe(system ?? Sys);

    protected override void AfterAll()
    {
        foreach (var system in _others)
            system.Terminate().Wait(Long);
        base.AfterAll();
    }

    private sealed class NoSetup : Setup;

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "stop")
            {
                Sender.Tell("my last words");
                Context.Stop(Self);
            }
            else if (message is "who")
                Sender.Tell(Self);
            else
                Sender.Tell(message);
        }
    }
}
