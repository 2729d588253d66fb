using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests;

/// <summary>The base of specs with an actor system of their own: waits are long, because they end with the event they wait for.</summary>
public abstract class AkkaSpec : TestKit.Xunit2.TestKit
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Config Waits = ConfigurationFactory.ParseString("""
        akka.test.single-expect-default = 30s
        akka.test.default-timeout = 30s
        akka.test.filter-leeway = 30s
        akka.loglevel = DEBUG
        akka.stdout-loglevel = OFF
        """);

    protected AkkaSpec(string hocon = "") : base(ConfigurationFactory.ParseString(hocon).WithFallback(Waits))
    {
    }

    /// <summary>Returns when everything that was sent to an actor before has been handled.</summary>
    protected void Sync(IActorRef actor)
    {
        var probe = CreateTestProbe();
        actor.Tell(new Identify("sync"), probe.Ref);
        probe.ExpectMsg<ActorIdentity>();
    }
}
