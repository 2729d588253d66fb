using Akka.Actor;

namespace Akka.Cluster.Tests.Nodes;

public class ResolverSpecs : ClusterNodes
{
    private const string StaticQuorum = """
        akka.cluster {
          downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
          split-brain-resolver { active-strategy = static-quorum, stable-after = 0.5s, down-all-when-unstable = off, static-quorum.quorum-size = 2 }
        }
        """;

    [Fact]
    public async Task The_quorum_removes_a_crashed_member_by_itself()
    {
        var nodes = await Form(3, StaticQuorum);
        var log = Record(nodes[0]);
        await Crash(nodes[2]);
        await AllUp(nodes[0], nodes[1]);
        var removed = await log.Next<ClusterEvent.MemberRemoved>(_ => true);
        Assert.Equal((nodes[2].SelfUniqueAddress, MemberStatus.Down), (removed.Member.UniqueAddress, removed.PreviousStatus));
    }

    [Fact]
    public async Task A_node_without_quorum_downs_itself_and_ends_its_actor_system()
    {
        var nodes = await Form(3, StaticQuorum);
        await Task.WhenAll(Crash(nodes[0]), Crash(nodes[1]));
        await nodes[2].System.WhenTerminated.WaitAsync(Patience);
        Assert.IsType<CoordinatedShutdown.ClusterDowningReason>(CoordinatedShutdown.Get(nodes[2].System).ShutdownReason);
    }

    [Fact]
    public async Task A_resolver_that_dies_in_start_up_is_started_again()
    {
        FailsAtFirst.Starts = 0;
        var node = Start($"akka.cluster.downing-provider-class = \"{typeof(FailsAtFirst).AssemblyQualifiedName}\"\nakka.loglevel = OFF, akka.stdout-loglevel = OFF");
        await FailsAtFirst.Running.Task.WaitAsync(Patience);
        Assert.Equal(4, FailsAtFirst.Starts);
        Assert.False(node.IsTerminated);
    }

    [Fact]
    public void A_wrong_setting_of_the_resolver_shows_when_the_node_starts()
    {
        var failure = Assert.ThrowsAny<Exception>(() => Start(StaticQuorum + "\nakka.cluster.split-brain-resolver.static-quorum.quorum-size = undefined"));
        Assert.Contains("quorum-size", failure.ToString());
    }

    /// <summary>Its actor throws in its constructor, then in PreStart, then by its first message, and then it runs.</summary>
    public sealed class FailsAtFirst : IDowningProvider
    {
        public FailsAtFirst(ActorSystem system, Cluster cluster)
        {
        }

        public static TaskCompletionSource Running { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public static int Starts { get; set; }

        public TimeSpan DownRemovalMargin => TimeSpan.Zero;

        public Props DowningActorProps => Props.Create(() => new Failing());

        private sealed class Failing : ReceiveActor
        {
            private readonly int _start = ++Starts;

            public Failing()
            {
                if (_start == 1) throw new InvalidOperationException("in the constructor");
                Receive<string>(_ =>
                {
                    if (_start == 3) throw new InvalidOperationException("at the first message");
                    Running.TrySetResult();
                });
            }

            protected override void PreStart()
            {
                if (_start == 2) throw new InvalidOperationException("before the start");
                Self.Tell("go");
            }
        }
    }
}
