using Akka.Actor;
using Akka.Cluster.Tools.Singleton;

namespace Akka.Cluster.Tools.Tests.Support;

/// <summary>A singleton that writes down when it starts and stops, and answers every text with where it runs.</summary>
internal sealed class Singleton : ReceiveActor
{
    public const string Stop = "stop, please";
    public const string Name = "crm";

    private readonly Ledger _ledger;
    private readonly int _port = Cluster.Get(Context.System).SelfAddress.Port!.Value;

    public Singleton(Ledger ledger)
    {
        _ledger = ledger;
        Receive<string>(text => text == Stop, _ => Context.Stop(Self));
        Receive<string>(text => Sender.Tell($"{text} at {_port}"));
    }

    public static string Started(Cluster node) => $"+{node.SelfAddress.Port}";

    public static string Stopped(Cluster node) => $"-{node.SelfAddress.Port}";

    /// <summary>The most copies that the ledger says have run at once; a crashed node cannot write down that its copy is gone.</summary>
    public static int MostAtOnce(IEnumerable<string> entries)
    {
        var (now, most) = (0, 0);
        foreach (var entry in entries)
        {
            now += entry[0] == '+' ? 1 : -1;
            most = Math.Max(most, now);
        }

        return most;
    }

    public static IActorRef Manage(Cluster node, Ledger ledger, Func<ClusterSingletonManagerSettings, ClusterSingletonManagerSettings>? with = null)
    {
        // A retry that is needed to get on would outlast the patience of every test.
        var settings = ClusterSingletonManagerSettings.Create(node.System)
            .WithSingletonName(Name).WithRemovalMargin(TimeSpan.FromMilliseconds(1)).WithHandOverRetryInterval(TimeSpan.FromMinutes(2));
        return node.System.ActorOf(
            ClusterSingletonManager.Props(Props.Create(() => new Singleton(ledger)), Stop, with?.Invoke(settings) ?? settings), "manager");
    }

    public static IActorRef Proxy(Cluster node, Func<ClusterSingletonProxySettings, ClusterSingletonProxySettings>? with = null)
    {
        var settings = ClusterSingletonProxySettings.Create(node.System).WithSingletonName(Name).WithSingletonIdentificationInterval(TimeSpan.FromMilliseconds(200));
        return node.System.ActorOf(ClusterSingletonProxy.Props("/user/manager", with?.Invoke(settings) ?? settings), "proxy");
    }

    protected override void PreStart() => _ledger.Write($"+{_port}");

    protected override void PostStop() => _ledger.Write($"-{_port}");
}
