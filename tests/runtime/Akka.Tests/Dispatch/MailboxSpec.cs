using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Akka.Event;

namespace Akka.Tests.Dispatch;

public sealed class MailboxSpec : AkkaSpec
{
    public MailboxSpec() : base("""
        small { mailbox-type = "Akka.Dispatch.BoundedMailbox", mailbox-capacity = 2, mailbox-push-timeout-time = 10ms }
        small-deque { mailbox-type = "Akka.Dispatch.BoundedDequeBasedMailbox", mailbox-capacity = 2, mailbox-push-timeout-time = 10ms }
        no-capacity { mailbox-type = "Akka.Dispatch.BoundedMailbox", mailbox-capacity = 0 }
        no-type { mailbox-type = "No.Such.Type, Nowhere" }
        with-mailbox { type = Dispatcher, mailbox-type = "Akka.Dispatch.BoundedMailbox", mailbox-capacity = 5 }
        akka.actor.deployment { /configured { mailbox = small } }
        """)
    {
    }

    private sealed class Gated : ReceiveActor
    {
        public Gated(ManualResetEventSlim gate, IActorRef listener) => ReceiveAny(message =>
        {
            listener.Tell("begun");
            Assert.True(gate.Wait(Patience));
            listener.Tell(message);
        });
    }

    private sealed class NeedsDeque : UntypedActor, IRequiresMessageQueue<IUnboundedDequeBasedMessageQueueSemantics>
    {
        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class NeedsBound : UntypedActor, IRequiresMessageQueue<IBoundedMessageQueueSemantics>
    {
        protected override void OnReceive(object message)
        {
        }
    }

    private static IMessageQueue QueueOf(IActorRef actor) => ((LocalActorRef)actor).Cell.Mailbox.MessageQueue;

    [Fact]
    public void What_finds_no_place_in_a_bounded_mailbox_becomes_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var gate = new ManualResetEventSlim();
        var actor = Sys.ActorOf(Props.Create(() => new Gated(gate, TestActor)).WithMailbox("small"));
        actor.Tell(1);
        ExpectMsg("begun");
        actor.Tell(2);
        actor.Tell(3);
        actor.Tell(4);
        Assert.Equal((4, actor), (ExpectMsg<DeadLetter>().Message, actor));
        gate.Set();
        Assert.Equal([1, "begun", 2, "begun", 3], ReceiveN(5));
    }

    [Fact]
    public void A_sender_waits_for_a_place_for_a_while()
    {
        var queue = new BoundedMessageQueue(1, Patience);
        queue.Enqueue(TestActor, new Envelope(1, TestActor));
        var sender = new Thread(() => queue.Enqueue(TestActor, new Envelope(2, TestActor)));
        sender.Start();
        Assert.True(queue.TryDequeue(out var first));
        Assert.True(sender.Join(Patience));
        Assert.True(queue.TryDequeue(out var second));
        Assert.Equal((1, 2), (first.Message, second.Message));
        Assert.False(queue.TryDequeue(out _));
    }

    [Fact]
    public void What_an_actor_requires_decides_its_mailbox()
    {
        Assert.IsType<UnboundedDequeMessageQueue>(QueueOf(Sys.ActorOf<NeedsDeque>()));
        Assert.IsType<BoundedMessageQueue>(QueueOf(Sys.ActorOf<NeedsBound>()));
        Assert.IsType<UnboundedMessageQueue>(QueueOf(Sys.ActorOf(Props.Empty)));
    }

    [Fact]
    public void The_props_go_before_the_dispatcher_and_the_dispatcher_before_the_default()
    {
        Assert.IsType<BoundedMessageQueue>(QueueOf(Sys.ActorOf(Props.Create<Empty>().WithDispatcher("with-mailbox"))));
        Assert.IsType<BoundedDequeMessageQueue>(QueueOf(Sys.ActorOf(Props.Create<Empty>().WithDispatcher("with-mailbox").WithMailbox("small-deque"))));
        Assert.IsType<BoundedMessageQueue>(QueueOf(Sys.ActorOf(Props.Create<Empty>(), "configured")));
    }

    private sealed class Empty : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }

    [Theory]
    [InlineData("none", "none")]
    [InlineData("no-capacity", "mailbox-capacity")]
    [InlineData("no-type", "No.Such.Type")]
    public void A_mailbox_that_is_configured_wrongly_is_an_error_for_who_makes_the_actor(string mailbox, string named)
        => Assert.Contains(named, Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Create<Empty>().WithMailbox(mailbox))).Message);

    [Fact]
    public void A_mailbox_that_cannot_do_what_the_actor_requires_is_an_error()
        => Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Create<NeedsDeque>().WithMailbox("small")));

    [Fact]
    public void Many_can_put_in_while_one_takes_out()
    {
        const int senders = 4, each = 50_000;
        var queue = new UnboundedMessageQueue();
        var threads = Enumerable.Range(0, senders).Select(sender => new Thread(() =>
        {
            for (var i = 0; i < each; i++)
                queue.Enqueue(TestActor, new Envelope((sender, i), TestActor));
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        var next = new int[senders];
        for (var taken = 0; taken < senders * each;)
        {
            if (!queue.TryDequeue(out var envelope))
                continue;
            var (sender, number) = ((int, int))envelope.Message;
            Assert.Equal(next[sender]++, number);
            taken++;
        }

        Assert.False(queue.HasMessages);
        Assert.Equal(0, queue.Count);
    }
}
