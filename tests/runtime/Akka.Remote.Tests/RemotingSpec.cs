using Akka.Actor;
using Akka.Event;
using Akka.Remote.Tests.Support;
using Xunit.Abstractions;

namespace Akka.Remote.Tests;

public class RemotingSpec(ITestOutputHelper output) : RemoteSpec(output)
{
    [Fact]
    public void A_system_listens_on_a_free_port_and_knows_its_address()
    {
        Assert.Equal("akka.tcp", Here.Protocol);
        Assert.Equal("127.0.0.1", Here.Host);
        Assert.NotEqual(0, Here.Port);
    }

    [Fact]
    public void A_message_reaches_an_actor_in_another_system_and_the_answer_comes_back()
    {
        var there = Start();
        var echo = At(there, StartEcho(there));
        echo.Tell("hello", TestActor);
        ExpectMsg("hello", Long);
        Assert.Equal(echo, LastSender);
    }

    [Fact]
    public async Task A_question_to_a_remote_actor_is_answered()
    {
        var there = Start();
        var echo = At(there, StartEcho(there));
        Assert.Equal(42, await echo.Ask<int>(42, Long));
    }

    [Fact]
    public void A_selection_on_a_remote_path_reaches_the_actor()
    {
        var there = Start();
        StartEcho(there);
        Sys.ActorSelection($"{AddressOf(there)}/user/echo").Tell("by path", TestActor);
        ExpectMsg("by path", Long);
    }

    [Fact]
    public void A_selection_with_a_pattern_reaches_all_that_match()
    {
        var there = Start();
        StartEcho(there, "echo-1");
        StartEcho(there, "echo-2");
        StartEcho(there, "other");
        Sys.ActorSelection($"{AddressOf(there)}/user/echo-*").Tell("all", TestActor);
        ExpectMsg("all", Long);
        ExpectMsg("all", Long);
        ExpectNoMsg(Quiet);
    }

    [Fact]
    public async Task A_remote_actor_identifies_itself_with_its_uid_and_a_missing_one_does_not()
    {
        var there = Start();
        var echo = At(there, StartEcho(there));
        var found = await Sys.ActorSelection($"{AddressOf(there)}/user/echo").ResolveOne(Long);
        Assert.Equal(echo, found);
        Assert.Equal(echo.Path.Uid, found.Path.Uid);
        var missing = await Sys.ActorSelection($"{AddressOf(there)}/user/missing").Ask<ActorIdentity>(new Identify("m"), Long);
        Assert.Null(missing.Subject);
        Assert.Equal("m", missing.MessageId);
    }

    [Fact]
    public void A_reference_that_travels_in_a_message_works_where_it_arrives()
    {
        var there = Start();
        var echo = At(there, StartEcho(there));
        echo.Tell("who", TestActor);
        var himself = ExpectMsg<IActorRef>(Long);
        Assert.Equal(echo, himself);
        himself.Tell("again", TestActor);
        ExpectMsg("again", Long);
    }

    [Fact]
    public void A_reference_that_comes_home_is_the_local_one()
    {
        var there = Start();
        At(there, StartEcho(there)).Tell(TestActor, TestActor);
        Assert.IsAssignableFrom<ActorRefWithCell>(ExpectMsg<IActorRef>(Long));
    }

    [Fact]
    public void Messages_between_two_actors_keep_their_order()
    {
        const int many = 20_000;
        var there = Start();
        var echo = At(there, StartEcho(there));
        for (var i = 0; i < many; i++)
            echo.Tell(i, TestActor);
        for (var i = 0; i < many; i++)
            ExpectMsg(i, Long);
    }

    public static TheoryData<object> Messages => new()
    {
        "",
        "ä\u0000日本",
        0,
        int.MinValue,
        long.MaxValue,
        true,
        false,
        new byte[] { 0, 1, 255 },
        Done.Instance,
        new Address("akka.tcp", "system", "host", 1),
        new Address("akka", "system"),
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void What_is_sent_is_what_arrives(object message)
    {
        var there = Start();
        At(there, StartEcho(there)).Tell(message, TestActor);
        Assert.Equal(message, ReceiveOne(Long));
    }

    [Fact]
    public void A_failure_arrives_with_the_text_of_its_exception()
    {
        var there = Start();
        At(there, StartEcho(there)).Tell(new Status.Failure(new InvalidOperationException("the disk is full")), TestActor);
        var failure = ExpectMsg<Status.Failure>(Long);
        Assert.Contains("the disk is full", failure.Cause.Message);
        Assert.Contains("InvalidOperationException", failure.Cause.Message);
    }

    [Fact]
    public void A_success_arrives_with_what_it_carries()
    {
        var there = Start();
        At(there, StartEcho(there)).Tell(new Status.Success("done"), TestActor);
        Assert.Equal("done", ExpectMsg<Status.Success>(Long).Status);
    }

    [Fact]
    public void A_remote_actor_is_stopped_by_a_poison_pill()
    {
        var there = Start();
        var echo = At(there, StartEcho(there));
        Watch(echo);
        echo.Tell(PoisonPill.Instance, TestActor);
        ExpectTerminated(echo, Long);
    }

    [Fact]
    public void A_message_for_an_actor_that_is_not_there_becomes_a_dead_letter_there()
    {
        var there = Start();
        var probe = Probe(there);
        there.EventStream.Subscribe(probe.Ref, typeof(DeadLetter));
        Sys.ActorSelection($"{AddressOf(there)}/user/missing").Tell("lost", TestActor);
        probe.FishForMessage(m => m is DeadLetter { Message: "lost" }, Long);
    }

    [Fact]
    public void A_reference_to_an_earlier_incarnation_of_an_actor_reaches_nobody()
    {
        var there = Start();
        var first = StartEcho(there);
        var old = At(there, first);
        Watch(old);
        old.Tell(PoisonPill.Instance, TestActor);
        ExpectTerminated(old, Long);
        // The name is free when the parent knows of the end, too, which may be a little later.
        IActorRef? second = null;
        AwaitAssert(() => second ??= At(there, StartEcho(there)), Long);
        old.Tell("old", TestActor);
        second!.Tell("new", TestActor);
        ExpectMsg("new", Long);
        ExpectNoMsg(Quiet);
    }

    [Fact]
    public void A_message_that_is_too_large_is_dropped_and_later_ones_still_arrive()
    {
        var there = Start();
        var echo = At(there, StartEcho(there));
        echo.Tell(new byte[1024 * 1024], TestActor);
        echo.Tell("later", TestActor);
        ExpectMsg("later", Long);
        Assert.Equal(1, RemotingOf(Sys).Counters.Unserializable);
    }

    [Fact]
    public void A_message_as_large_as_allowed_arrives()
    {
        var there = Start();
        var large = new byte[120_000];
        Random.Shared.NextBytes(large);
        At(there, StartEcho(there)).Tell(large, TestActor);
        Assert.Equal(large, ExpectMsg<byte[]>(Long));
    }

    [Fact]
    public void A_message_without_a_serializer_that_others_may_read_is_dropped_and_later_ones_still_arrive()
    {
        var there = Start();
        var echo = At(there, StartEcho(there));
        echo.Tell(new Unregistered(), TestActor);
        echo.Tell("later", TestActor);
        ExpectMsg("later", Long);
        Assert.Equal(1, RemotingOf(Sys).Counters.Unserializable);
    }

    [Fact]
    public void An_actors_last_words_arrive_before_the_news_of_its_end()
    {
        var there = Start();
        for (var i = 0; i < 50; i++)
        {
            var echo = At(there, StartEcho(there, $"echo-{i}"));
            Watch(echo);
            echo.Tell("stop", TestActor);
            ExpectMsg("my last words", Long);
            ExpectTerminated(echo, Long);
        }
    }

    [Fact]
    public void An_actor_answers_over_the_connection_that_the_other_has_opened()
    {
        var there = Start();
        var echo = At(there, StartEcho(there));
        Sys.EventStream.Subscribe(TestActor, typeof(AssociatedEvent));
        echo.Tell("hello", TestActor);
        Assert.False(ExpectMsg<AssociatedEvent>(Long).IsInbound);
        ExpectMsg("hello", Long);
        ExpectNoMsg(Quiet);
    }

    [Fact]
    public void Without_passive_connections_each_side_opens_its_own()
    {
        var there = Start(config: "akka.remote.use-passive-connections = off");
        var echo = At(there, StartEcho(there));
        Sys.EventStream.Subscribe(TestActor, typeof(AssociatedEvent));
        echo.Tell("hello", TestActor);
        var directions = new HashSet<bool>();
        var echoed = false;
        while (directions.Count < 2 || !echoed)
        {
            switch (ReceiveOne(Long))
            {
                case AssociatedEvent associated:
                    directions.Add(associated.IsInbound);
                    break;
                case "hello":
                    echoed = true;
                    break;
                default:
                    Assert.Fail("nothing arrived");
                    break;
            }
        }
    }

    [Fact]
    public void Many_systems_that_all_talk_to_each_other_reach_each_other()
    {
        var systems = Enumerable.Range(0, 5).Select(i => Start($"node-{i}")).ToArray();
        foreach (var system in systems)
            StartEcho(system);
        foreach (var from in systems)
        {
            foreach (var to in systems)
                from.ActorSelection($"{AddressOf(to)}/user/echo").Tell($"{from.Name}->{to.Name}", TestActor);
        }

        var arrived = Enumerable.Range(0, 25).Select(_ => ExpectMsg<string>(Long)).ToHashSet();
        Assert.Equal(25, arrived.Count);
    }

    [Fact]
    public void A_message_for_another_system_name_on_the_same_port_is_not_taken()
    {
        var there = Start();
        var echo = StartEcho(there);
        var wrong = AddressOf(there).WithSystem("somebody-else");
        Sys.EventStream.Subscribe(TestActor, typeof(AssociationErrorEvent));
        Sys.ActorSelection($"{wrong}{echo.Path.ToStringWithoutAddress()}").Tell("hello", TestActor);
        Assert.Contains("refuses", ExpectMsg<AssociationErrorEvent>(Long).Cause.Message);
        Assert.Equal(1, RemotingOf(there).Counters.RefusedConnections);
    }

    [Fact]
    public async Task What_is_sent_before_the_end_of_a_system_still_arrives()
    {
        const int many = 1000;
        var there = Start("there", "akka.remote.flush-wait-on-shutdown = 20 s");
        var target = At(there, Sys, TestActor);
        for (var i = 0; i < many; i++)
            target.Tell(i);
        await there.Terminate();
        for (var i = 0; i < many; i++)
            ExpectMsg(i, Long);
    }

    [Fact]
    public void A_message_for_nobody_listening_becomes_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        Sys.ActorSelection("akka.tcp://nobody@127.0.0.1:1/user/x").Tell("lost", ActorRefs.NoSender);
        FishForMessage(m => m is DeadLetter, Long);
    }

    [Fact]
    public void Two_systems_cannot_listen_on_the_same_port()
    {
        var failure = Assert.ThrowsAny<Exception>(() => Start("thief", $"akka.remote.dot-netty.tcp.port = {Here.Port}"));
        Assert.Contains($"{Here.Port}", failure.ToString());
    }

    private sealed class Unregistered;
}
