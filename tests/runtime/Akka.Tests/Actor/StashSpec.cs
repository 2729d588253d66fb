using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Actor;

public sealed class StashSpec : AkkaSpec
{
    private sealed class WithStash : ReceiveActor, IWithUnboundedStash
    {
        public WithStash(IActorRef listener)
        {
            Receive<string>(text => text == "open", _ =>
            {
                Become(() => ReceiveAny(listener.Forward));
                Stash.UnstashAll();
            });
            Receive<string>(text => text == "open for digits", _ =>
            {
                Become(() => ReceiveAny(listener.Forward));
                Stash.UnstashAll(envelope => envelope.Message is int);
            });
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("oops"));
            Receive<string>(text => text == "twice", _ =>
            {
                Stash.Stash();
                try
                {
                    Stash.Stash();
                }
                catch (IllegalActorStateException refused)
                {
                    Sender.Tell(refused.Message);
                }
            });
            Receive<string>(text => text == "count", _ => Sender.Tell(Stash.Count));
            ReceiveAny(_ => Stash.Stash());
        }

        public IStash Stash { get; set; } = null!;
    }

    private IActorRef Start() => Sys.ActorOf(Props.Create(() => new WithStash(TestActor)));

    [Fact]
    public void What_was_put_aside_comes_back_in_order_before_what_waits_with_its_senders()
    {
        var actor = Start();
        var probe = CreateTestProbe();
        actor.Tell(1, probe.Ref);
        actor.Tell(2);
        actor.Tell("open");
        actor.Tell(3);
        Assert.Equal([1, 2, 3], ReceiveN(3));
        Sync(actor);
    }

    [Fact]
    public void Senders_are_kept()
    {
        var actor = Start();
        var probe = CreateTestProbe();
        actor.Tell(1, probe.Ref);
        actor.Tell("open");
        ExpectMsgFrom(probe.Ref, 1);
    }

    [Fact]
    public void Only_what_fits_comes_back_from_a_selective_unstash()
    {
        var actor = Start();
        actor.Tell('a');
        actor.Tell(1);
        actor.Tell("open for digits");
        actor.Tell("end");
        Assert.Equal([1, "end"], ReceiveN(2));
    }

    [Fact]
    public void One_message_cannot_be_put_aside_twice()
    {
        Start().Tell("twice");
        Assert.Contains("more than once", ExpectMsg<string>());
    }

    [Fact]
    public void A_restart_brings_the_stash_back_to_the_mailbox()
    {
        var actor = Start();
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("fail");
        actor.Tell("open");
        Assert.Equal([1, 2], ReceiveN(2));
    }

    [Fact]
    public void A_stash_goes_to_the_dead_letters_with_its_actor()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var actor = Start();
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(PoisonPill.Instance);
        Assert.Equal([1, 2], [ExpectMsg<DeadLetter>().Message, ExpectMsg<DeadLetter>().Message]);
    }

    private sealed class Bounded : ReceiveActor, IWithStash
    {
        public Bounded(IActorRef listener) => ReceiveAny(message =>
        {
            try
            {
                Stash.Stash();
            }
            catch (StashOverflowException)
            {
                listener.Tell($"full at {Stash.Count} of {Stash.Capacity} with {message}");
            }
        });

        public IStash Stash { get; set; } = null!;
    }

    [Fact]
    public void A_stash_takes_as_many_as_the_props_say()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Bounded(TestActor)).WithStashCapacity(2));
        for (var i = 1; i <= 3; i++)
            actor.Tell(i);
        ExpectMsg("full at 2 of 2 with 3");
    }

    [Fact]
    public void A_mailbox_without_a_front_is_refused()
    {
        var thrown = Assert.ThrowsAny<Exception>(() => Sys.ActorOf(Props.Create(() => new Bounded(TestActor)).WithMailbox("akka.actor.mailbox.unbounded-queue-based")));
        Assert.IsType<Akka.Configuration.ConfigurationException>(thrown);
    }
}
