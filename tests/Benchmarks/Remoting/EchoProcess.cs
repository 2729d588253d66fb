using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using AkkaHa.Benchmarks.Local;
using AkkaHa.Benchmarks.Processes;

namespace AkkaHa.Benchmarks.Remoting;

/// <summary>The second process: an actor system whose one actor sends everything back.</summary>
internal static class EchoProcess
{
    public const string SystemName = "remote-ping-pong";
    public const string Port = "port ";

    public const string Configuration = """
        akka {
          loglevel = WARNING
          actor.provider = remote
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        }
        """;

    public static async Task Run()
    {
        using var system = ActorSystem.Create(SystemName, ConfigurationFactory.ParseString(Configuration));
        system.ActorOf(Props.Create(() => new EchoActor()), "echo");
        var port = ((ExtendedActorSystem)system).Provider.DefaultAddress.Port!.Value;
        Console.WriteLine(Port + port.ToString(CultureInfo.InvariantCulture));
        await ChildRoles.UntilInputEnds();
    }
}
