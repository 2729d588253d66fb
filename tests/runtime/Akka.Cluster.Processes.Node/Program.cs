using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Processes.Node;
using Akka.Configuration;

// A bare node of a cluster: cluster-node HOCON [ADDRESS]. It joins the address, or itself if there is none, says what it sees on its
// output, and ends when its actor system does, with the exit code of akka.coordinated-shutdown.exit-clr.
new Thread(EndWithTheTest) { IsBackground = true }.Start();
var system = ActorSystem.Create("ha", ConfigurationFactory.ParseString(args[0]));
var cluster = Cluster.Get(system);
Console.WriteLine($"address {cluster.SelfAddress}");
system.ActorOf(Props.Create(() => new Reporter()), "reporter");
cluster.Join(args.Length > 1 ? Address.Parse(args[1]) : cluster.SelfAddress);
await system.WhenTerminated;

// The test holds the other end of the input, so that a test that is killed leaves no node behind.
static void EndWithTheTest()
{
    using var input = Console.OpenStandardInput();
    while (input.ReadByte() >= 0)
    {
    }

    using var self = Process.GetCurrentProcess();
    self.Kill();
}
