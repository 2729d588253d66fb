using Akka.Actor;
using Akka.Event;
using Akka.Remote.Tests.Support;
using Xunit.Abstractions;

namespace Akka.Remote.Tests;

/// <summary>One system is reached through a relay that can be cut.</summary>
public class ReconnectSpec : RemoteSpec
{
    private readonly Relay _relay = new();
    private readonly ActorSystem _there;
    private readonly IActorRef _echo;
    private readonly IActorRef _localEcho;

    public ReconnectSpec(ITestOutputHelper output)
        : base(output, "akka.remote.use-passive-connections = off")
    {
        _there = Start("there", $"akka.remote.dot-netty.tcp.public-port = {_relay.Port}");
        _relay.Target = RemotingOf(_there).BoundPort;
        _localEcho = StartEcho(_there);
        _echo = At(_there, _localEcho);
    }

    [Fact]
    public void After_a_broken_connection_messages_flow_again()
    {
        _echo.Tell("before", TestActor);
        ExpectMsg("before", Long);
        _relay.Cut();
        AwaitEcho("after");
    }

    [Fact]
    public void While_a_system_cannot_be_reached_messages_become_dead_letters_and_the_pause_between_dials_grows()
    {
        _relay.Refuse(true);
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        for (var i = 0; i < 3; i++)
        {
            _echo.Tell("lost", ActorRefs.NoSender);
            FishForMessage(m => m is DeadLetter { Message: "lost" }, Long);
        }

        Sys.EventStream.Unsubscribe(TestActor, typeof(DeadLetter));
        _relay.Refuse(false);
        AwaitEcho("found");
    }

    [Fact]
    public void The_news_of_an_actors_end_survives_a_broken_connection()
    {
        for (var i = 0; i < 10; i++)
        {
            var local = StartEcho(_there, $"mortal-{i}");
            var mortal = At(_there, local);
            Watch(mortal);
            AwaitEcho($"ready {i}");
            _relay.Cut();
            _there.Stop(local);
            ExpectTerminated(mortal, Long);
        }
    }

    [Fact]
    public void A_watch_that_was_sent_while_the_connection_was_broken_arrives()
    {
        AwaitEcho("ready");
        _relay.Refuse(true);
        _relay.Cut();
        var local = StartEcho(_there, "mortal");
        var mortal = At(_there, local);
        Watch(mortal);
        _relay.Refuse(false);
        AwaitEcho("again");
        _there.Stop(local);
        ExpectTerminated(mortal, Long);
    }

    [Fact]
    public void Messages_are_never_delivered_twice_or_out_of_order_across_broken_connections()
    {
        const int many = 5000;
        AwaitEcho("ready");
        for (var i = 0; i < many; i++)
        {
            _echo.Tell(i, TestActor);
            if (i % 1000 == 500)
                _relay.Cut();
        }

        AwaitEcho("end", skipNumbers: true, out var numbers);
        Assert.Equal(numbers.Order().Distinct(), numbers);
    }

    [Fact]
    public void What_cannot_be_written_fills_a_bounded_queue_and_then_goes_to_dead_letters()
    {
        var sender = Start("sender", "akka.remote.dot-netty.tcp { send-queue-bytes = 1m, send-buffer-size = 32k }");
        var echo = At(sender, _there, _localEcho);
        var probe = Probe(sender);
        echo.Tell("ready", probe.Ref);
        probe.ExpectMsg("ready", Long);
        sender.EventStream.Subscribe(probe.Ref, typeof(DeadLetter));
        _relay.Hold();
        var large = new byte[100_000];
        for (var i = 0; i < 500; i++)
            echo.Tell(large, ActorRefs.NoSender);
        probe.ExpectMsg<DeadLetter>(Long);
        Assert.True(RemotingOf(sender).Counters.DroppedQueueFull > 0);
    }

    [Fact]
    public void What_is_sent_before_the_first_connection_stands_arrives_in_order()
    {
        const int many = 1000;
        for (var i = 0; i < many; i++)
            _echo.Tell(i, TestActor);
        for (var i = 0; i < many; i++)
            ExpectMsg(i, Long);
    }

    protected override void AfterAll()
    {
        _relay.Dispose();
        base.AfterAll();
    }

    private void AwaitEcho(string word) => AwaitEcho(word, skipNumbers: false, out _);

    private void AwaitEcho(string word, bool skipNumbers, out List<int> numbers)
    {
        var seen = new List<int>();
        AwaitAssert(
            () =>
            {
                _echo.Tell(word, TestActor);
                while (true)
                {
                    var message = ReceiveOne(Quiet);
                    if (message is int number && skipNumbers)
                        seen.Add(number);
                    else
                    {
                        Assert.Equal(word, message);
                        break;
                    }
                }
            },
            Long);
        // The word may have been sent more than once.
        while (ReceiveOne(Quiet) is { } rest)
        {
            if (rest is int number)
                seen.Add(number);
        }

        numbers = seen;
    }
}
