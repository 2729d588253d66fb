using Akka.Actor;

namespace Akka.TestKit.Tests;

public sealed class TestProbeSpec : TestKitSpec
{
    [Fact]
    public void A_probe_is_an_actor_of_its_own()
    {
        var one = CreateTestProbe("one");
        var two = CreateTestProbe("two");
        one.Ref.Tell("a");
        ((IActorRef)two).Tell("b");
        one.ExpectMsg("a");
        two.ExpectMsg("b");
        ExpectNoMsg(Soon);
        Assert.Equal("one", one.Ref.Path.Name);
    }

    [Fact]
    public void A_probe_equals_its_actor()
    {
        var probe = CreateTestProbe();
        Assert.True(probe.Equals(probe.Ref));
        Assert.Equal(probe.Ref.GetHashCode(), probe.GetHashCode());
        Assert.Equal(0, probe.CompareTo(probe.Ref));
    }

    [Fact]
    public void A_probe_answers_and_forwards()
    {
        var server = CreateTestProbe();
        var backend = CreateTestProbe();
        server.Ref.Tell("question");
        server.ExpectMsg("question");
        server.Reply("answer");
        ExpectMsgFrom(server.Ref, "answer");
        server.Forward(backend.Ref);
        backend.ExpectMsgFrom(TestActor, "question");
        server.Forward(backend.Ref, "other");
        backend.ExpectMsgFrom(TestActor, "other");
    }

    [Fact]
    public async Task A_probe_can_be_asked()
    {
        var probe = CreateTestProbe();
        var answer = probe.Ref.Ask<string>("question", Plenty);
        await probe.ExpectMsgAsync("question", Plenty);
        probe.Reply("answer");
        Assert.Equal("answer", await answer);
    }

    [Fact]
    public void A_probe_watches()
    {
        var probe = CreateTestProbe();
        var actor = ActorOf<TestActors.BlackHoleActor>();
        probe.Watch(actor);
        actor.Tell(PoisonPill.Instance);
        probe.ExpectTerminated(actor, Plenty);
    }

    [Fact]
    public void A_pilot_reacts_before_the_test_does()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell("auto " + message);
            return Equals(message, "last") ? AutoPilot.NoAutoPilot : AutoPilot.KeepRunning;
        }));
        foreach (var message in new[] { "first", "last", "beyond" })
            probe.Ref.Tell(message);
        ExpectMsg("auto first");
        ExpectMsg("auto last");
        ExpectNoMsg(Soon);
        probe.ExpectMsgAllOf("first", "last", "beyond");
    }

    [Fact]
    public void A_pilot_can_hand_over_to_another()
    {
        var probe = CreateTestProbe();
        var second = new DelegateAutoPilot((sender, _) =>
        {
            sender.Tell("second");
            return AutoPilot.KeepRunning;
        });
        probe.SetAutoPilot(new DelegateAutoPilot((sender, _) =>
        {
            sender.Tell("first");
            return second;
        }));
        for (var i = 0; i < 3; i++)
            probe.Ref.Tell(i);
        Assert.Equal(["first", "second", "second"], ReceiveN(3, Plenty));
    }

    [Fact]
    public async Task Actors_can_be_started_below_a_probe()
    {
        var probe = CreateTestProbe();
        var child = await probe.ChildActorOfAsync(Props.Create<ToParent>(), "child");
        Assert.Equal(probe.Ref.Path / "child", child.Path);
        child.Tell("up");
        await probe.ExpectMsgAsync("up", Plenty);
    }

    [Fact]
    public void The_strategy_of_a_child_of_a_probe_can_be_chosen()
    {
        var probe = CreateTestProbe();
        EventFilter.Exception<InvalidOperationException>().Expect(2, TimeSpan.FromSeconds(10), () =>
        {
            var stopped = probe.ChildActorOf<Failing>(new OneForOneStrategy(_ => Directive.Stop));
            probe.Watch(stopped);
            stopped.Tell("fail");
            probe.ExpectTerminated(stopped, Plenty);

            var restarted = probe.ChildActorOf<Failing>();
            restarted.Tell("fail");
            restarted.Tell(new Identify(1));
            ExpectMsg<ActorIdentity>(i => i.Subject is not null, Plenty);
        });
    }

    private sealed class ToParent : ReceiveActor
    {
        public ToParent() => ReceiveAny(message => Context.Parent.Tell(message));
    }

    private sealed class Failing : ReceiveActor
    {
        public Failing() => ReceiveAny(_ => throw new InvalidOperationException("on purpose"));
    }
}
