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
}
