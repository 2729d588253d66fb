using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Event;

public sealed class DeadLetterSpec : AkkaSpec
{
    public DeadLetterSpec() : base("akka { log-dead-letters = 3, log-dead-letters-suspend-duration = infinite, loglevel = INFO }")
    {
    }

    [Fact]
    public void A_message_to_an_actor_that_is_gone_is_published_with_sender_and_receiver()
    {
        var actor = Sys.ActorOf(Props.Empty);
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var probe = CreateTestProbe();
        actor.Tell("late", probe.Ref);
        var letter = ExpectMsg<DeadLetter>();
        Assert.Equal(("late", probe.Ref, actor), (letter.Message, letter.Sender, letter.Recipient));
    }

    [Fact]
    public void What_is_usual_for_its_kind_is_published_apart()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(AllDeadLetters));
        Sys.DeadLetters.Tell(PoisonPill.Instance, TestActor);
        Assert.IsType<PoisonPill>(ExpectMsg<SuppressedDeadLetter>().Message);
    }

    [Fact]
    public void Only_so_many_dead_letters_are_logged_as_configured()
    {
        var probe = CreateTestProbe();
        Sys.EventStream.Subscribe(probe.Ref, typeof(Info));
        for (var i = 1; i <= 6; i++)
            Sys.DeadLetters.Tell($"letter {i}", TestActor);
        var lines = new List<string>();
        while (lines.Count < 3)
        {
            if (probe.ExpectMsg<Info>().Message.ToString() is { } text && text.Contains("dead letters encountered", StringComparison.Ordinal))
                lines.Add(text);
        }

        Assert.Contains("letter 1", lines[0]);
        Assert.Contains("no more dead letters will be logged", lines[2]);
        Sys.EventStream.Publish(new Info("end", typeof(string), "end"));
        Assert.Equal("end", probe.FishForMessage<Info>(line => line.Message.ToString()!.Contains("dead letters", StringComparison.Ordinal) || line.Message is "end").Message);
    }

    [Fact]
    public void Dead_letters_do_not_watch_and_cannot_be_stopped()
    {
        Watch(Sys.DeadLetters);
        ((IInternalActorRef)Sys.DeadLetters).Stop();
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        Sys.DeadLetters.Tell("still there", TestActor);
        Assert.Equal("still there", ExpectMsg<DeadLetter>().Message);
    }
}
