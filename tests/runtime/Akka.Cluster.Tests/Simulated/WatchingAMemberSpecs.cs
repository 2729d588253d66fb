using Akka.Actor;

namespace Akka.Cluster.Tests.Simulated;

public class WatchingAMemberSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Actors_of_a_member_count_as_terminated_when_it_is_removed_and_not_before(long seed)
    {
        using var cluster = new SimulatedCluster(seed);
        cluster.Form(2);
        var watched = cluster["n2"];
        watched.System.ActorOf(Props.Create(() => new Idle()), "idle");
        var seen = new Seen();
        var path = new RootActorPath(watched.SelfAddress) / "user" / "idle";
        cluster["n1"].System.ActorOf(Props.Create(() => new Watcher(path, seen)));
        cluster.Await(() => seen.IsWatching, "the actor is watched");
        cluster.PowerOff("n2");
        cluster.Await(() => cluster["n1"].State.Unreachable.Count == 1, "n2 is out of reach");
        cluster.Pass(30);
        Assert.False(seen.HasEnded);
        cluster["n1"].Down(watched.SelfAddress);
        cluster.Await(() => seen.HasEnded, "the watcher hears of the end");
        Assert.True(cluster.AllUp("n1"));
    }

    private sealed class Seen
    {
        public bool IsWatching { get; set; }

        public bool HasEnded { get; set; }
    }

    private sealed class Idle : ReceiveActor
    {
    }

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(ActorPath path, Seen seen)
        {
            Receive<ActorIdentity>(i =>
            {
                Context.Watch(i.Subject!);
                seen.IsWatching = true;
            });
            Receive<Terminated>(_ => seen.HasEnded = true);
            Context.ActorSelection(path).Tell(new Identify("who"));
        }
    }
}
