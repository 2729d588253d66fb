using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Client;

/// <summary>Where the settings of clients and receptionists stand.</summary>
internal static class ClientConfiguration
{
    public const string ClientPath = "akka.cluster.client";
    public const string ReceptionistPath = "akka.cluster.client.receptionist";
    private const string Part = "Client";

    public static Config Defaults() => ReferenceConfiguration.Of(Part);

    public static void Inject(ActorSystem system) => ReferenceConfiguration.Inject(system, Part, "akka-cluster-client");
}
