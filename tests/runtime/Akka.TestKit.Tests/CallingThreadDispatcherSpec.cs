using Akka.Actor;

namespace Akka.TestKit.Tests;

public sealed class CallingThreadDispatcherSpec : TestKitSpec
{
    [Fact]
    public void A_message_is_handled_before_the_sender_goes_on()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Recorder()).WithDispatcher(CallingThreadDispatcher.Id));
        var box = new Box();
        actor.Tell(box);
        Assert.Equal(Environment.CurrentManagedThreadId, box.Thread);
    }

    [Fact]
    public void Messages_an_actor_sends_to_itself_come_after_the_present_one()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Recorder()).WithDispatcher(CallingThreadDispatcher.Id));
        actor.Tell("twice");
        Assert.Equal(["begin", "end", "self"], ReceiveN(3, Plenty));
    }

    private sealed class Box
    {
        public int Thread { get; set; }
    }

    private sealed class Recorder : ReceiveActor
    {
        public Recorder()
        {
            Receive<Box>(box => box.Thread = Environment.CurrentManagedThreadId);
            Receive<string>(_ =>
            {
                var sender = Sender;
                sender.Tell("begin");
                Self.Tell(sender);
                sender.Tell("end");
            });
            Receive<IActorRef>(to => to.Tell("self"));
        }
    }
}
