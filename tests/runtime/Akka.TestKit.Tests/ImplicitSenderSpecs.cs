using Akka.Actor;

namespace Akka.TestKit.Tests;

public sealed class ImplicitSenderSpecs : TestKitSpec
{
    [Fact]
    public void The_test_actor_is_the_sender_of_what_the_test_sends()
    {
        ActorOf(TestActors.SimpleEchoActor.Props()).Tell("echo");
        ExpectMsg("echo");
    }

    [Fact]
    public async Task The_test_actor_is_still_the_sender_after_an_await()
    {
        var echo = ActorOf(TestActors.SimpleEchoActor.Props());
        for (var i = 0; i < 20; i++)
        {
            await Task.Yield();
            echo.Tell(i);
            await ExpectMsgAsync(i, Plenty);
        }
    }

    [Fact]
    public void A_probe_sends_in_its_own_name_only_when_told_to()
    {
        var probe = CreateTestProbe();
        var echo = ActorOf(TestActors.SimpleEchoActor.Props());
        probe.Send(echo, "echo");
        probe.ExpectMsg("echo");
        echo.Tell("other");
        ExpectMsg("other");
        probe.ExpectNoMsg(Soon);
    }
}

public sealed class NoImplicitSenderSpecs : TestKitSpec, INoImplicitSender
{
    [Fact]
    public void A_test_without_implicit_sender_sends_as_nobody()
    {
        TestActor.Tell("who?");
        ExpectMsg<string>((_, sender) => Assert.Equal(Sys.DeadLetters, sender));
    }
}
