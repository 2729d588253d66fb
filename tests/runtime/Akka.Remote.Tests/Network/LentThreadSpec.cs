using Akka.Actor;
using Akka.Remote.Tests.Support;
using Xunit.Abstractions;

namespace Akka.Remote.Tests.Network;

/// <summary>What it must not change that actors run on the thread that has read their messages.</summary>
public class LentThreadSpec(ITestOutputHelper output) : RemoteSpec(output)
{
    // Longer than a handler may keep the thread.
    private static readonly TimeSpan ForAWhile = TimeSpan.FromMilliseconds(15);

    private sealed class Asking(IActorRef echo) : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(echo.Ask<object>(message, Long).Result);
    }

    private sealed class DawdlingEcho : UntypedActor
    {
        private readonly ManualResetEventSlim _never = new();
        private int _handled;

        protected override void OnReceive(object message)
        {
            if (++_handled % 500 == 0)
                _never.Wait(ForAWhile);
            Sender.Tell(message);
        }
    }

    [Fact]
    public void A_handler_that_blocks_until_the_system_that_woke_it_answers_gets_the_answer()
    {
        var there = Start();
        var echo = At(there, Sys, StartEcho(Sys));
        var asking = At(there, there.ActorOf(Props.Create(() => new Asking(echo))));
        for (var i = 0; i < 30; i++)
        {
            asking.Tell(i, TestActor);
            ExpectMsg(i, Long);
        }
    }

    [Fact]
    public void Messages_keep_their_order_when_reading_goes_on_at_another_thread()
    {
        var there = Start();
        var dawdling = At(there, there.ActorOf(Props.Create(() => new DawdlingEcho())));
        const int inFlight = 50;
        for (var i = 0; i < inFlight; i++)
            dawdling.Tell(i, TestActor);
        for (var i = 0; i < 5000; i++)
        {
            ExpectMsg(i, Long);
            dawdling.Tell(i + inFlight, TestActor);
        }
    }
}
