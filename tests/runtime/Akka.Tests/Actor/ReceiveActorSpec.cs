using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Actor;

public sealed class ReceiveActorSpec : AkkaSpec
{
    private sealed class Handlers : ReceiveActor
    {
        public Handlers()
        {
            Receive<int>(number => number > 100, _ => Sender.Tell("large"));
            Receive<int>(number => Sender.Tell("small"), number => number < 10);
            Receive<int>(number =>
            {
                if (number == 42)
                    Sender.Tell("the answer");
                return number == 42;
            });
            Receive(typeof(IEnumerable<char>), text => Sender.Tell($"characters: {text}"));
            Receive<ArgumentException>(_ => Sender.Tell("argument"));
            Receive<Exception>(_ => Sender.Tell("exception"));
        }
    }

    [Theory]
    [InlineData(101, "large")]
    [InlineData(9, "small")]
    [InlineData(42, "the answer")]
    [InlineData("abc", "characters: abc")]
    public void The_first_handler_that_fits_is_used(object message, string answer)
    {
        Sys.ActorOf<Handlers>().Tell(message);
        ExpectMsg(answer);
    }

    [Fact]
    public void A_subtype_goes_to_the_first_handler_it_fits()
    {
        var actor = Sys.ActorOf<Handlers>();
        actor.Tell(new ArgumentNullException());
        ExpectMsg("argument");
        actor.Tell(new InvalidOperationException());
        ExpectMsg("exception");
    }

    [Fact]
    public void What_no_handler_takes_is_published_as_unhandled()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var actor = Sys.ActorOf<Handlers>();
        actor.Tell(50);
        var unhandled = ExpectMsg<UnhandledMessage>();
        Assert.Equal((50, actor, TestActor), (unhandled.Message, unhandled.Recipient, unhandled.Sender));
    }

    private sealed class Becoming : ReceiveActor
    {
        public Becoming() => First();

        private void First()
        {
            Receive<string>(text => text == "on", _ => BecomeStacked(Second));
            Receive<string>(text => text == "replace", _ => Become(Second));
            ReceiveAny(_ => Sender.Tell("first"));
        }

        private void Second()
        {
            Receive<string>(text => text == "off", _ => UnbecomeStacked());
            ReceiveAny(_ => Sender.Tell("second"));
        }
    }

    [Fact]
    public void Behaviours_are_stacked_and_taken_off()
    {
        var actor = Sys.ActorOf<Becoming>();
        foreach (var message in (string[])["?", "on", "?", "on", "?", "off", "?"])
            actor.Tell(message);
        // "on" is a message like any other to the second behaviour.
        Assert.Equal(["first", "second", "second", "second", "first"], ReceiveN(5));
    }

    [Fact]
    public void A_behaviour_that_replaces_another_has_what_was_below_it_below()
    {
        var actor = Sys.ActorOf<Becoming>();
        foreach (var message in (string[])["replace", "?", "off", "?"])
            actor.Tell(message);
        Assert.Equal("second", ExpectMsg<string>());
        // Nothing was below: the actor's own receive remains, which in this kind of actor handles nothing.
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        actor.Tell("?");
        Assert.Contains(ReceiveN(1), message => message is UnhandledMessage or string);
    }

    [Fact]
    public void A_restart_goes_back_to_the_first_behaviour()
    {
        var actor = Sys.ActorOf<BecomesAndFails>();
        actor.Tell("change");
        actor.Tell("?");
        ExpectMsg("changed");
        actor.Tell("fail");
        actor.Tell("?");
        ExpectMsg("first");
    }

    private sealed class BecomesAndFails : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "change")
                Become(Changed);
            else
                Sender.Tell("first");
        }

        private void Changed(object message)
        {
            if (message is "fail")
                throw new InvalidOperationException("oops");
            Sender.Tell("changed");
        }
    }

    private sealed class Late : ReceiveActor
    {
        public Late(IActorRef listener) => ReceiveAny(_ =>
        {
            try
            {
                Receive<string>(_ => { });
            }
            catch (InvalidOperationException refused)
            {
                listener.Tell(refused.Message);
            }
        });
    }

    [Fact]
    public void Handlers_are_added_only_while_a_behaviour_is_built()
    {
        Sys.ActorOf(Props.Create(() => new Late(TestActor))).Tell("now");
        Assert.Contains("constructing", ExpectMsg<string>());
    }

    private sealed class AddsAfterAll : ReceiveActor
    {
        public AddsAfterAll(IActorRef listener)
        {
            ReceiveAny(_ => { });
            try
            {
                Receive<string>(_ => { });
            }
            catch (InvalidOperationException refused)
            {
                listener.Tell(refused.Message);
            }
        }
    }

    [Fact]
    public void Nothing_can_be_added_after_a_handler_that_takes_all()
    {
        Sys.ActorOf(Props.Create(() => new AddsAfterAll(TestActor)));
        Assert.Contains("catches all", ExpectMsg<string>());
    }
}
