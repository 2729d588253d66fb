using Akka.Actor;

namespace Akka.Tests.Dispatch;

/// <summary>What keeping a conversation on one thread must not change.</summary>
public sealed class WorkerLoopSpec : AkkaSpec
{
    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    private sealed class Blocking : ReceiveActor
    {
        public Blocking(IActorRef echo)
        {
            Receive<ManualResetEventSlim>(opened =>
            {
                echo.Tell(new Opening(opened));
                Assert.True(opened.Wait(Patience));
                Sender.Tell("went on");
            });
        }
    }

    private sealed record Opening(ManualResetEventSlim Gate);

    private sealed class Opener : ReceiveActor
    {
        public Opener() => Receive<Opening>(opening => opening.Gate.Set());
    }

    [Fact]
    public void A_handler_that_blocks_until_another_actor_has_acted_does_not_hold_it_back()
    {
        var opener = Sys.ActorOf<Opener>();
        var blocking = Sys.ActorOf(Props.Create(() => new Blocking(opener)));
        for (var i = 0; i < 20; i++)
        {
            blocking.Tell(new ManualResetEventSlim());
            ExpectMsg("went on");
        }
    }

    private static readonly AsyncLocal<string?> Ambient = new();

    private sealed class Leaving(IActorRef next) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            Ambient.Value = "left behind";
            next.Forward(message);
        }
    }

    private sealed class Finding : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(Ambient.Value ?? "nothing");
    }

    [Fact]
    public void What_one_actor_leaves_in_the_flow_of_execution_is_not_found_by_the_next()
    {
        var finding = Sys.ActorOf<Finding>();
        var leaving = Sys.ActorOf(Props.Create(() => new Leaving(finding)));
        for (var i = 0; i < 100; i++)
        {
            leaving.Tell(i);
            ExpectMsg("nothing");
        }
    }

    private sealed class Relay : ReceiveActor
    {
        public Relay(IActorRef done)
        {
            Receive<(int Left, IActorRef[] All)>(ball =>
            {
                if (ball.Left == 0)
                    done.Tell("done");
                else
                    ball.All[ball.Left % ball.All.Length].Tell((ball.Left - 1, ball.All));
            });
        }
    }

    [Fact]
    public void Endless_conversations_do_not_keep_others_from_their_turn()
    {
        var forever = Enumerable.Range(0, 8).Select(_ => Sys.ActorOf(Props.Create(() => new Relay(Sys.DeadLetters)))).ToArray();
        for (var i = 0; i < 16; i++)
            forever[0].Tell((int.MaxValue, forever));
        var echo = Sys.ActorOf<Echo>();
        for (var i = 0; i < 50; i++)
        {
            echo.Tell(i);
            ExpectMsg(i);
        }

        foreach (var actor in forever)
            Sys.Stop(actor);
    }

    private sealed class Bouncing : UntypedActor
    {
        private IActorRef? _partner;
        private int _left;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case (IActorRef partner, int count, int inFlight):
                    (_partner, _left) = (partner, count);
                    for (var i = 0; i < inFlight; i++)
                        partner.Tell(Sender, Self);
                    break;
                case IActorRef asker when _partner is null:
                    Sender.Tell(asker);
                    break;
                case IActorRef asker when --_left == 0:
                    asker.Tell("all bounced");
                    break;
                case IActorRef asker when _left > 0:
                    _partner.Tell(asker);
                    break;
            }
        }
    }

    [Fact]
    public void Two_actors_with_more_messages_than_a_turn_handles_take_turns()
    {
        var partner = Sys.ActorOf<Bouncing>();
        var first = Sys.ActorOf<Bouncing>();
        first.Tell((partner, 100_000, 200));
        ExpectMsg("all bounced");
    }

    private sealed class Dawdling(IActorRef quick) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            // The first messages are handled in no time, so nobody expects what comes then.
            if (message is ManualResetEventSlim opened)
            {
                quick.Tell(new Opening(opened));
                return;
            }

            if (message is Opening waiting)
            {
                Assert.True(waiting.Gate.Wait(Patience));
                Sender.Tell("went on");
            }
        }
    }

    [Fact]
    public void Whom_a_quick_handler_has_woken_is_not_held_back_by_a_slow_one_in_the_same_turn()
    {
        var opener = Sys.ActorOf<Opener>();
        var dawdling = Sys.ActorOf(Props.Create(() => new Dawdling(opener)));
        for (var i = 0; i < 20; i++)
        {
            var gate = new ManualResetEventSlim();
            for (var quick = 0; quick < 10; quick++)
                dawdling.Tell("quick");
            dawdling.Tell(gate);
            dawdling.Tell(new Opening(gate));
            ExpectMsg("went on");
        }
    }
}
