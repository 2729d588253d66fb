using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Actor;

public sealed class ActorSelectionSpec : AkkaSpec
{
    private sealed class Node : ReceiveActor
    {
        public Node()
        {
            Receive<(string Make, object _)>(child => Sender.Tell(Context.ActorOf<Node>(child.Make)));
            Receive<(string Path, string Message)>(along => Context.ActorSelection(along.Path).Tell(along.Message, Sender));
            ReceiveAny(_ => Sender.Tell(Self.Path.ToStringWithoutAddress()));
        }
    }

    private readonly IActorRef _a, _b, _a1, _a2, _a21;

    public ActorSelectionSpec()
    {
        _a = Sys.ActorOf<Node>("a");
        _b = Sys.ActorOf<Node>("b");
        _a1 = Make(_a, "a1");
        _a2 = Make(_a, "a2");
        _a21 = Make(_a2, "a21");
        Make(_b, "a1");
    }

    private IActorRef Make(IActorRef parent, string name)
    {
        parent.Tell((name, (object)this));
        return ExpectMsg<IActorRef>();
    }

    private string[] Reached(ActorSelection selection, int count)
    {
        selection.Tell("who?", TestActor);
        return ReceiveN(count).Cast<string>().Order(StringComparer.Ordinal).ToArray();
    }

    [Theory]
    [InlineData("/user/a/a1", "/user/a/a1")]
    [InlineData("user/a/a1", "/user/a/a1")]
    [InlineData("akka://test/user/a/a2/a21", "/user/a/a2/a21")]
    [InlineData("/user/a/../b", "/user/b")]
    [InlineData("/user/a/*", "/user/a/a1 /user/a/a2")]
    [InlineData("/user/?/a1", "/user/a/a1 /user/b/a1")]
    [InlineData("/user/*/a?", "/user/a/a1 /user/a/a2 /user/b/a1")]
    [InlineData("/user/a/**", "/user/a/a1 /user/a/a2 /user/a/a2/a21")]
    public void A_path_reaches_all_who_fit(string path, string reached)
    {
        var expected = reached.Split(' ');
        Assert.Equal(expected, Reached(Sys.ActorSelection(path), expected.Length));
    }

    [Theory]
    [InlineData("a1", "/user/a/a1")]
    [InlineData("../b", "/user/b")]
    [InlineData("./a1", "")]
    [InlineData("/user/b/a1", "/user/b/a1")]
    public void A_path_can_be_relative_to_the_actor(string path, string reached)
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        _a.Tell((path, "who?"));
        if (reached.Length > 0)
            ExpectMsg(reached);
        else
            ExpectMsg<DeadLetter>();
    }

    [Fact]
    public async Task One_actor_can_be_resolved()
    {
        Assert.Equal(_a21, await Sys.ActorSelection("/user/a/a2/a21").ResolveOne(Patience));
        Assert.Equal(_a21, await Sys.ActorSelection(_a21.Path).ResolveOne(Patience));
        Assert.Equal(_a1, await new ActorSelection(_a, "a1").ResolveOne(Patience));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
        => await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection("/user/a/none").ResolveOne(Patience));

    [Fact]
    public void Who_is_asked_for_and_is_not_there_is_answered_for_with_null()
    {
        Sys.ActorSelection("/user/none").Tell(new Identify(7), TestActor);
        var identity = ExpectMsg<ActorIdentity>();
        Assert.Equal((7, null), ((int)identity.MessageId, identity.Subject));
        _a.Tell(new Identify("a"));
        Assert.Equal(_a, ExpectMsg<ActorIdentity>().Subject);
    }

    [Fact]
    public void A_message_to_nobody_is_a_dead_letter_with_the_path()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        Sys.ActorSelection("/user/none/at/all").Tell("hello", TestActor);
        var letter = ExpectMsg<DeadLetter>();
        Assert.Equal("hello", letter.Message);
        Assert.Equal("/user/none/at/all", letter.Recipient.Path.ToStringWithoutAddress());
    }

    [Fact]
    public void A_double_wildcard_stands_last_or_not_at_all()
        => Assert.Throws<IllegalActorNameException>(() => Sys.ActorSelection("/user/**/a1"));

    [Fact]
    public void The_dead_letters_can_be_selected()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        Sys.ActorSelection("/deadLetters").Tell("bye", TestActor);
        Assert.Equal("bye", ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void References_are_resolved_by_their_written_form()
    {
        var provider = ((ExtendedActorSystem)Sys).Provider;
        Assert.Same(_a21, provider.ResolveActorRef(_a21.Path.ToSerializationFormat()));
        Assert.Same(_a21, provider.ResolveActorRef("akka://test/user/a/a2/a21"));
        var earlier = provider.ResolveActorRef(_a21.Path.WithUid(_a21.Path.Uid + 1).ToSerializationFormat());
        Assert.NotSame(_a21, earlier);
        Assert.True(((IInternalActorRef)earlier).IsTerminated);
        Assert.Same(Sys.DeadLetters, provider.ResolveActorRef("akka://elsewhere/user/a"));
        Assert.Same(Sys.DeadLetters, provider.ResolveActorRef("no path"));
    }
}
