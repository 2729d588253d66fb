using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class ManyChildrenSpec : AkkaSpec
{
    private sealed class Parent : ReceiveActor
    {
        public Parent(int children)
        {
            for (var i = 0; i < children; i++)
                Context.ActorOf(Props.Empty);
            ReceiveAny(_ => Sender.Tell(Context.GetChildren().Count()));
        }
    }

    [Fact]
    public void A_parent_of_very_many_children_ends_about_as_fast_as_it_began()
    {
        const int children = 50_000;
        var parent = Sys.ActorOf(Props.Create(() => new Parent(children)));
        parent.Tell("how many?");
        ExpectMsg(children);
        Watch(parent);
        Sys.Stop(parent);
        // Were every end of a child to cost a look at all others, this would take longer than anybody waits.
        ExpectTerminated(parent);
    }
}
