using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Tools.Singleton;
using AkkaHa.Benchmarks.Processes;

namespace AkkaHa.Benchmarks.Clustering;

/// <summary>A process that is one member of a cluster. It says when it sees all members up, and when it begins to run the singleton.</summary>
internal static class MemberProcess
{
    public const string AllUp = "all-up";
    public const string SingletonRuns = "singleton-runs";

    /// <param name="arguments">The rules, the member's index, a folder to write in, and the ports of all members.</param>
    public static async Task Run(string[] arguments)
    {
        var rules = arguments[0];
        var index = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        int[] ports = [.. arguments.Skip(3).Select(port => int.Parse(port, CultureInfo.InvariantCulture))];
        using var system = MemberSystems.Start(rules, arguments[2], ports, ports[index]);
        system.ActorOf(Props.Create(() => new UpWatch(ports.Length)), "up-watch");
        system.ActorOf(
            ClusterSingletonManager.Props(
                Props.Create(() => new Singleton()),
                PoisonPill.Instance,
                ClusterSingletonManagerSettings.Create(system).WithRemovalMargin(MemberSystems.RemovalMarginOf(rules))),
            "singleton-manager");
        await ChildRoles.UntilInputEnds();
    }

    private sealed class UpWatch : ReceiveActor
    {
        private int _up;

        public UpWatch(int members)
        {
            Receive<ClusterEvent.MemberUp>(_ =>
            {
                if (++_up == members)
                    Console.WriteLine(AllUp);
            });
            ReceiveAny(_ => { });
        }

        protected override void PreStart() =>
            Akka.Cluster.Cluster.Get(Context.System).Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, [typeof(ClusterEvent.MemberUp)]);
    }

    private sealed class Singleton : UntypedActor
    {
        protected override void PreStart() => Console.WriteLine(SingletonRuns);

        protected override void OnReceive(object message)
        {
        }
    }
}
